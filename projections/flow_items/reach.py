"""How far back an evaluation has to look, so that a day costs little and a week knows all."""

from dataclasses import dataclass
from typing import Final

from analysis.arrays import DAY_US
from analysis.asking import ends_week
from analysis.memory import Memory
from models.profile import Profile
from projections.flow_items.hand_offs import EVER

DAILY_ITEMS: Final = 400 * DAY_US
"""A day looks at what was open, or happened, within a year: baselines are locked and need no items."""
FEEDS: Final = 120 * DAY_US
"""Publications of 20 open days, through any closure; the last word of an agency that fell silent comes on top."""
STEPS: Final = 400 * DAY_US
"""The boundary effect compares the steps of a year."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From when on (UTC microseconds) items, feeds and steps are read.

    `whole_feeds` are agencies whose feed is read from its beginning all the same. `steps_us` None: no steps.
    """

    items_us: int = EVER
    feeds_us: int = EVER
    whole_feeds: tuple[str, ...] = ()
    steps_us: int | None = EVER


EVERYTHING: Final = Reach()


def reach_for(memory: Memory, profile: Profile, day: int, now_us: int) -> Reach:
    """Return what the evaluation of a local day needs beside what is remembered.

    The first day reads everything: every baseline may be locked. The day that ends a week reads all items, and the
    whole feeds of agencies that have no baseline yet. Any other day asks for stops, silences and lags alone.

    Args:
        memory: what the evaluation of the day before left.
        profile: the partnership.
        day: the local day.
        now_us: the midnight that ends it (UTC microseconds).
    """
    usual = memory.baselines
    if memory.day is None:
        return EVERYTHING
    if not ends_week(day):
        return Reach(now_us - DAILY_ITEMS, now_us - FEEDS, steps_us=None)
    locked = usual.lags.keys() & usual.silences.keys()
    new = tuple(code for code, agency in profile.agencies.items() if not agency.reader and code not in locked)
    return Reach(EVER, now_us - FEEDS, new, EVER if usual.cap_us is None else now_us - STEPS)
