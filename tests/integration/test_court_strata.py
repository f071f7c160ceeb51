"""The steps of rows are compared apart by the type of court that their case was last before."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

import asyncpg
import numpy as np
import pytest

from analysis.answers import Status
from analysis.arrays import DAY_US, HOUR_US, NEVER
from analysis.boundary.effect import Boundary, boundary
from analysis.items import Known
from analysis.steps import Steps
from consumers.projector import work
from infra import topics
from infra.postgres import connect, migrate
from models.instants import to_us
from projections.flow_items.steps import steps
from tests.support import wires
from tests.support.consumer_records import record
from tests.support.profiles import shipped

pytestmark = pytest.mark.servers
PROFILE = shipped("cleveland-and-durham")
TYPES = sorted(PROFILE.event_types)
POLICE, CPS = "cleveland-police", "cps-north-east"
MAGISTRATES, CROWN = "hmcts-magistrates", "hmcts-crown"
LISTED, SERVED = "court.hearing-listed", "court.idpc-served"
ASKED, TOLD = "charge.referred-to-cps", "charge.decision-made"
WHOLE = -NEVER
BEGINS = to_us(datetime(2023, 11, 13, tzinfo=UTC))
"""Until the end of March clocks in London show UTC."""
NO_COURT, BEFORE_MAGISTRATES, BEFORE_CROWN = range(3)


class Said(NamedTuple):
    """Who told what of a case, and how many days after it began."""

    org: str
    type: str
    day: float


def case(name: str, said: list[Said], begins_us: int = BEGINS) -> bytes:
    """Return a case that goes on as a record of `caseflow.changes`."""
    at = [begins_us + int(one.day * DAY_US) for one in said]
    rows = []
    for number, (one, next_one) in enumerate(pairwise(said)):
        told = wires.step(name, number, one.org, next_one.org)
        instants = {"started_us": at[number], "ended_us": at[number + 1]}
        known = {"started_known_us": at[number], "ended_known_us": at[number + 1]}
        waited = {"wait_us": at[number + 1] - at[number]}
        rows.append(told | instants | known | waited | {"from_type": one.type, "to_type": next_one.type})
    last = {"last_us": at[-1], "last_org": said[-1].org, "last_type": said[-1].type, "last_known_us": at[-1]}
    return wires.change(name, 1, steps_added=rows, summary={"first_us": at[0], **last})


async def stored(database: str, cases: Iterable[bytes]) -> asyncpg.Connection:
    await migrate(database)
    connection = await connect(database, "test")
    await work.prepare(connection)
    async with connection.transaction():
        await work.write(connection, work.decide([record(value, topic=topics.CHANGES) for value in cases]))
    return connection


SENT_UP = [
    *(Said(POLICE, ASKED, 0), Said(MAGISTRATES, LISTED, 2), Said(POLICE, SERVED, 5), Said(CROWN, LISTED, 9)),
    *(Said(CPS, SERVED, 14), Said(POLICE, TOLD, 20)),
]
TWO_AT_ONCE = [
    Said(POLICE, ASKED, 0),
    Said(MAGISTRATES, LISTED, 0),
    Said(CPS, TOLD, 0),
    Said(POLICE, SERVED, 7),
]


async def test_a_step_is_before_the_court_that_spoke_last_when_it_began_however_far_back_is_read(
    database: str,
) -> None:
    cases = [case("A", SENT_UP), case("B", SENT_UP[:2]), case("C", SENT_UP[:1]), case("D", TWO_AT_ONCE)]
    connection = await stored(database, cases)
    whole = await steps(connection, PROFILE, WHOLE)
    days = (whole.started - BEGINS) / DAY_US
    [first] = {int(one) for one in whole.case[days == 20]}
    sent_up = whole.case == first
    assert days[sent_up].tolist() == [0, 2, 5, 9, 14, 20]
    assert whole.finer[sent_up].tolist() == [
        *(NO_COURT, BEFORE_MAGISTRATES, BEFORE_MAGISTRATES),  # the third ends at the Crown Court: no matter
        *(BEFORE_CROWN, BEFORE_CROWN, BEFORE_CROWN),
    ]
    assert whole.finer[~sent_up & (days == 7)].tolist() == [BEFORE_MAGISTRATES], "spoken at one instant"
    assert whole.finer[~sent_up & (days == 0)].max() == BEFORE_MAGISTRATES
    for since_day, usual_until_day in ((3, None), (10, None), (15, None), (15, 1), (15, 4), (4, 10)):
        since_us = BEGINS + since_day * DAY_US
        usual_us = WHOLE if usual_until_day is None else BEGINS + usual_until_day * DAY_US
        part = await steps(connection, PROFILE, since_us, usual_us)
        wanted = whole.only((whole.started >= since_us) | (whole.started < usual_us))
        assert len(part)
        assert all(
            np.array_equal(getattr(part, one.name), getattr(wanted, one.name)) for one in fields(Steps)
        )
    await connection.close()


def mixed(court: str, days: float, across: float) -> list[bytes]:
    """Return cases before one court, in which the same step takes so many days, and leads across so often."""
    found = []
    for number in range(120):
        teller = CPS if number < 120 * across else POLICE
        said = [Said(court, LISTED, 0), Said(POLICE, ASKED, 1), Said(teller, TOLD, 1 + days)]
        found.append(case(f"{court}-{number}", said, BEGINS + number * HOUR_US))
    return found


async def test_slow_steps_before_the_crown_court_that_lead_across_more_often_are_no_boundary(
    database: str,
) -> None:
    cases = mixed(MAGISTRATES, days=2, across=0.2) + mixed(CROWN, days=30, across=0.8)
    connection = await stored(database, cases)
    found = await steps(connection, PROFILE, WHOLE)
    await connection.close()
    apart = asked(found)
    assert apart.answer.effect is not None
    assert (apart.answer.effect.value, apart.signals) == (0.5, False)
    pair = (TYPES.index(ASKED), TYPES.index(TOLD))
    told = [(row.from_activity, row.to_activity, row.finer, row.across, row.inside) for row in apart.strata]
    assert told == [(*pair, BEFORE_MAGISTRATES, 24, 96), (*pair, BEFORE_CROWN, 96, 24)]
    assert asked(pooled(found)).signals, (
        "without the type of court it is the work of courts that looks like a boundary"
    )


async def test_where_the_court_fixes_the_organisation_nothing_can_be_said_of_the_boundary(
    database: str,
) -> None:
    cases = mixed(MAGISTRATES, days=2, across=0.0) + mixed(CROWN, days=30, across=1.0)
    connection = await stored(database, cases)
    found = await steps(connection, PROFILE, WHOLE)
    await connection.close()
    answer = asked(found).answer
    assert answer.status is Status.NOT_IDENTIFIABLE
    assert "before the same type of court" in (answer.why or "")
    assert asked(pooled(found)).signals


def asked(found: Steps) -> Boundary:
    return boundary(found, Known(NEVER - 1, 30_000), 40 * DAY_US, 1)


def pooled(found: Steps) -> Steps:
    return replace(found, finer=np.zeros_like(found.finer))
