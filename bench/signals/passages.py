"""What becomes of the items of a pair with effects planted on it.

The effects are those of the one catalogue, `publishers.synthetic.plants`, and what they do to a wait is its pure
functions; here they are applied to arrays. An effect reaches what waits already: a pair that slows down does so
for its queue too. (In the synthetic partnership a slow pair is one whose new waits are slow.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Bools, Floats
from analysis.items import End
from bench.signals.draws import Draws, outlasted_by, share_lasting
from bench.signals.pairs import Pair
from publishers.synthetic.plants import waits
from publishers.synthetic.plants.planted import Plant

RETURNED, SKIPPED = 0.05, 0.02
"""The shares that are returned and skipped where nothing is planted."""
_REST: Final = 1.4
"""Where an urgent share is quicker (median 6 days), the rest is slower by this (14)."""
_FOR_EVER: Final = float("inf")


class Holding(NamedTuple):
    """A plant, and the working days from which and up to which it holds."""

    plant: Plant
    first: float
    over: float

    def at(self, when: Floats) -> Bools:
        """Return which of these times it holds at."""
        return (when >= self.first) & (when < self.over)

    def told(self, name: str) -> float:
        """Return one of its parameters."""
        return self.plant.parameters[name]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """The items of a pair, in the order in which they begin, shape (n,); times in working days, inf: never.

    What is returned comes back when the receiver has got to it: when its wait ends.
    """

    began: Floats
    ended: Floats
    end: NDArray[np.int8]
    returned: Floats


def arrivals(pair: Pair, working_days: int, holdings: Sequence[Holding]) -> Floats:
    """Return how many items are expected to begin on each working day."""
    days, expected = np.arange(working_days, dtype=np.float64), np.full(working_days, pair.rate)
    for holding in holdings:
        if holding.plant.name == "surge":
            expected[holding.at(days)] *= holding.told("factor")
    return expected


def passages(pair: Pair, draws: Draws, holdings: Sequence[Holding]) -> Passages:
    """Return what becomes of a pair's items; plants on other pairs and agencies change nothing."""
    here = [one for one in holdings if one.plant.is_between({pair.sender}, {pair.receiver})]
    drawn = _sent(draws, here)
    ended = drawn.began + _waits(drawn, here)
    for holding in here:
        ended = _PACE.get(holding.plant.name, _unchanged)(holding, drawn, ended)
    for holding in holdings:
        if holding.plant.sender == pair.receiver:
            ended = _ON_AGENCY.get(holding.plant.name, _unchanged)(holding, drawn, ended)
    back = drawn.returned < _share(ended, here, {"returns", "cost-shift"}, RETURNED)
    skipped = drawn.skipped < _share(ended, here, {"skips"}, SKIPPED)
    end = np.where(np.isinf(ended), End.NONE, np.where(skipped, End.MISSING, End.STOP))
    returned = np.where(back & (end == End.STOP), ended, _FOR_EVER)
    return Passages(drawn.began, ended, end.astype(np.int8), returned)


def _sent(draws: Draws, holdings: Sequence[Holding]) -> Draws:
    """Return the items as the sender sends them: at once, or on its weekday."""
    began = draws.began
    for holding in holdings:
        if holding.plant.name == "sender-weekday":
            began = _collected(holding, draws, began)
    if began is draws.began:
        return draws
    order = np.argsort(began, kind="stable")
    fields = ("wait", "urgent", "returned", "skipped", "trickles")
    return replace(draws, began=began[order], **{name: getattr(draws, name)[order] for name in fields})


def _waits(draws: Draws, holdings: Sequence[Holding]) -> Floats:
    """Return the usual waits; where an urgent share is planted, it has always been the quicker one."""
    for holding in holdings:
        if holding.plant.name == "urgent-only":
            return draws.wait * np.where(draws.urgent < holding.told("share"), holding.told("factor"), _REST)
    return draws.wait


def at_pace(began: Floats, ended: Floats, holding: Holding) -> Floats:
    """Return ends when everything takes longer by a factor: what is left of what waits already, too."""
    strength = 1 / holding.told("factor")
    both = zip(began.tolist(), ended.tolist(), strict=True)
    return np.array(
        [waits.worked(since, ends, holding.first, holding.over, strength) for since, ends in both]
    )


def _paced(holding: Holding, draws: Draws, ended: Floats) -> Floats:
    return at_pace(draws.began, ended, holding)


def _held(holding: Holding, ended: Floats, passes: Bools) -> Floats:
    again = None if holding.over == _FOR_EVER else holding.over
    return _each(ended, ~passes, lambda at: waits.held(at, holding.first, again, _FOR_EVER))


def _stopped(holding: Holding, draws: Draws, ended: Floats) -> Floats:
    return _held(holding, ended, draws.trickles < holding.told("trickle"))


def _urgent_only(holding: Holding, draws: Draws, ended: Floats) -> Floats:
    return _held(holding, ended, draws.urgent < holding.told("share"))


def _collected(holding: Holding, _: Draws, ended: Floats) -> Floats:
    return _each(ended, holding.at(ended), lambda at: waits.collected(at, holding.told("weekday")))


def _worked(holding: Holding, draws: Draws, ended: Floats) -> Floats:
    both = zip(draws.began.tolist(), ended.tolist(), strict=True)
    return np.array([waits.worked(began, ends, holding.first, holding.over, 0.0) for began, ends in both])


def _weakened(holding: Holding, draws: Draws, ended: Floats) -> Floats:
    """Return ends when the receiver takes up a part of the usual: of those that wait, each age by itself."""
    span = holding.first, holding.over, holding.told("strength")
    both = zip(draws.began.tolist(), ended.tolist(), strict=True)
    return np.array([waits.rarer(began, ends, span, share_lasting, outlasted_by) for began, ends in both])


def _unchanged(_: Holding, __: Draws, ended: Floats) -> Floats:
    return ended


_Changes = Callable[[Holding, Draws, Floats], Floats]
_PACE: Final[dict[str, _Changes]] = {
    "slow-pair": _paced,
    "improved-pair": _paced,
    "stopped-flow": _stopped,
    "urgent-only": _urgent_only,
    "receiver-weekday": _collected,
}
_ON_AGENCY: Final[dict[str, _Changes]] = {"closure": _worked, "reduced-capacity": _weakened}


def _share(ended: Floats, holdings: Sequence[Holding], names: set[str], usual: float) -> Floats:
    """Return the share that holds for each item by when its wait ends: then it is taken on, sent back or let be."""
    share = np.full(ended.size, usual)
    for holding in holdings:
        if holding.plant.name in names:
            share[holding.at(ended)] = holding.told("share")
    return share


def _each(at: Floats, which: Bools, becomes: Callable[[float], float]) -> Floats:
    """Return times with some of them changed one by one."""
    changed = at.copy()
    changed[which] = [becomes(one) for one in at[which].tolist()]
    return changed
