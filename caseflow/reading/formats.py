"""How what is read is written: for people or for programs, and in whose words."""

from enum import StrEnum


class Format(StrEnum):
    """How a table is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class OrgNames(StrEnum):
    """What stands for an organisation: its code in the profile, or its name in the imported log."""

    CODE = "code"
    SOURCE = "source"
