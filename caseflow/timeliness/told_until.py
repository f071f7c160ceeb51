"""Up to which day the courts have told what they completed: a quarter that ended later is provisional."""

from collections.abc import Mapping

import numpy as np

from analysis.feeds import Feed, judged
from models.court_types import TYPES
from models.profile import Profile
from projections.flow_items.calendars import calendars_of, local_time


def told_until(feeds: Mapping[str, Feed], profile: Profile, now_us: int) -> int | None:
    """Return the local day before which everything counts as told by every court that publishes.

    That is the earliest of their judged clocks, or of the days on which one was last heard. None where no court
    says when it publishes, as in imported history: everything known counts then.

    Args:
        feeds: of the agencies, those of the courts among them.
        profile: the partnership.
        now_us: the instant of knowing, UTC microseconds.
    """
    courts = [code for code, agency in profile.agencies.items() if agency.roles & TYPES.keys()]
    local, calendars = local_time(profile.tz), calendars_of(profile, courts)
    days = []
    for feed in (feeds[code] for code in courts if code in feeds):
        at = judged(feed, now_us, calendars[feed.agency], local)
        if at is not None:
            last = int(feed.published[np.searchsorted(feed.published, now_us, side="right") - 1])
            days += [at.day, local.day(last)]
    return min(days, default=None)
