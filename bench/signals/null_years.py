"""S16: years in which nothing is planted, and the budgets of false openings counted over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analysis.findings import Kind
from bench.signals.days import Days
from bench.signals.observing import Opening, evenings
from bench.signals.pairs import pairs
from bench.signals.rows import OPENINGS_A_YEAR, Row
from bench.signals.world import Run, world

WEEKS: Final = 52
STOPS_A_PAIR_YEAR, SILENCES_A_FEED_YEAR = 0.05, 0.15
_DAILY: Final = frozenset({Kind.STOP, Kind.FEED_SILENCE})


@dataclass(frozen=True, slots=True)
class Year:
    """What opened in one year of twelve pairs, and how many pairs and feeds there were."""

    openings: tuple[Opening, ...]
    pairs: int
    feeds: int


def judge_year(seed: int) -> Year:
    """Judge a year in which nothing is planted, day by day."""
    days = Days.of(WEEKS)
    looked_at = world(Run(seed, pairs(10)), days)
    opened = tuple(one for evening in evenings(looked_at, days, 0, 0) for one in evening.opened)
    return Year(opened, len(looked_at.flows), len(looked_at.feeds))


def rows(years: Sequence[Year]) -> list[Row]:
    """Return S16 itself, and the budgets that are counted over the same years."""
    openings = [one for year in years for one in year.openings]
    stops = [one for one in openings if one.kind is Kind.STOP]
    silences = [one for one in openings if one.kind is Kind.FEED_SILENCE]
    weekly = [one for one in openings if one.kind not in _DAILY]
    pair_years, feed_years = sum(year.pairs for year in years), sum(year.feeds for year in years)
    n = len(years)
    return [
        _row("S16", f"null, {n} years of 12 pairs", len(openings), n, OPENINGS_A_YEAR, "year", openings),
        _row("budget", "weekly tests: openings", len(weekly), n, OPENINGS_A_YEAR, "year of 12 pairs", weekly),
        _row("budget", "stop: openings", len(stops), pair_years, STOPS_A_PAIR_YEAR, "pair-year", stops),
        _row(
            "budget",
            "feed silence: openings",
            len(silences),
            feed_years,
            SILENCES_A_FEED_YEAR,
            "feed-year",
            silences,
        ),
    ]


def _row(
    scenario: str, title: str, found: int, years: int, budget: float, unit: str, openings: Sequence[Opening]
) -> Row:
    kinds = sorted({one.kind.value for one in openings})
    told = ", ".join(f"{sum(one.kind.value == kind for one in openings)} {kind}" for kind in kinds)
    allowed = budget * years
    asked = f"at most {budget:g} a {unit}"
    false = f"{found} of {allowed:g}" + (f" ({told})" if told else "")
    return Row(scenario, title, "", asked, f"{found / years:.3f}", "", false, found <= allowed)
