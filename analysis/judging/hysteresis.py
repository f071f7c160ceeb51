"""When a finding becomes a signal and when that ends: not at the first pass, and not at the first good week.

Source: silo signals, "Hysteresis": near the threshold two passes to open and three clear weeks to close give about
one opening a year where the bare test gives four.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

PASSES_TO_OPEN: Final = 2
CLEAR_TO_CLOSE: Final = 3
CLEAR_ABOVE_P: Final = 0.05
STOP_GOES_ON_BELOW: Final = 0.3
STOP_IS_OVER_ABOVE: Final = 0.6
STOP_DAYS: Final = 5


class Turn(StrEnum):
    """What a judgement changes of a signal."""

    NONE = "none"
    OPENED = "opened"
    CLOSED = "closed"
    DROPPED = "dropped"
    """A candidate that did not pass again."""
    TURNED = "turned"
    """A stop that became a slow pair."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is remembered between judgements of one kind about one flow or agency.

    Attributes:
        since: local day of its first pass; it makes the signal's identity.
        opened: local day on which it opened; None while it is a candidate.
        passes: passes in a row before it opened.
        clear: judgements in a row without it since.
        above: of a stop: days in a row on which more than a trickle flowed.
    """

    since: int
    opened: int | None = None
    passes: int = 0
    clear: int = 0
    above: int = 0


class Judged(NamedTuple):
    """What is remembered from now on (None: nothing), and what changed."""

    track: Track | None
    turn: Turn


def weekly(
    track: Track | None, *, passed: bool, clear: bool, day: int, to_open: int = PASSES_TO_OPEN
) -> Judged:
    """Judge one answered weekly test; an unanswered one is no judgement and changes nothing.

    Args:
        track: what is remembered; None: nothing yet.
        passed: the adjusted p is small and the effect large enough.
        clear: the raw p is above CLEAR_ABOVE_P.
        day: the local day judged.
        to_open: passes in a row that open it.
    """
    if track is None or track.opened is None:
        return _before_opening(track, passed=passed, day=day, to_open=to_open)
    times = track.clear + 1 if clear else 0
    if times >= CLEAR_TO_CLOSE:
        return Judged(None, Turn.CLOSED)
    return Judged(replace(track, clear=times), Turn.NONE)


def _before_opening(track: Track | None, *, passed: bool, day: int, to_open: int) -> Judged:
    if not passed:
        return Judged(None, Turn.NONE if track is None else Turn.DROPPED)
    candidate = track or Track(since=day)
    passes = candidate.passes + 1
    if passes >= to_open:
        return Judged(replace(candidate, passes=passes, opened=day), Turn.OPENED)
    return Judged(replace(candidate, passes=passes), Turn.NONE)


def stop(track: Track | None, *, fires: bool, ratio: float, day: int) -> Judged:
    """Judge one answered day of a stop: it opens at once.

    Five open days in a row above 0.6 of the usual pace close it; five above 0.3 turn it into a slow pair.

    Args:
        track: what is remembered; None: no stop.
        fires: the test for a stop holds today.
        ratio: outcomes observed against expected.
        day: the local day judged.
    """
    if track is None:
        return Judged(Track(since=day, opened=day), Turn.OPENED) if fires else Judged(None, Turn.NONE)
    clear = track.clear + 1 if ratio > STOP_IS_OVER_ABOVE else 0
    above = track.above + 1 if ratio > STOP_GOES_ON_BELOW else 0
    if clear >= STOP_DAYS:
        return Judged(None, Turn.CLOSED)
    if above >= STOP_DAYS:
        return Judged(None, Turn.TURNED)
    return Judged(replace(track, clear=clear, above=above), Turn.NONE)


def at_once(track: Track | None, *, fires: bool, day: int) -> Judged:
    """Judge what opens and closes with the fact itself: the silence of a feed."""
    if fires:
        return Judged(track, Turn.NONE) if track else Judged(Track(since=day, opened=day), Turn.OPENED)
    return Judged(None, Turn.CLOSED if track else Turn.NONE)
