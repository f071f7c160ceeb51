"""Columns of hand-offs as the flows that analysis looks at: the same from rows as from readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import NEVER, Bools, Ints
from analysis.items import Flow, FlowKey, Items
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from projections.flow_items.calendars import is_laid_out

FIELDS: Final = {
    "flow": 8,
    "case": 8,
    "started": 8,
    "started_known": 8,
    "ended": 8,
    "ended_known": 8,
    "end": 2,
    "due": 8,
    "returned": 8,
    "returned_known": 8,
}
"""What is read of a hand-off, and how wide it is: instants are UTC microseconds, NEVER where there is none."""


@dataclass(slots=True)
class LeftOut:
    """Items by flow that no average may hold: stopped before they started, or dated outside the known years."""

    negative: dict[FlowKey, int] = field(default_factory=dict)
    outside: dict[FlowKey, int] = field(default_factory=dict)

    def add_negative(self, key: FlowKey, count: int) -> None:
        """Count items of a flow that stopped before they started."""
        if count:
            self.negative[key] = self.negative.get(key, 0) + count

    def share(self, key: FlowKey, kept: int) -> float:
        """Return the share (0 to 1) that was left out of a flow, given how many items were not."""
        left = self.negative.get(key, 0) + self.outside.get(key, 0)
        return left / (left + kept) if left else 0.0


def assembled(
    columns: dict[str, NDArray[Any]],
    keys: Sequence[FlowKey],
    local: LocalTime,
    calendars: Mapping[FlowKey, OpenDays],
    left_out: LeftOut,
) -> dict[FlowKey, Flow]:
    """Return the flows of these columns, by key; takes the columns apart to save memory.

    Items stand in the order of their start, those that started together by their end and their case: the same
    hand-offs give the same arrays. What was stopped (on a told date) or sent back before its start, was so at it.

    Args:
        columns: those of FIELDS, `flow` as position in `keys`.
        keys: the flows; one may stand there several times.
        local: the local time of the partnership.
        calendars: open days that each flow is counted in.
        left_out: takes the items that are dated outside the years of calendars and local time.
    """
    flows = sorted(set(keys))
    place = {key: number for number, key in enumerate(flows)}
    flow = np.array([place[key] for key in keys], dtype=np.int16)[columns.pop("flow")]
    inside = _inside(columns, local)
    by_flow = np.argsort(flow, kind="stable")
    edges = np.searchsorted(flow[by_flow], np.arange(len(flows) + 1))
    found = {}
    for number, key in enumerate(flows):
        mine = by_flow[edges[number] : edges[number + 1]]
        kept = mine[inside[mine]]
        if kept.size < mine.size:
            left_out.outside[key] = int(mine.size - kept.size)
        if kept.size:
            found[key] = Flow.of(key, _items(columns, kept, local), calendars[key])
    return found


def _inside(columns: Mapping[str, NDArray[Any]], local: LocalTime) -> Bools:
    ended = columns["ended"]
    inside: Bools = is_laid_out(local, columns["started"]) & ((ended == NEVER) | is_laid_out(local, ended))
    return inside


def _items(columns: Mapping[str, NDArray[Any]], places: NDArray[np.intp], local: LocalTime) -> Items:
    order = np.lexsort((columns["case"][places], columns["ended"][places], columns["started"][places]))
    mine = {name: column[places[order]] for name, column in columns.items()}
    started = local.local(mine["started"])
    return Items(
        case=mine["case"],
        started=started,
        started_known=mine["started_known"],
        ended=np.maximum(local.local(mine["ended"]), started),
        ended_known=mine["ended_known"],
        end=mine["end"].astype(np.int8),
        due=local.local(_or_never(mine["due"], local)),
        returned=np.maximum(local.local(_or_never(mine["returned"], local)), started),
        returned_known=mine["returned_known"],
    )


def _or_never(instants: Ints, local: LocalTime) -> Ints:
    """Return the instants, those outside the known years as if there were none: limits and returns beyond them."""
    return np.where(is_laid_out(local, instants), instants, NEVER)
