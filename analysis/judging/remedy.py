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


def goes_away_if(finding: Finding, unit: str = OPEN_DAYS) -> str:
    """Return what would end a signal, with the least number that lifts its p above 0.05 where one does.

    A data gap that would explain it as well is named: events not published yet count as not done. `unit` is what
    the waits of its flow are counted in: open days, or open hours.
    """
    kind = finding.kind
    if kind in _OTHERWISE:
        return _OTHERWISE[kind].format(
            slot=f"on every {unit[:-1]}" if unit == OPEN_DAYS else f"in every {unit[:-1]}"
        )
    if kind in _MORE:
        more = _least(lambda m: p_low(_with(finding, m)))
        waiting = finding.sample.n_open
        told = f"{more:,} more" if more < waiting else f"all {waiting:,} open ones"
        return f"{told} {_MORE[kind]} in the same window, or as many done and not yet published"
    fewer = _least(lambda m: p_high(_with(finding, -m)), most=finding.observed)
    gap = ", or as many done and not yet published" if kind in {Kind.OPEN_AGE, Kind.OVERDUE_EXCESS} else ""
    return f"{fewer:,} {_FEWER[kind]} in the same window{gap}"


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
