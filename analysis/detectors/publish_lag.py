"""Does an agency tell what it did later than it used to?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy import special

from analysis.answers import Answer, Sample, Status
from analysis.arrays import DAY_US, Bools, Floats, Ints
from analysis.feeds import SHORT_WINDOW, Feed, recent
from analysis.findings import About, Finding, Kind
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from analysis.shares import wilson

LATE_SHARE: Final = 0.05
"""Share of the baseline's events above its 95th percentile."""
SURE_BELOW: Final = 1e-3
FEWEST_EVENTS: Final = 5
FEWEST_DAYS: Final = 26 * 7
FEWEST_OF_TYPE: Final = 100
"""A type with fewer events in the baseline has no percentile of its own and is left out."""


@dataclass(frozen=True, slots=True)
class LagBaseline:
    """How late an agency published in a fixed window of local days, both included.

    `usual_us` is the 95th percentile of the lags of each type, by name; the day-precision events of a type stand
    apart, in whole days (`_by_day`), because their lag is known to one day only. `events` counts those it rests on.
    """

    first_day: int
    last_day: int
    events: int
    usual_us: Mapping[str, float]
    usual_us_by_day: Mapping[str, float]

    def content(self) -> dict[str, object]:
        """Return everything, as JSON holds it."""
        return {
            "first_day": self.first_day,
            "last_day": self.last_day,
            "events": self.events,
            "usual_us": dict(self.usual_us),
            "usual_us_by_day": dict(self.usual_us_by_day),
        }

    @classmethod
    def of_content(cls, content: Mapping[str, object]) -> "LagBaseline":
        """Return the same baseline again, to the last bit."""
        return cls(**content)  # type: ignore[arg-type] # JSON


class _Part(NamedTuple):
    """Events looked at together: how many, how many of them later than usual, and how likely so many are."""

    n: int
    late: int
    p: float


def lag_baseline(feed: Feed, first_day: int, last_day: int, local: LocalTime) -> LagBaseline | Answer:
    """Return how late the agency publishes as a rule, by week of publication, in a window of at least 26 weeks.

    Events dated after their own publication say something of the quality of data, not of lag: they are left out.

    Args:
        feed: all of it; what was published after the window is not looked at.
        first_day: first local day of the window.
        last_day: its last one, included.
        local: covers the window and the midnight that ends it.
    """
    window = feed.published_in(first_day, last_day, local)
    lags, kept = _lags(feed, window)
    usual = {
        by_day: {
            feed.name(code): float(np.percentile(chosen, 95))
            for code in np.unique(feed.type[window]).tolist()
            if (chosen := lags[kept & (feed.by_day[window] == by_day) & (feed.type[window] == code)]).size
            >= FEWEST_OF_TYPE
        }
        for by_day in (False, True)
    }
    days, events = last_day - first_day + 1, int(np.count_nonzero(kept))
    if days < FEWEST_DAYS or not any(usual.values()):
        why = f"{events} events in {days} days: {FEWEST_OF_TYPE} of a type and {FEWEST_DAYS} days are needed"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, Sample(events))
    return LagBaseline(first_day, last_day, events, usual[False], usual[True])


def commonest(feed: Feed, window: slice) -> Bools:
    """Return which events of a window are of the type and precision whose lags most of its events tell."""
    _, kept = _lags(feed, window)
    of = 2 * feed.type[window] + feed.by_day[window]
    found: Bools = kept & (of == np.bincount(of[kept], minlength=1).argmax())
    return found


def negative_lags(feed: Feed, last_us: int) -> int:
    """Return how many events published by an instant are dated after their own publication: data quality."""
    return int(np.count_nonzero(feed.lag_us[feed.between(0, last_us)] < 0))


def publish_lag(
    feed: Feed, baseline: LagBaseline | Answer, now_us: int, calendar: OpenDays, local: LocalTime
) -> Finding:
    """Return whether more than 5 % of what was published in the last 5 open days was later than usual.

    Every event is held against the 95th percentile of its own type, so that a new mix of types is no lag. The
    agency's events together and each type alone are looked at; p is the smallest of their binomial p-values times
    their number, and effect, `observed` and `expected` are of that part. `large_enough`: p < 1e-3. At least 5
    events in the part.

    Source: silo_signals section 7, "Information silo".
    """
    about = About(agency=feed.agency)
    if not feed.between(0, now_us).stop:
        why = "the agency never said when it published anything"
        return Finding(Kind.PUBLISH_LAG, about, Status.WITHHELD, why)
    if isinstance(baseline, Answer):
        return Finding(Kind.PUBLISH_LAG, about, baseline.status, baseline.why, sample=baseline.sample)
    window = recent(feed, now_us, SHORT_WINDOW, calendar, local)
    parts = list(_parts(feed, window, baseline))
    if not parts:
        why = f"fewer than {FEWEST_EVENTS} comparable events were published in {SHORT_WINDOW} open days"
        return Finding(Kind.PUBLISH_LAG, about, Status.NOT_ENOUGH_DATA, why)
    worst = min(parts, key=lambda part: part.p)
    p = min(1.0, worst.p * len(parts))
    return Finding(
        kind=Kind.PUBLISH_LAG,
        about=about,
        status=Status.OK,
        p=p,
        effect=wilson(worst.late, worst.n),
        large_enough=p < SURE_BELOW,
        observed=worst.late,
        expected=LATE_SHARE * worst.n,
        variance=LATE_SHARE * (1 - LATE_SHARE) * worst.n,
        sample=Sample(worst.n, baseline_n=baseline.events),
        window=(local.day(int(feed.published[window.start])), local.day(now_us - 1)),
    )


def _lags(feed: Feed, window: slice) -> tuple[Floats, Bools]:
    """Return lags, those of day precision cut to whole days, and which of them are no slips (0 or more)."""
    lags = feed.lag_us[window]
    whole = lags // DAY_US * DAY_US
    return np.where(feed.by_day[window], whole, lags).astype(np.float64), lags >= 0


def _parts(feed: Feed, window: slice, baseline: LagBaseline) -> Iterator[_Part]:
    """Yield all comparable events together, then each type alone where there are several; none below 5 events."""
    lags, kept = _lags(feed, window)
    codes, by_day = feed.type[window], feed.by_day[window]
    usual = _usual(feed, codes, by_day, baseline)
    kept &= ~np.isnan(usual)
    late = lags > usual
    groups = [kept & (codes == code) for code in np.unique(codes[kept]).tolist()]
    for chosen in [kept, *groups] if len(groups) > 1 else [kept]:
        n, beyond = int(np.count_nonzero(chosen)), int(np.count_nonzero(late[chosen]))
        if n >= FEWEST_EVENTS:
            yield _Part(n, beyond, float(special.bdtrc(beyond - 1, n, LATE_SHARE)) if beyond else 1.0)


def _usual(feed: Feed, codes: Ints, by_day: Bools, baseline: LagBaseline) -> Floats:
    """Return the baseline's 95th percentile for each event; NaN where its type has none."""
    usual = np.full(codes.size, np.nan)
    for code in np.unique(codes).tolist():
        name, of_type = feed.name(code), codes == code
        usual[of_type & by_day] = baseline.usual_us_by_day.get(name, np.nan)
        usual[of_type & ~by_day] = baseline.usual_us.get(name, np.nan)
    return usual
