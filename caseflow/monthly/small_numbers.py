"""What a report that leaves the house prints of small numbers. Source: section 8 of docs/silo_signals.md.

The tables have no totals; where a whole stands beside a part, the rest is hidden with them.
"""

import re

from analysis.official.suppression import (
    LARGEST,
    SMALLEST,
    Mark,
    Total,
    average_shown,
    marks,
    percentage_shown,
)
from caseflow.reading.durations import percent

TOO_FEW = "-"
_SMALL = re.compile(rf"(?<![\d.,])[{SMALLEST}-{LARGEST}](?![\d.,:]|\s*%)")
SENTENCE = (
    "Counts of 1 to 4 print as <5, medians need 10 values, and a percentage also neither part below 5: "
    "- stands where a figure would tell of few people, and [c] where a count would give another one away."
)


def count(number: int) -> str:
    """Return a count as it may be printed."""
    return _text(number, Mark.SMALL if SMALLEST <= number <= LARGEST else Mark.SHOWN)


def part_of(part: int, whole: int) -> tuple[str, str]:
    """Return a whole and a part of it as they may be printed: the rest must not be told by their difference."""
    of_whole, of_part, _ = marks((whole, part, whole - part), (Total(0, (1, 2)),))
    return _text(whole, of_whole), _text(part, of_part)


def share(part: int, whole: int) -> str:
    """Return a percentage, or that it would tell too much."""
    return percent(part / whole) if percentage_shown(part, whole) else TOO_FEW


def average(text: str, n: int) -> str:
    """Return a mean or a median of n values, or that it would tell too much."""
    return text if average_shown(n) else TOO_FEW


def tells_too_much(sentence: str) -> bool:
    """Whether a sentence may hold a count of 1 to 4; a day of a month may be taken for one, and hide more."""
    return _SMALL.search(sentence) is not None


def _text(number: int, mark: Mark) -> str:
    return f"{number:,}" if mark is Mark.SHOWN else mark.value
