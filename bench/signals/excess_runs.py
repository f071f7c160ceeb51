"""Net excess where there is no limit: what a slow pair costs, and that nothing and a surge cost nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

from analysis.answers import Answer
from analysis.engine.locking import locked_baseline
from analysis.items import Known
from analysis.waits.excess import NetExcess, net_excess
from bench.signals.days import FIRST_MONDAY, Days, calendar_day, date_of
from bench.signals.pairs import planted
from bench.signals.rows import Row, enough
from bench.signals.scenarios import EFFECT_WEEK
from bench.signals.world import Run, world
from publishers.synthetic.plants.planted import read_plant

WEEKLY, OPEN_DAYS = 30, 60
PLANTS: Final = {"slow": "slow-pair={a}:{b},from={day}", "null": "null", "surge": "surge,from={day}"}
_SURE: Final = 1.96


@dataclass(frozen=True, slots=True)
class Excess:
    """The net excess of one run with each plant, 60 open days after it began."""

    by_plant: dict[str, NetExcess]


def judge_excess(seed: int) -> Excess:
    """Measure one pair with each plant."""
    return Excess({name: _excess(seed, text) for name, text in PLANTS.items()})


def rows(runs: Sequence[Excess]) -> list[Row]:
    """Return the planted row, and both mirrors: within two standard errors of nothing."""
    found = [run.by_plant["slow"] for run in runs]
    sure = sum(one.net > _SURE * one.variance**0.5 for one in found)
    net, usual = fmean(one.net for one in found), fmean(one.expected for one in found)
    told = f"{sure}/{len(runs)}, {net:+,.0f} on {usual:,.0f}"
    title, asked = "net excess in item-days: waits x2, 60 open days", "clear of chance"
    made = [Row("budget", title, str(WEEKLY), asked, told, holds=enough(sure, len(runs)))]
    for name, title in (("null", "mirror: nothing planted"), ("surge", "mirror: surge x2")):
        nets = [run.by_plant[name].net for run in runs]
        spread = stdev(nets) if len(nets) > 1 else 0.0
        told = f"{fmean(nets):+,.0f}, sd {spread:,.0f}"
        holds = abs(fmean(nets)) <= 2 * spread / len(nets) ** 0.5
        made.append(
            Row("budget", f"net excess, {title}", str(WEEKLY), "0 +/- 2 standard errors", told, holds=holds)
        )
    return made


def _excess(seed: int, text: str) -> NetExcess:
    days, pair = Days.of(EFFECT_WEEK + OPEN_DAYS // 5 + 1), planted(WEEKLY)
    effect = days.judged_week(EFFECT_WEEK)
    plant = read_plant(text.format(a=pair.sender, b=pair.receiver, day=date_of(effect)))
    flow = world(Run(seed, (pair,), (plant,)), days).flows[pair.key]
    day = calendar_day(effect + OPEN_DAYS)
    risk = flow.waiting(Known(days.ends_us(day), day))
    baseline = locked_baseline(risk, FIRST_MONDAY, FIRST_MONDAY + days.baseline_weeks * 7 - 1)
    found = net_excess(risk, baseline, effect, effect + OPEN_DAYS)
    if isinstance(found, Answer):
        raise TypeError(f"no net excess: {found.why}")
    return found
