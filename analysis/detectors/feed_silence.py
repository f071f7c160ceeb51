"""Does an agency publish nothing at all? While it is silent, unpublished and undone look the same."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from analysis.answers import Answer, Effect, Sample, Status
from analysis.arrays import DAY_US
from analysis.feeds import Feed, open_time
from analysis.findings import About, Finding, Kind
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays

LONGER_THAN_LONGEST: Final = 1.5
"""Times the longest gap of the baseline, at least."""
FALSE_A_YEAR: Final = 0.15
"""How often a year a feed that publishes as it always did may be called silent."""
_A_YEAR: Final = 364
_TIMES: Final = tuple(LONGER_THAN_LONGEST + step / 20 for step in range(51))
MISSED_MESSAGES: Final = 9.2
"""Messages that the usual rate gives in the gap: at random none of them comes once in 10,000 gaps."""
FEWEST_DAYS: Final = 26 * 7
FEWEST_MESSAGES: Final = 100
_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class SilenceBaseline:
    """How an agency published in a fixed window of local days, both included, all types together.

    `longest_gap` in open days between two messages (a day of declared strength w counts w; closed ones nothing),
    `rate` in messages per open day, `days` local days on which it published anything.
    """

    first_day: int
    last_day: int
    messages: int
    longest_gap: float
    rate: float
    days: int

    @property
    def longer_than_longest(self) -> float:
        """How many times the longest gap a silence must last: 1.5, and more where it is the longest of few.

        The longest of n gaps at random is passed c times over by n^(1 - c) * Gamma(1 + c) of as many later ones, on
        average. Messages come in bursts: there are no more gaps at random than days with messages, and of these
        79 in a year's baseline keep the budget with 1.5.
        """
        later = self.days * _A_YEAR / (self.last_day + 1 - self.first_day)
        passes = (one for one in _TIMES if later * self.days**-one * math.gamma(1 + one) <= FALSE_A_YEAR)
        return next(passes, _TIMES[-1])

    def content(self) -> dict[str, int | float]:
        """Return everything, as JSON holds it."""
        return asdict(self)

    @classmethod
    def of_content(cls, content: Mapping[str, int | float]) -> "SilenceBaseline":
        """Return the same baseline again, to the last bit; of older ones nobody counted the days."""
        return cls(
            first_day=int(content["first_day"]),
            last_day=int(content["last_day"]),
            messages=int(content["messages"]),
            longest_gap=float(content["longest_gap"]),
            rate=float(content["rate"]),
            days=int(content.get("days", content["messages"])),
        )


def silence_baseline(
    feed: Feed, first_day: int, last_day: int, calendar: OpenDays, local: LocalTime
) -> SilenceBaseline | Answer:
    """Return how the agency publishes as a rule, from what it published in a window of at least 26 weeks.

    Args:
        feed: all of it; what was published after the window is not looked at.
        first_day: first local day of the window.
        last_day: its last one, included.
        calendar: the agency's own.
        local: covers the window and the midnight that ends it.
    """
    published = feed.published[feed.published_in(first_day, last_day, local)]
    days = last_day - first_day + 1
    opened, closed = open_time(calendar, np.array([first_day, last_day + 1]) * DAY_US)
    if days < FEWEST_DAYS or published.size < FEWEST_MESSAGES or closed <= opened:
        why = (
            f"{published.size} messages in {days} days, where {FEWEST_MESSAGES} and {FEWEST_DAYS} are needed"
        )
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, Sample(int(published.size)))
    return SilenceBaseline(
        first_day=first_day,
        last_day=last_day,
        messages=int(published.size),
        longest_gap=float(np.diff(open_time(calendar, local.local(published))).max()),
        rate=float(published.size / (closed - opened)),
        days=int(np.unique(local.local(published) // DAY_US).size),
    )


def feed_silence(
    feed: Feed, baseline: SilenceBaseline | Answer, now_us: int, calendar: OpenDays, local: LocalTime
) -> Finding:
    """Return whether the agency has been silent for too long at `now_us`.

    The effect is the open time since its last message of any type, in hours (a running gap: exact, so both ends
    of its interval are itself); p is the chance of so long a gap at the baseline's rate, were messages independent.
    `large_enough` says that the feed is silent: the gap is more than 1.5 times the longest of the baseline (more
    where few days had messages) and the rate gives 9.2 messages in it.

    Source: silo_signals section 7, "Information silo"; `longer_than_longest` keeps its budget for small feeds.
    """
    about = About(agency=feed.agency)
    heard = int(np.searchsorted(feed.published, now_us, side="right"))
    if heard == 0:
        why = "the agency never said when it published anything"
        return Finding(Kind.FEED_SILENCE, about, Status.WITHHELD, why)
    if isinstance(baseline, Answer):
        return Finding(Kind.FEED_SILENCE, about, baseline.status, baseline.why, sample=baseline.sample)
    last = local.local(feed.published[heard - 1 : heard])[0]
    since, until = open_time(calendar, np.array([last, local.at(now_us)]))
    gap = float(until - since)
    missed = gap * baseline.rate
    hours = gap * _HOURS
    return Finding(
        kind=Kind.FEED_SILENCE,
        about=about,
        status=Status.OK,
        p=math.exp(-missed),
        effect=Effect(hours, hours, hours, "hours"),
        large_enough=gap > baseline.longer_than_longest * baseline.longest_gap and missed >= MISSED_MESSAGES,
        expected=missed,
        variance=missed,
        sample=Sample(0, baseline_n=baseline.messages),
        window=(int(last) // DAY_US, local.day(now_us - 1)),
    )
