"""What a scenario asks for beside signals: figures that show what happened, or that a plain one hides it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.answers import Answer
from analysis.engine.locking import locked_baseline
from analysis.items import Known, Risk
from analysis.judging.world import World
from analysis.view import View
from analysis.waits.durations import Durations
from analysis.waits.survival import quantile
from bench.signals.days import FIRST_MONDAY, Days, calendar_day
from bench.signals.pairs import Pair

AFTER: Final = 60
"""Working days from the effect to the look at a stopped flow."""
_COMPLETED_IN: Final = 30
"""Working days of completions that the completed-only median looks back on."""
_SURGE_SEEN_AFTER: Final = 40
_FALLS_TO, _NEVER_REACHED = 0.7, float("inf")


@dataclass(frozen=True, slots=True)
class Aside:
    """A figure, in words, and which values of it hold."""

    asked: str
    figure: Callable[[World, Days, Pair, int], float]
    holds: Callable[[float], bool]


def completed_only(world: World, days: Days, pair: Pair, effect: int) -> float:
    """Return the median wait of what was completed lately, over the same before the effect."""
    before, after = (_completed(_seen(world, days, pair, at)) for at in (effect, effect + AFTER))
    return float(np.median(after) / np.median(before))


def kaplan_meier(world: World, days: Days, pair: Pair, effect: int) -> float:
    """Return the Kaplan-Meier median of what began in the 40 open days before that look; infinite: not reached."""
    found = quantile(Durations.cohort(_seen(world, days, pair, effect + AFTER)))
    return _NEVER_REACHED if isinstance(found, Answer) or found.value is None else float(found.value)


def arrivals_ratio(world: World, days: Days, _: Pair, effect: int) -> float:
    """Return the median over all pairs of the arrivals ratio that signals would state."""
    known = Known(
        days.ends_us(calendar_day(effect + _SURGE_SEEN_AFTER)), calendar_day(effect + _SURGE_SEEN_AFTER)
    )
    ratios = []
    for flow in world.flows.values():
        window = FIRST_MONDAY, FIRST_MONDAY + days.baseline_weeks * 7 - 1
        baseline = locked_baseline(flow.waiting(known), *window)
        ratios.append(View.of(flow, known, baseline, baseline, feed_silent=False).arrivals_ratio() or 0.0)
    return float(np.median(ratios))


ASIDES: Final[Mapping[str, Aside]] = {
    "completed_only": Aside(
        "completed-only median down by 30 % after 60 days", completed_only, lambda value: value <= _FALLS_TO
    ),
    "kaplan_meier": Aside("Kaplan-Meier median not reached then", kaplan_meier, np.isinf),
    "arrivals_ratio": Aside(
        "arrivals_ratio shows 2 (1.8 to 2.2)", arrivals_ratio, lambda value: 1.8 <= value <= 2.2
    ),
}


def _seen(world: World, days: Days, pair: Pair, working_day: int) -> Risk:
    day = calendar_day(working_day)
    return world.flows[pair.key].waiting(Known(days.ends_us(day - 1), day))


def _completed(risk: Risk) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    lately = risk.outcome & (risk.end >= risk.until - _COMPLETED_IN)
    return (risk.end - risk.start)[lately]
