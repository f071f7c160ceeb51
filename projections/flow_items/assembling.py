"""Columns of hand-offs as the flows that analysis looks at: the same from rows as from readings."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import DAY_US, NEVER, Bools, Ints
from analysis.items import Flow, FlowKey, Items
from analysis.judging.doubts import Doubtful
from analysis.local_time import LocalTime
from analysis.open_hours import OpenHours, OpenTime
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


NEGATIVE: Final = -1
"""The `end` of what stopped before it started."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Items by flow that no average may hold: stopped before they started, or dated outside the known years.

    `by_day`: those that began on a day and nobody knows when, in a flow that is counted in hours.
    """

    negative: MutableMapping[FlowKey, Doubtful] = field(default_factory=dict)
    outside: MutableMapping[FlowKey, Doubtful] = field(default_factory=dict)
    by_day: MutableMapping[FlowKey, Doubtful] = field(default_factory=dict)

    @property
    def doubtful(self) -> dict[FlowKey, Doubtful]:
        """All of them, by flow."""
        found = dict(self.negative)
        for key, more in (*self.outside.items(), *self.by_day.items()):
            found[key] = found[key].joined(more) if key in found else more
        return found

    def counts(self, day: int, now_us: int) -> dict[str, dict[FlowKey, int]]:
        """Return how many began in the year up to a local day, as known at an instant, by reason and flow."""
        reasons = {"negative": self.negative, "outside": self.outside, "by_day": self.by_day}
        return {
            reason: {key: count for key, one in by_flow.items() if (count := one.count(day, now_us))}
            for reason, by_flow in reasons.items()
        }


def assembled(
    columns: dict[str, NDArray[Any]],
    keys: Sequence[FlowKey],
    local: LocalTime,
    calendars: Mapping[FlowKey, OpenTime],
) -> tuple[dict[FlowKey, Flow], LeftOut]:
    """Return the flows of these columns, by key, and what was left out of them; takes the columns apart.

    Items stand in the order of their start, those that started together by their end and their case: the same
    hand-offs give the same arrays. What was stopped (on a told date) or sent back before its start, was so at it.

    Args:
        columns: those of FIELDS, `flow` as position in `keys`.
        keys: the flows; one may stand there several times.
        local: the local time of the partnership.
        calendars: open days or hours that each flow is counted in.
    """
    flows = sorted(set(keys))
    place = {key: number for number, key in enumerate(flows)}
    flow = np.array([place[key] for key in keys], dtype=np.int16)[columns.pop("flow")]
    begins, ends = is_laid_out(local, columns["started"]), _ends_inside(columns, local)
    negative = columns["end"] == NEGATIVE
    by_flow = np.argsort(flow, kind="stable")
    edges = np.searchsorted(flow[by_flow], np.arange(len(flows) + 1))
    found, left = dict[FlowKey, Flow](), LeftOut({}, {}, {})
    for number, key in enumerate(flows):
        mine = by_flow[edges[number] : edges[number + 1]]
        begun = mine[begins[mine]]
        some_hour = _hour_unknown(columns, begun, local, calendars[key])
        to_the_hour = begun[~some_hour]
        possible, early = ends[to_the_hour], negative[to_the_hour]
        kept = to_the_hour[possible & ~early]
        if kept.size:
            items, by_day = _items(columns, kept, local)
            found[key] = Flow.of(key, items, calendars[key], by_day)
        if kept.size < mine.size:
            _leave_out(left.by_day, key, columns, begun[some_hour], local, by_start=True)
            _leave_out(left.negative, key, columns, to_the_hour[possible & early], local)
            beyond = np.concatenate([mine[~begins[mine]], to_the_hour[~possible]])
            _leave_out(left.outside, key, columns, beyond, local)
    return found, left


def _hour_unknown(
    columns: Mapping[str, NDArray[Any]], places: NDArray[np.intp], local: LocalTime, calendar: OpenTime
) -> Bools:
    """Return which items began on a day, and nobody knows when, where that matters: in a flow counted in hours."""
    if not isinstance(calendar, OpenHours):
        return np.zeros(places.size, dtype=np.bool_)
    return _is_midnight(local.local(columns["started"][places]))


def _is_midnight(local_us: Ints) -> Bools:
    """Return which instants stand for their whole day.

    What is known to its day is told as its midnight; of what is told to the minute one in 1,440 looks like it.
    """
    midnight: Bools = (local_us != NEVER) & (local_us % DAY_US == 0)
    return midnight


def _leave_out(
    left: MutableMapping[FlowKey, Doubtful],
    key: FlowKey,
    columns: Mapping[str, NDArray[Any]],
    places: NDArray[np.intp],
    local: LocalTime,
    *,
    by_start: bool = False,
) -> None:
    """Note items that are left out; where there is no possible start they began when they were told.

    What the start alone makes doubtful (an impossible one is such) is so from when that was told, whatever the end
    is; the others from when both ends were.
    """
    if not places.size:
        return
    mine = {name: columns[name][places] for name in ("started", "started_known", "ended_known")}
    began = is_laid_out(local, mine["started"])
    day = local.local(np.where(began, mine["started"], _within(mine["started_known"], local))) // DAY_US
    told, ended_known = mine["started_known"], mine["ended_known"]
    alone = ~began | (ended_known == NEVER) | by_start
    left[key] = Doubtful(day, np.where(alone, told, np.maximum(told, ended_known)))


def _within(instants: Ints, local: LocalTime) -> Ints:
    return np.clip(instants, local.starts[0] + DAY_US, local.last_us - DAY_US)


def _ends_inside(columns: Mapping[str, NDArray[Any]], local: LocalTime) -> Bools:
    inside: Bools = (columns["ended"] == NEVER) | is_laid_out(local, columns["ended"])
    return inside


def _items(
    columns: Mapping[str, NDArray[Any]], places: NDArray[np.intp], local: LocalTime
) -> tuple[Items, Bools]:
    """Return items, and of which of them only the day of the end is known."""
    order = np.lexsort((columns["case"][places], columns["ended"][places], columns["started"][places]))
    mine = {name: column[places[order]] for name, column in columns.items()}
    started, ended = local.local(mine["started"]), local.local(mine["ended"])
    items = Items(
        case=mine["case"],
        started=started,
        started_known=mine["started_known"],
        ended=np.maximum(ended, started),
        ended_known=mine["ended_known"],
        end=mine["end"].astype(np.int8),
        due=local.local(_or_never(mine["due"], local)),
        returned=np.maximum(local.local(_or_never(mine["returned"], local)), started),
        returned_known=mine["returned_known"],
    )
    return items, _is_midnight(ended)


def _or_never(instants: Ints, local: LocalTime) -> Ints:
    """Return the instants, those outside the known years as if there were none: limits and returns beyond them."""
    return np.where(is_laid_out(local, instants), instants, NEVER)
