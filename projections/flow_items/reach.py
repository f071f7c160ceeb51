"""How far back an evaluation has to look, so that a day costs little and a week knows all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from analysis.arrays import DAY_US, NEVER
from analysis.judging.asking import ends_week
from analysis.judging.memory import Memory
from analysis.judging.rebasing import Decision, begins_in
from models.profile import Profile
from projections.flow_items.hand_offs import ALL, EVER, Only

DAILY_ITEMS: Final = 400 * DAY_US
"""A day looks at what was open, or happened, within a year: baselines are locked and need no items."""
FEEDS: Final = 120 * DAY_US
"""Publications of 20 open days, through any closure; the last word of an agency that fell silent comes on top."""
STEPS: Final = 400 * DAY_US
"""The boundary effect compares the steps of a year."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From when on (UTC microseconds) items, feeds and steps are read.

    Attributes:
        items_us: items that were open then, or began or ended later.
        feeds_us: publications; the last word of an agency that has been silent since comes on top.
        whole_feeds: agencies whose feed is read from its beginning all the same.
        steps_us: steps that began then or later; None: no steps.
        learning: also feeds and steps from their beginning to the end of the weeks that say what is usual.
        until_us: publications that came later are left out, and steps that began later.
        only: items of one row of the register alone, or of one area; how long cases last is not read then.
    """

    items_us: int = EVER
    feeds_us: int = EVER
    whole_feeds: tuple[str, ...] = ()
    steps_us: int | None = EVER
    learning: bool = False
    until_us: int = NEVER
    only: Only = ALL


EVERYTHING: Final = Reach()
"""For whoever wants all there is; an evaluation needs less."""
NO_ROW: Final = ""
"""Of which no hand-off is: every row of the register has an id."""
WITHOUT_STEPS: Final = Reach(steps_us=None)
"""For whoever looks at hand-offs alone."""


def reach_of(rule: str, now_us: int, area: str | None = None) -> Reach:
    """Return what it takes to look at one row of the register, in one area or in all of them.

    Args:
        rule: the row's id.
        now_us: the instant as known at which it is looked at (UTC microseconds).
        area: the area's code; empty: what no area is told of; None: all areas.
    """
    return Reach(feeds_us=now_us - FEEDS, steps_us=None, until_us=now_us, only=Only(rule, area))


def feeds_alone(now_us: int) -> Reach:
    """Return what it takes to say up to when each agency is known, at an instant (UTC microseconds)."""
    return replace(reach_of(NO_ROW, now_us), items_us=now_us)


def reach_over(
    memory: Memory, profile: Profile, days: range, now_us: int, decided: Sequence[Decision] = ()
) -> Reach:
    """Return what the evaluation of local days, one after the other, needs beside what is remembered.

    A beginning reads all items and what baselines are made of. Days one of which ends a week read all items, and
    the whole feeds of agencies that have no baseline yet. Other days ask for stops, silences and lags alone. A day
    on which a rebase begins to count reads everything: what is usual may be taken from any window.

    Args:
        memory: what the evaluation of the day before the first left.
        profile: the partnership.
        days: the local days.
        now_us: the midnight that ends the first of them (UTC microseconds).
        decided: the rebases that people recorded.
    """
    usual, feeds_us, steps_us = memory.baselines, now_us - FEEDS, now_us - STEPS
    until_us = now_us + len(days) * DAY_US
    if begins_in(decided, days) or (memory.day is None and decided):
        return Reach(until_us=until_us)
    if memory.day is None:
        return Reach(EVER, feeds_us, steps_us=steps_us, learning=True, until_us=until_us)
    if not any(ends_week(day) for day in days):
        return Reach(now_us - DAILY_ITEMS, feeds_us, steps_us=None, until_us=until_us)
    locked = usual.lags.keys() & usual.silences.keys()
    new = tuple(code for code, agency in profile.agencies.items() if not agency.reader and code not in locked)
    return Reach(EVER, feeds_us, new, steps_us, learning=usual.cap_us is None, until_us=until_us)
