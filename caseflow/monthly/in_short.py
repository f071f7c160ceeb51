"""The section that a reader of one minute reads."""

from collections.abc import Sequence

from analysis.findings import About
from analysis.judging.signals import Direction
from board.document.parts import Bullets, Section
from caseflow.monthly.facts import Facts
from caseflow.monthly.what_changed import open_signals, opened_signals, over_signals, told
from caseflow.reading.durations import percent
from projections.whose_time.queries import Share


def in_short(facts: Facts) -> Section:
    """Return what is open, what to look at first, where time went, and what is most overdue."""
    lines = [_signals(facts), *_first(facts), *_time(facts), *_overdue(facts)]
    return Section("In short", [Bullets(lines)])


def between_share(times: Sequence[Share]) -> float | None:
    """Return the share of all time that lay between organisations; None: there was none."""
    whole = sum(one.time_s for one in times)
    return sum(one.time_s for one in times if one.between) / whole if whole else None


def _signals(facts: Facts) -> tuple[str, str]:
    if not facts.judged:
        return "Signals.", "No day has been judged yet: there are none."
    rows = open_signals(facts)
    concerns = sum(row.direction is Direction.CONCERN for row in rows)
    came, went = len(opened_signals(facts)), len(over_signals(facts))
    here = f"{_many(concerns, 'concern')} and {_many(len(rows) - concerns, 'improvement')}"
    return "Signals.", f"At the end of the month {here} are open; {came} opened in it, and {went} ended."


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _first(facts: Facts) -> list[tuple[str, str]]:
    concerns = [row for row in open_signals(facts) if row.direction is Direction.CONCERN]
    return [("First to look at.", told(facts, concerns[0]))] if concerns else []


def _time(facts: Facts) -> list[tuple[str, str]]:
    share, earlier = between_share(facts.times), between_share(facts.times_before)
    if share is None:
        return []
    change = "" if earlier is None else f", {percent(earlier)} in the month before"
    return [("Where time went.", f"{percent(share)} of all cases' time lay between organisations{change}.")]


def _overdue(facts: Facts) -> list[tuple[str, str]]:
    enough = [one for one in facts.flows if one.overdue >= 10 and one.excess_days >= 1]
    if not enough:
        return []
    subject = facts.world.names.subject(About(enough[0].key))
    return [
        (
            "Most overdue.",
            f"{subject}: {enough[0].excess_days:,.0f} days past due accrued, over all its cases.",
        )
    ]
