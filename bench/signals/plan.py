"""Everything that is measured, in the order of the table."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from bench.signals import bad_dates, boundary_runs, engine_rates, excess_runs, null_years, silences, xmr_rates
from bench.signals.judging import judge
from bench.signals.measuring import Measurement
from bench.signals.rows import rows
from bench.signals.scenarios import SCENARIOS

RUNS: Final = 20
"""Of every scenario, and jobs of every budget: seeds 1 to 20."""


def measurements(seeds: int = RUNS) -> Iterator[Measurement[Any]]:
    """Yield every measurement, each with so many runs."""
    numbers = range(1, seeds + 1)
    for scenario in SCENARIOS:
        for weekly in scenario.volumes:
            work, made = partial(judge, scenario, weekly), partial(rows, scenario, weekly)
            yield Measurement(f"{scenario.name} at {weekly}", numbers, work, made)
    yield Measurement("S14", numbers, bad_dates.judge_dates, bad_dates.rows)
    yield from _boundary(numbers)
    yield Measurement("S16 budget", numbers, null_years.judge_year, null_years.rows)
    yield Measurement("silence budget", numbers, silences.judge_silences, silences.rows)
    yield Measurement("engine budget", numbers, engine_rates.judge_null, engine_rates.rows)
    yield Measurement("excess budget", numbers, excess_runs.judge_excess, excess_runs.rows)
    yield Measurement("xmr budget", numbers, xmr_rates.flags, xmr_rates.rows)
    yield Measurement("boundary budget", numbers, boundary_runs.judge_nulls, boundary_runs.null_row)


def chosen(every: Sequence[Measurement[Any]], only: Sequence[str]) -> list[Measurement[Any]]:
    """Return the measurements of which a name was told: a word of theirs, such as S2, budget or xmr; none: all."""
    return [one for one in every if not only or set(only) & set(one.name.split())]


def _boundary(numbers: Sequence[int]) -> Iterator[Measurement[Any]]:
    for title, plan in boundary_runs.plans().items():
        make = boundary_runs.planted_row if plan.plant else boundary_runs.mirror_row
        work = partial(boundary_runs.judge_boundary, plan)
        yield Measurement(f"S15 {title}", numbers, work, partial(make, title))
