"""Folding a case in tests: the same functions as the stream, without the stream."""

from collections.abc import Iterable

from models.canonical import Recorded
from models.case import Advanced, Case, at_time, evolve
from models.reading import Reading, read
from models.rules import Rules


def fold(events: Iterable[Recorded], rules: Rules, now_us: int | None = None) -> Case:
    """Return the case after these events and, at the end, one tick."""
    case: Case | None = None
    for event in events:
        case = case or Case(event.subject)
        outcome = evolve(case, event, rules)
        case = outcome.case if isinstance(outcome, Advanced) else case
    return at_time(case or Case("nobody"), now_us)


def reading(events: Iterable[Recorded], rules: Rules, now_us: int | None = None) -> Reading:
    """Return what a case says after these events and one tick."""
    return read(fold(events, rules, now_us), rules)
