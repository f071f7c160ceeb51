"""What would make a signal go away: the fewest further completions, publications or avoided returns."""

from collections.abc import Callable
from typing import Final

from analysis.engine.expected import Expected, p_high, p_low
from analysis.findings import Finding, Kind
from analysis.judging.hysteresis import CLEAR_ABOVE_P
from analysis.open_days import COUNTED_IN_DAYS as OPEN_DAYS

_MORE: Final = {Kind.STOP: "completed", Kind.SLOW_PAIR: "completed"}
_FEWER: Final = {
    Kind.OPEN_AGE: "of the longest waits ended",
    Kind.OVERDUE_EXCESS: "of those past the limit ended",
    Kind.PING_PONG: "fewer sent back",
    Kind.MISSING: "fewer never done",
    Kind.PUBLISH_LAG: "fewer published late",
    Kind.IMPROVED: "fewer completed",
}
_OTHERWISE: Final = {
    Kind.BATCHING: "work taken up or sent {slot}, as it comes",
    Kind.FEED_SILENCE: "one event of any type",
    Kind.COST_SHIFT: "returns and waits at the neighbour back at their usual pace, or cases that end sooner",
    Kind.BOUNDARY: "the same steps as quick across organisations as inside one",
}


def goes_away_if(finding: Finding, unit: str = OPEN_DAYS, within: int | None = None) -> str:
    """Return what would end a signal, with the least number that lifts its p above 0.05 where one does.

    A data gap that would explain it as well is named: events not published yet count as not done. `unit` is what
    the waits of its flow are counted in: open days, or open hours; completions count that came `within` so many of
    it (None: all of them).
    """
    kind = finding.kind
    if kind in _OTHERWISE:
        return _OTHERWISE[kind].format(
            slot=f"on every {unit[:-1]}" if unit == OPEN_DAYS else f"in every {unit[:-1]}"
        )
    if kind in _MORE:
        return f"{_more(finding, within)} {_MORE[kind]}{_in(within, unit)}, or as many done and not yet published"
    fewer = _least(lambda m: p_high(_with(finding, -m)), most=finding.observed)
    gap = ", or as many done and not yet published" if kind in {Kind.OPEN_AGE, Kind.OVERDUE_EXCESS} else ""
    return f"{fewer:,} {_FEWER[kind]}{_in(within, unit)}{gap}"


def _more(finding: Finding, within: int | None) -> str:
    """Return the least further completions; where completions count while young, the open ones may be too old."""
    more = _least(lambda m: p_low(_with(finding, m)))
    if within is None:
        waiting = finding.sample.n_open
        return f"{more:,} more" if more < waiting else f"all {waiting:,} open ones"
    n = finding.sample.n
    return f"{more:,} more" if finding.observed + more < n else f"all {n:,} that waited"


def _in(within: int | None, unit: str) -> str:
    age = "" if within is None else f" within {within} {unit}"
    return f"{age} in the same window"


def _with(finding: Finding, more: int) -> Expected:
    variance = finding.variance or finding.expected
    return Expected(finding.observed + more, finding.expected, variance, finding.sample.n)


def _least(p_with: Callable[[int], float], most: int | None = None) -> int:
    """Return the least number with p above 0.05, by bisection: p rises with it. At most `most`."""
    high = 1
    while p_with(high) <= CLEAR_ABOVE_P:
        high *= 2
        if most is not None and high >= most:
            return most
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if p_with(middle) <= CLEAR_ABOVE_P else (low, middle)
    return high
