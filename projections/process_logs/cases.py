"""Every case of the database, one after another, with flat memory."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from models.instants import to_us
from projections.case_timeline.chain import Identity, Place, StepLink, chain
from projections.process_logs.entries import LoggedCase, LoggedEvent, OpenHandOff

CASES_AT_ONCE = 500
# Byte order, so that the same cases come in the same order from every server.
_CASES = text("""
SELECT case_ref, area, coalesce(precision = 'day', false) AS cut, first_us, last_type, events
FROM case_file WHERE events > 0 ORDER BY case_ref COLLATE "C"
""")
_EVENTS = text("""
SELECT case_ref, source, event_id, owner_org, acting_org, precision, published_at, area, amends, withdraws,
    data ->> 'hearingId' AS hearing, data ->> 'offenceCode' AS offence
FROM case_event WHERE case_ref = ANY(:refs)
""")
_STEPS = text(f"SELECT {', '.join(StepLink._fields)} FROM step WHERE case_ref = ANY(:refs)")  # noqa: S608 - names of our own
_OPEN = text(f"""
SELECT case_ref, {", ".join(OpenHandOff._fields)}
FROM hand_off WHERE case_ref = ANY(:refs) AND state IN ('open', 'overdue') ORDER BY started_us, rule, id
""")  # noqa: S608 - names of our own

Rows = dict[str, list[RowMapping]]


async def logged_cases(connection: AsyncConnection) -> AsyncIterator[LoggedCase]:
    """Give every case that has a timeline, in the byte order of their references.

    The connection must hold one snapshot (REPEATABLE READ), so that events and steps belong together.

    Raises:
        BrokenChainError: the steps of a case are no chain.
    """
    found = await connection.stream(_CASES.execution_options(yield_per=CASES_AT_ONCE))
    async for some in found.mappings().partitions(CASES_AT_ONCE):
        for case in await _assembled(connection, some):
            yield case


async def _assembled(connection: AsyncConnection, cases: Sequence[RowMapping]) -> Iterator[LoggedCase]:
    refs = [case["case_ref"] for case in cases]
    events, steps, waiting = [await _by_case(connection, asked, refs) for asked in (_EVENTS, _STEPS, _OPEN)]
    return (_case(one, *(rows[one["case_ref"]] for rows in (events, steps, waiting))) for one in cases)


async def _by_case(connection: AsyncConnection, asked: Any, refs: Sequence[str]) -> Rows:  # noqa: ANN401 - a statement
    rows: Rows = defaultdict(list)
    for row in (await connection.execute(asked, {"refs": refs})).mappings():
        rows[row["case_ref"]].append(row)
    return rows


def _case(
    case: RowMapping, events: Iterable[RowMapping], steps: Iterable[RowMapping], waiting: Iterable[RowMapping]
) -> LoggedCase:
    told = {(row["source"], row["event_id"]): row for row in events}
    links = [StepLink(*(row[name] for name in StepLink._fields)) for row in steps]
    places = chain(links) or _only_place(case, told)
    return LoggedCase(
        ref=case["case_ref"],
        area=case["area"],
        cut=case["cut"],
        events=tuple(_event(place, told[place.identity]) for place in places if place.identity in told),
        open=tuple(OpenHandOff(*(row[name] for name in OpenHandOff._fields)) for row in waiting),
    )


def _only_place(case: RowMapping, told: dict[Identity, RowMapping]) -> list[Place]:
    """Return the place of a case's only event: no step leads to it, and nothing withdraws it."""
    gone = {(row["source"], row["withdraws"]) for row in told.values() if row["withdraws"]}
    for identity, row in told.items():
        if row["amends"] is None and row["withdraws"] is None and identity not in gone:
            org = row["owner_org"] or row["acting_org"]
            return [Place(*identity, case["last_type"], org, case["first_us"])]
    return []


def _event(place: Place, row: RowMapping) -> LoggedEvent:
    published = row["published_at"]
    return LoggedEvent(
        type=place.type,
        org=place.org,
        at_us=place.at_us,
        source=place.source,
        id=place.event_id,
        acting=row["acting_org"],
        precision=row["precision"],
        published_us=None if published is None else to_us(published),
        area=row["area"],
        hearing=row["hearing"],
        offence=row["offence"],
    )
