"""What an agency published and when, and how far back its picture is complete: the judged clock."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import DAY_US, Bools, Floats, Ints
from analysis.items import Known
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays

SHORT_WINDOW, LONG_WINDOW = 5, 20
"""Open days of publications that the judged clock looks at; the larger lag wins (silo_signals 0)."""


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """The events of one agency that say when they were published, in the order of publication.

    Events without a time of publication (history whose recorded time nobody told) are not in a feed. Build it with
    `of`, or give the arrays sorted by `published`. Every array has shape (n,).

    Attributes:
        occurred: when each event happened, local wall-clock microseconds (of a day: its local midnight).
        published: when it was published, UTC microseconds; may lie after the instant judged: it is cut there.
        lag_us: published - occurred, both as UTC instants; negative where an event is dated ahead.
        by_day: whether only the day of the event is known.
        type: code of the event's type.
        types: name of each code, so that a locked baseline outlives a new numbering; empty: the code is the name.
    """

    agency: str
    occurred: Ints
    published: Ints
    lag_us: Ints
    by_day: Bools
    type: Ints
    types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a feed out of order.

        Raises:
            ValueError: an event is published before the one it follows.
        """
        if (self.published[1:] < self.published[:-1]).any():
            raise ValueError(f"the feed of {self.agency} is not in the order of publication: use Feed.of")

    @classmethod
    def of(
        cls,
        agency: str,
        occurred: Ints,
        published: Ints,
        lag_us: Ints,
        by_day: Bools,
        codes: Ints,
        types: tuple[str, ...] = (),
    ) -> "Feed":
        """Return the feed of events given in any order; those published at once stay in the given order."""
        by = np.argsort(published, kind="stable")
        return cls(agency, occurred[by], published[by], lag_us[by], by_day[by], codes[by], types)

    def __len__(self) -> int:
        """Return how many events there are."""
        return int(self.published.size)

    def name(self, code: int) -> str:
        """Return the name of a type."""
        return self.types[code] if self.types else str(code)

    def between(self, first_us: int, last_us: int) -> slice:
        """Return the events published from one UTC instant to another, both included."""
        first = np.searchsorted(self.published, first_us, side="left")
        return slice(int(first), int(np.searchsorted(self.published, last_us, side="right")))

    def published_in(self, first_day: int, last_day: int, local: LocalTime) -> slice:
        """Return the events published on local days, both included; the last one lies within those laid out."""
        return self.between(_begins(first_day, local), local.midnight(last_day + 1) - 1)


def recent(feed: Feed, now_us: int, open_days: int, calendar: OpenDays, local: LocalTime) -> slice:
    """Return what was published in the last open days up to `now_us`; the day that is under way comes on top.

    At the midnight that ends an open day that is exactly `open_days` of them.
    """
    today = calendar.slot(local.day(now_us))
    first_day = int(calendar.days[max(0, today - open_days)])
    return feed.between(_begins(first_day, local), now_us)


def _begins(day: int, local: LocalTime) -> int:
    """Return the instant at which a local day begins, or the first one laid out: nothing lies before it."""
    first = int(local.starts[0])
    return local.midnight(day) if day > local.day(first) else first


def lag_95(feed: Feed, now_us: int, calendar: OpenDays, local: LocalTime) -> int | None:
    """Return how long the agency takes to publish nearly everything: microseconds, 0 or more.

    The larger of the 95th percentiles (linear) of publication lags among what was published in the last 5 and the
    last 20 open days of `calendar`, the agency's own. Where nothing was published in any of them, the time since
    its last publication: nothing is known of what happened since. None where it never published anything.

    Source: silo_signals section 0.
    """
    heard = int(np.searchsorted(feed.published, now_us, side="right"))
    if heard == 0:
        return None
    windows = (recent(feed, now_us, days, calendar, local) for days in (SHORT_WINDOW, LONG_WINDOW))
    lags = [np.percentile(feed.lag_us[window], 95) for window in windows if window.start < window.stop]
    if not lags:
        return now_us - int(feed.published[heard - 1])
    return max(0, round(max(lags)))


def judged(feed: Feed, now_us: int, calendar: OpenDays, local: LocalTime) -> Known | None:
    """Return what the judged clock of an agency lets count at `now_us`: u = now - L95, cut to its local day.

    None where it never published anything: what it did is unknown, and whoever asks answers `withheld`.
    """
    lag = lag_95(feed, now_us, calendar, local)
    return None if lag is None else Known(now_us, local.day(now_us - lag))


def open_time(calendar: OpenDays, local_us: Ints) -> Floats:
    """Return the open time before local instants, in open days: closed days add nothing, reduced ones their part.

    An open day is counted evenly over its 24 hours, whatever hours are declared: feeds tell at night, too. What
    lies before or after the declared days has the open time of their edge.
    """
    day = local_us // DAY_US - calendar.first
    known = np.clip(day, 0, calendar.weights.size - 1)
    part = np.clip((local_us - (known + calendar.first) * DAY_US) / DAY_US, 0.0, 1.0)
    before = np.concatenate([[0.0], np.cumsum(calendar.weights)])
    return np.asarray(before[known] + calendar.weights[known] * part, dtype=np.float64)
