"""The cases that show a signal best, as people can look them up: the reference, and the hand-off it is about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import asyncpg

from analysis.items import FlowKey
from analysis.judging.signals import Signal
from projections.flow_items.numbers import number_of, references

HAND_OFFS: Final = """
SELECT case_ref, rule, sender, receiver, id, state, started_us, stopped_us, ended_us, due_us, wait_us
FROM hand_off WHERE case_ref = ANY($1::text[]) AND state <> 'negative'
ORDER BY case_ref, state = 'void', coalesce(stopped_us, ended_us, $2) - started_us DESC, id
"""
SHOWN: Final = """
SELECT case_ref FROM case_file WHERE case_ref IN (
    SELECT one ->> 'case' FROM silo_signal, jsonb_array_elements(evidence) AS one WHERE ended IS NULL
)
"""

Evidence = list[dict[str, Any]]


async def evidence_of(
    connection: asyncpg.Connection, signals: Sequence[Signal], now_us: int
) -> dict[str, Evidence]:
    """Return the evidence of signals by their ids, cases in the order of the signal.

    Each is a case's reference, and of its hand-offs in the signal's flow the one that waited longest, void ones
    last: `hand_off`, `state`, `started_us`, `stopped_us`, `due_us`, `wait_us` (UTC microseconds), none of these
    where the signal is about no flow. A case that is no longer there is left out.
    """
    names = await _names(connection, {number for one in signals for number in one.cases})
    rows = await connection.fetch(HAND_OFFS, sorted(names.values()), now_us) if names else []
    longest: dict[tuple[str, FlowKey], asyncpg.Record] = {}
    for row in rows:
        longest.setdefault((row["case_ref"], FlowKey(*row[1:4])), row)
    return {one.id: list(_of_one(one, names, longest)) for one in signals}


async def _names(connection: asyncpg.Connection, numbers: set[int]) -> dict[int, str]:
    """Return the references of cases by their numbers; those that no signal has shown yet are looked for among all.

    The longest waits of what goes on are mostly those of the day before: so every case is read on few days.
    """
    shown = {number_of(row["case_ref"]): row["case_ref"] for row in await connection.fetch(SHOWN)}
    names = {number: shown[number] for number in numbers & shown.keys()}
    return names | await references(connection, numbers - names.keys())


def _of_one(
    signal: Signal, names: Mapping[int, str], longest: Mapping[tuple[str, FlowKey], asyncpg.Record]
) -> Iterable[dict[str, Any]]:
    for number in signal.cases:
        case = names.get(number)
        if case is None:
            continue
        row = longest.get((case, signal.about.flow)) if signal.about.flow is not None else None
        if row is None:
            yield {"case": case}
            continue
        told = ("state", "started_us", "stopped_us", "due_us", "wait_us")
        yield {"case": case, "hand_off": str(row["id"]), **{name: row[name] for name in told}}
