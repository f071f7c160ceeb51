"""What waits are grouped by; here and not in the arithmetic, so that commands name it without loading arrays."""

from enum import StrEnum


class By(StrEnum):
    """What makes a group."""

    PAIR = "pair"
    SENDER = "sender"
    RECEIVER = "receiver"
    AREA = "area"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
