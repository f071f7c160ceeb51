"""All lines of the register's tables."""

from collections.abc import Sequence
from typing import TypeVar

from tests.support.register_lines import Entry
from tests.unit.register import (
    arrest_to_charge,
    court_papers,
    custody_time_limits,
    first_hearing,
    release_and_recall,
    sentence,
    supervision,
    victims,
)

TABLES: tuple[Sequence[Entry], ...] = (
    arrest_to_charge.LINES,
    first_hearing.LINES,
    custody_time_limits.LINES,
    court_papers.LINES,
    sentence.LINES,
    supervision.LINES,
    release_and_recall.LINES,
    victims.LINES,
)
Kind = TypeVar("Kind")


def of_kind(kind: type[Kind]) -> list[Kind]:
    """Return the lines of one kind, in the order of the register."""
    return [line for table in TABLES for line in table if isinstance(line, kind)]
