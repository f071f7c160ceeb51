"""A sender's own work before it hands over, and again when what it handed over comes back."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from analysis.arrays import Floats, Ints
from analysis.items import End
from bench.signals.draws import arriving, chance, draw, waiting
from bench.signals.pairs import Pair
from bench.signals.passages import RETURNED, Holding, Passages, at_pace, passages

_OF_A_WAIT: Final = 0.5
"""Own work takes half as long as the wait at the receiver: what is saved by x0.6 is lost where 20 % come back."""


class Both(NamedTuple):
    """Own work and the passages that follow, each with the numbers of their cases, in the order of beginning."""

    inside: Passages
    inside_case: Ints
    passing: Passages
    passing_case: Ints


def work_and_pass(seed: int, pair: Pair, working_days: int, holdings: Sequence[Holding]) -> Both:
    """Return the cases of a pair whose sender works on each before it passes it on, as often as it comes back.

    As many are passed on in the end as at the pair's rate, returns included.
    """
    began = arriving(seed, pair.number, np.full(working_days, pair.rate * (1 - RETURNED)))
    case = np.arange(began.size, dtype=np.int64)
    inside, passing, cases = list[Passages](), list[Passages](), list[Ints]()
    while began.size:
        number = len(cases)
        worked = _worked(seed, pair, number, began, holdings)
        passed = passages(pair, draw(seed, pair.number, worked, f"round {number} "), holdings)
        inside.append(_done(began, worked))
        passing.append(passed)
        cases.append(case)
        again = passed.returned < working_days
        began, case = passed.returned[again], case[again]
    every = np.concatenate(cases)
    return Both(*_in_order(inside, every), *_in_order(passing, every))


def _worked(seed: int, pair: Pair, number: int, began: Floats, holdings: Sequence[Holding]) -> Floats:
    """Return when own work is done."""
    ended = began + _OF_A_WAIT * waiting(chance(seed, pair.number, f"round {number} work"), began.size)
    for holding in holdings:
        if holding.plant.name == "cost-shift" and holding.plant.sender == pair.sender:
            ended = at_pace(began, ended, holding)
    return ended


def _done(began: Floats, ended: Floats) -> Passages:
    end = np.full(began.size, End.STOP, dtype=np.int8)
    return Passages(began, ended, end, np.full(began.size, np.inf))


def _in_order(rounds: Sequence[Passages], case: Ints) -> tuple[Passages, Ints]:
    fields = [np.concatenate([getattr(one, name) for one in rounds]) for name in Passages.__slots__]
    order = np.argsort(fields[0], kind="stable")
    return Passages(*(values[order] for values in fields)), case[order]
