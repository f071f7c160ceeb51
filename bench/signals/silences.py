"""How often feeds that only publish by chance are called silent, those included that publish in bursts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import Floats
from analysis.detectors.feed_silence import feed_silence, silence_baseline
from analysis.feeds import Feed
from bench.signals.days import FIRST_MONDAY, Days
from bench.signals.draws import chance, lags
from bench.signals.null_years import SILENCES_A_FEED_YEAR
from bench.signals.rows import Row

EVENTS_A_DAY: Final = (1.0, 2.0, 4.0, 12.0)
BURST: Final = 5.0
"""Events of a burst on average; as many events a day as in the even feeds, so fewer messages' times."""
_FEEDS: Final = 3
"""Feeds of each kind that one job makes, one judged year each."""
_WEEKS: Final = 52


@dataclass(frozen=True, slots=True)
class Silences:
    """By kind of feed: years, and how often one was called silent."""

    years: dict[str, int]
    openings: dict[str, int]


def judge_silences(seed: int) -> Silences:
    """Judge feeds every day of a year in which they publish as they always did."""
    days, years, openings = Days.of(_WEEKS), dict[str, int](), dict[str, int]()
    for rate in EVENTS_A_DAY:
        for name, burst in ((f"{rate:g} a day", 1.0), (f"{rate:g} a day in bursts of {BURST:g}", BURST)):
            found = [_openings(seed, number, rate, burst, days) for number in range(_FEEDS)]
            answered = [one for one in found if one is not None]
            years[name], openings[name] = len(answered), sum(answered)
    return Silences(years, openings)


def rows(jobs: Sequence[Silences]) -> list[Row]:
    """Return the openings of each kind of feed beside the budget."""
    made = []
    for name in jobs[0].years:
        years, found = sum(job.years[name] for job in jobs), sum(job.openings[name] for job in jobs)
        title, asked = (
            f"feed silence: {name}, {years} feed-years",
            f"at most {SILENCES_A_FEED_YEAR} a feed-year",
        )
        rate = found / years if years else 0.0
        false = f"{found} of {SILENCES_A_FEED_YEAR * years:.1f}"
        made.append(Row("budget", title, "", asked, f"{rate:.3f}", "", false, rate <= SILENCES_A_FEED_YEAR))
    return made


def _openings(seed: int, number: int, rate: float, burst: float, days: Days) -> int | None:
    """Return how often a feed's silence begins; None where its baseline is too small for an answer."""
    calendar = days.calendar()
    feed = _feed(
        _times(chance(seed, number, f"{rate:g} in bursts of {burst:g}"), rate, burst, days.working), days
    )
    last = FIRST_MONDAY + days.baseline_weeks * 7 - 1
    baseline = silence_baseline(feed, FIRST_MONDAY, last, calendar, days.local)
    findings = (
        feed_silence(feed, baseline, days.ends_us(day), calendar, days.local) for day in days.evenings()
    )
    silent = np.array([one.large_enough for one in findings if one.p is not None], dtype=np.bool_)
    return int(np.count_nonzero(silent[1:] & ~silent[:-1]) + silent[:1].sum()) if silent.size else None


def _times(by: np.random.Generator, rate: float, burst: float, working_days: int) -> Floats:
    """Return when events occur: bursts come at random, and have a geometric number of events within an hour."""
    counts = by.poisson(rate / burst, size=working_days)
    begins = np.repeat(np.arange(working_days), counts) + by.uniform(size=int(counts.sum()))
    sizes = by.geometric(1 / burst, size=begins.size)
    at = np.repeat(begins, sizes) + by.uniform(0, 1 / 8, size=int(sizes.sum())) * (burst > 1)
    return np.sort(at[at < working_days])


def _feed(at: Floats, days: Days) -> Feed:
    occurred = days.local_us(at)
    lag = lags(np.random.default_rng(at.size), at.size)
    utc = days.utc_us(occurred) + lag
    none = np.zeros(at.size, dtype=np.int64)
    return Feed.of("a", occurred, utc, lag, none.astype(np.bool_), none)
