"""Flows of hand-offs in memory, assembled as those of the database are: what a test compares an evaluation with."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from analysis.arrays import NEVER
from analysis.items import End, Flow, FlowKey
from models.hand_offs import HandOff, State
from models.profile import Profile
from projections.flow_items.assembling import FIELDS, NEGATIVE, LeftOut, assembled
from projections.flow_items.calendars import calendars_between, local_time
from projections.flow_items.flow_names import FlowNames
from projections.flow_items.numbers import number_of

ENDS: Final = {
    State.OPEN: End.NONE,
    State.OVERDUE: End.NONE,
    State.MET: End.STOP,
    State.MET_LATE: End.STOP,
    State.MISSING: End.MISSING,
    State.VOID: End.VOID,
    State.NEGATIVE: NEGATIVE,
}


def flows_of(
    hand_offs: Mapping[str, Iterable[HandOff]], profile: Profile
) -> tuple[dict[FlowKey, Flow], LeftOut]:
    """Return the flows of judged hand-offs, and what was left out of them.

    Args:
        hand_offs: of each case, by its reference (`models.reading.read` gives them).
        profile: the partnership, for its calendars and time zone.
    """
    names, rows = FlowNames(profile), list[tuple[FlowKey, int, HandOff]]()
    for case, several in hand_offs.items():
        number = number_of(case)
        rows += [(names.key(one.rule, one.sender, one.receiver, one.area), number, one) for one in several]
    keys = sorted({key for key, _, _ in rows})
    place = {key: number for number, key in enumerate(keys)}
    table = np.array([(place[key], case, *_instants(one)) for key, case, one in rows], dtype=np.int64)
    columns = dict(zip(FIELDS, table.reshape(-1, len(FIELDS)).T, strict=True))
    return assembled(columns, keys, local_time(profile.tz), calendars_between(profile, keys))


def _instants(one: HandOff) -> tuple[int, ...]:
    """Return the fields of FIELDS from `started` on."""
    stopped = one.stopped_us is not None
    ended_us = one.stopped_us if stopped else one.ended_us
    ended_known_us = one.stopped_known_us if stopped else one.ended_known_us
    return (
        one.started_us,
        _first(one.started_known_us, one.started_us),
        _first(ended_us),
        _first(ended_known_us, ended_us),
        ENDS[one.state],
        _first(one.due_us),
        _first(one.returned_us),
        _first(one.returned_known_us, one.returned_us),
    )


def _first(*instants: int | None) -> int:
    return next((instant for instant in instants if instant is not None), NEVER)
