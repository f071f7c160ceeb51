"""From judged runs to the rows of the table: found, how soon, what opened that should not have."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from analysis.findings import Kind
from bench.signals.asides import ASIDES
from bench.signals.judging import Judged, of_kind, subjects
from bench.signals.observing import Opening
from bench.signals.pairs import Pair, planted
from bench.signals.scenarios import Scenario, Wanted

FOUND_SHARE: Final = 0.9
"""Of the runs: 18 of 20."""
OPENINGS_A_YEAR: Final = 0.5
"""False openings of all kinds together that twelve pairs may have."""
WEEKS_A_YEAR: Final = 52


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what is asked, what was measured, and whether that holds.

    Attributes:
        scenario: S1 to S17, or the budget.
        title: what is planted or simulated.
        volume: items a week of the planted pair; empty where it is of no matter.
        asked: what has to be found, or to hold.
        found: in how many runs it was, or the figure measured.
        delay: median working days until it was found; empty where nothing has to be.
        false: false openings, and how many are allowed.
        holds: whether the row holds; None: for information.
    """

    scenario: str
    title: str
    volume: str
    asked: str
    found: str
    delay: str = ""
    false: str = ""
    holds: bool | None = True


def rows(scenario: Scenario, weekly: int, judged: Sequence[Judged]) -> list[Row]:
    """Return the rows of one scenario at one volume: one for each kind that has to be found, or one of silence."""
    pair = planted(weekly)
    false, silent = _false(scenario, pair, judged)
    names = scenario.id, scenario.title, str(weekly)
    made = [_wanted(names, wanted, weekly, judged, false, silent=silent) for wanted in scenario.wanted]
    if not made:
        made = [Row(*names, "nothing", "silent" if silent else "openings", "", false, silent)]
    return [*made, *(_aside(names, name, judged) for name in scenario.asides)]


def delays(wanted: Wanted, pair: Pair, judged: Sequence[Judged]) -> list[int]:
    """Return after how many working days each run found what is wanted; runs that did not are left out."""
    found = (_found_after(wanted, pair, run.openings) for run in judged)
    return [after for after in found if after is not None]


def _found_after(wanted: Wanted, pair: Pair, openings: Sequence[Opening]) -> int | None:
    about = subjects(pair)[wanted.about]
    found = [one for one in of_kind(openings, wanted.kind, about) if one.after > 0]
    if not found:
        return None
    stops = [one.after for one in of_kind(openings, Kind.STOP, about) if 0 < one.after <= found[0].after]
    turned = wanted.stop_may_precede and found[0].from_stop and stops
    return min(stops) if turned else found[0].after


def enough(found: int, runs: int) -> bool:
    """Return whether something was found in 18 of 20 runs, or in that share of them."""
    return found >= math.ceil(FOUND_SHARE * runs - 1e-9)


def _wanted(
    names: tuple[str, str, str],
    wanted: Wanted,
    weekly: int,
    judged: Sequence[Judged],
    false: str,
    *,
    silent: bool,
) -> Row:
    within, took = wanted.within[weekly], delays(wanted, planted(weekly), judged)
    in_time = sum(days <= (within or math.inf) for days in took)
    asked = f"{wanted.kind.value} within {within}" if within else f"{wanted.kind.value} or silence"
    delay = f"{median(took):g}" if took else ""
    found = f"{in_time}/{len(judged)}"
    if wanted.stop_may_precede:
        itself = delays(replace(wanted, stop_may_precede=False), planted(weekly), judged)
        found += f" (itself {sum(days <= (within or math.inf) for days in itself)})"
    holds = silent and (within is None or enough(in_time, len(judged)))
    return Row(*names, asked, found, delay, false, holds)


def _aside(names: tuple[str, str, str], name: str, judged: Sequence[Judged]) -> Row:
    aside, figures = ASIDES[name], [run.figures[name] for run in judged]
    held = sum(bool(aside.holds(value)) for value in figures)
    found = f"{held}/{len(judged)}, median {median(figures):.2f}"
    return Row(*names, aside.asked, found, holds=enough(held, len(judged)))


def _false(scenario: Scenario, pair: Pair, judged: Sequence[Judged]) -> tuple[str, bool]:
    """Return in words what opened that must not, and whether that is within budget.

    On the planted pair nothing forbidden opens that does not open in the mirror too; elsewhere openings stay within
    the budget of the time that was judged.
    """
    caused, elsewhere = list[Opening](), list[Opening]()
    for run in judged:
        also = {(one.kind, one.about) for one in run.mirror}
        caused += [
            one for one in _forbidden(scenario, pair, run.openings) if (one.kind, one.about) not in also
        ]
        here = set[object]().union(*subjects(pair).values())
        elsewhere += [one for one in run.openings if one.about not in here]
    allowed = OPENINGS_A_YEAR * sum(run.weeks for run in judged) / WEEKS_A_YEAR
    told = f"{len(elsewhere)} of {allowed:.1f}" + (f"; planted: {_kinds(caused)}" if caused else "")
    return told, not caused and len(elsewhere) <= allowed


def _forbidden(scenario: Scenario, pair: Pair, openings: Iterable[Opening]) -> list[Opening]:
    """Return what opened on the planted pair, its sender or its receiver and must not."""
    about = subjects(pair)
    here = set[object]().union(*about.values())
    wanted = {(one.kind, subject) for one in scenario.wanted for subject in about[one.about]}
    kinds = frozenset(Kind) if scenario.everything_silent else scenario.silent
    silent = {(kind, subject) for kind in kinds for subject in here}
    silent |= {
        (kind, subject)
        for name, more in scenario.silent_about.items()
        for kind in more
        for subject in about[name]
    }
    return [one for one in openings if (one.kind, one.about) in silent - wanted]


def _kinds(openings: Sequence[Opening]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(one.kind.value for one in openings).items()))
