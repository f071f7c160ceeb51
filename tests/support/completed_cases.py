"""Completed cases made by hand, a few courts and two quarters, as rows of a database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from consumers.projector import work
from infra import topics
from infra.postgres import connect, migrate
from models.canonical import Recorded, encode_record
from models.instants import to_us
from tests.support import wires
from tests.support.consumer_records import record

OFFENCE, CHARGE = date(2026, 1, 5), date(2026, 2, 4)


class Ended(NamedTuple):
    """Some cases that ended alike: how many, in which court, listed first and completed on which days."""

    cases: int
    court: str
    listed: date
    completed: date
    told: date | None = None
    source: str = "hmcts-magistrates"
    charge: str = CHARGE.isoformat()


ENDED = (
    # January to March: 30 days each to the charge, 25 to the first listing, 30 to completion.
    Ended(10, "B17JA", date(2026, 3, 1), date(2026, 3, 31)),
    Ended(2, "B17JA", date(2026, 3, 1), date(2026, 3, 31), told=date(2026, 4, 20)),
    # April to June: 30 days to the charge, 30 to the first listing; from there 30 or 40, in the Crown Court 90.
    Ended(6, "B17JA", date(2026, 3, 6), date(2026, 4, 5)),
    Ended(6, "B17JA", date(2026, 3, 6), date(2026, 4, 15)),
    Ended(11, "C17TE", date(2026, 3, 6), date(2026, 6, 4), source="hmcts-crown"),
    Ended(10, "B11JP", date(2026, 3, 6), date(2026, 4, 5)),
    Ended(3, "B11KF", date(2026, 3, 6), date(2026, 4, 5)),
    Ended(2, "B17JA", date(2026, 3, 6), date(2026, 5, 4), charge=""),
)


async def stored(url: str) -> None:
    """Fill an empty database with them."""
    await migrate(url)
    connection = await connect(url, "test")
    await work.prepare(connection)
    events = list(_events())
    values = [record(encode_record(one), offset=n) for n, one in enumerate(events)]
    cases = sorted({one.subject for one in events})
    values += [record(wires.change(case, n), topic=topics.CHANGES) for n, case in enumerate(cases, 1)]
    async with connection.transaction():
        await work.write(connection, work.decide(values))
    await connection.close()


def _events() -> Iterator[Recorded]:
    for group, ended in enumerate(ENDED):
        for number in range(ended.cases):
            case = f"E{group}-{number}"
            told = ended.told or ended.completed
            yield _said(case, 1, ended, ended.listed, "hearing-listed", {"courtCode": ended.court})
            yield _said(case, 2, ended, told, "case-completed", _dates(ended))


def _dates(ended: Ended) -> dict[str, str]:
    return {
        "offenceDate": OFFENCE.isoformat(),
        "chargeDate": ended.charge,
        "firstListingDate": ended.listed.isoformat(),
        "completionDate": ended.completed.isoformat(),
    }


def _said(case: str, number: int, ended: Ended, on: date, kind: str, data: dict[str, str]) -> Recorded:
    at = to_us(datetime.combine(on, time(16), UTC))
    return wires.event(
        case,
        number,
        type=f"court.{kind}",
        source=ended.source,
        time_us=at,
        recorded_us=at,
        published_us=at + int(timedelta(hours=1) / timedelta(microseconds=1)),
        data=data,
    )
