"""The boundary effect from rows is that on arrays: as of any day, with late words and open steps."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import asyncpg
import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.boundary.effect import Boundary, boundary
from analysis.items import Known
from analysis.steps import UNKNOWN, Steps
from consumers.projector import work
from infra import topics
from infra.clock import now
from infra.postgres import connect, migrate
from models.envelope import Event
from models.instants import to_us
from projections.flow_items.calendars import local_time
from projections.flow_items.numbers import number_of
from projections.flow_items.queries import load
from publishers.synthetic.partnership import tell
from publishers.synthetic.world import World
from tests.support import wires
from tests.support.consumer_records import record
from tests.support.judged import store
from tests.support.planted_steps import planted
from tests.support.profiles import shipped
from tests.support.silo_arrays import Partnership

pytestmark = pytest.mark.servers
PROFILE = shipped("cleveland-and-durham")
LOCAL = local_time(PROFILE.tz)
BEGINS, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 30, tzinfo=UTC)
AS_OF = [datetime(2024, 8, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC), UNTIL]
LATE = timedelta(days=70)
CAP = 30 * DAY_US
TYPES, ORGS = sorted(PROFILE.event_types), sorted(PROFILE.agencies)


def as_of(steps: Steps, day: datetime) -> Boundary:
    now_us = to_us(day)
    return boundary(steps, Known(now_us, LOCAL.day(now_us)), CAP, 1)


def differing(one: Steps, other: Steps) -> list[str]:
    names = [field.name for field in fields(Steps)]
    return [name for name in names if not np.array_equal(getattr(one, name), getattr(other, name))]


def told() -> list[Event]:
    """Return the events of a partnership as history; one in nine was recorded long after it happened."""
    found = []
    for number, arrival in enumerate(tell(World(PROFILE, 7, 300), UNTIL, BEGINS)):
        late = {"recordedtime": arrival.event.time + LATE} if number % 9 == 0 else {}
        found.append(arrival.event.model_copy(update={"history": True, **late}))
    return found


async def test_steps_of_rows_are_those_of_the_events_and_say_the_same_as_of_every_day(database: str) -> None:
    events, appended_us = told(), to_us(now())
    await store(database, PROFILE, events, appended_us, to_us(UNTIL))
    connection = await connect(database, "test")
    steps = (await load(connection, PROFILE)).world.steps
    await connection.close()
    arrays = Partnership(PROFILE, appended_us)
    arrays.tell(events)
    arrays.pass_time(to_us(UNTIL))
    wanted = arrays.world().steps
    assert steps is not None
    assert wanted is not None
    assert differing(steps, wanted) == []
    assert set(steps.finer.tolist()) == {0, 1, 2}, "before no court, the magistrates', the Crown Court"
    found = [as_of(steps, day) for day in AS_OF]
    assert found == [as_of(wanted, day) for day in AS_OF]
    assert found[-1].answer.effect is not None
    assert steps.open.any()
    assert (steps.ended_known - steps.ended > LATE.days * DAY_US // 2)[~steps.open].any()
    ending = [code for code, name in enumerate(TYPES) if PROFILE.event_types[name].ends]
    reopened = np.isin(steps.from_activity, ending)
    assert reopened.any()
    assert (steps.started_known >= steps.ended_known)[reopened].all(), "nothing was awaited before its end"
    at_once = replace(
        steps, started_known=steps.started, ended_known=np.where(steps.open, NEVER, steps.ended)
    )
    assert as_of(at_once, UNTIL) != found[-1], "what had not been published yet was known all the same"


def foreseen_both_ways() -> Steps:
    """Return steps of three activities that the register foresees, of which every tenth case stands still."""
    steps = planted(3, slower=1.6, cases=250)
    began = to_us(datetime(2023, 11, 13, 9, tzinfo=UTC))
    lag = np.where(np.arange(len(steps)) % 5 == 0, 45 * DAY_US, DAY_US)
    stuck = (steps.case % 10 == 0) & (steps.from_activity == 2)
    case = np.array([number_of(f"B{number}") for number in range(250)])[steps.case]
    ended = np.where(stuck, NEVER, steps.ended + began)
    known = np.where(stuck, NEVER, ended + lag)
    after = np.roll(known, 1)  # the event that ends a step begins the next one
    found = replace(
        steps,
        case=case,
        started=steps.started + began,
        started_known=np.where(steps.from_activity == 0, steps.started + began, after),
        ended=ended,
        ended_known=known,
        to_activity=np.where(stuck, UNKNOWN, steps.to_activity),
        to_org=np.where(stuck, UNKNOWN, steps.to_org),
    )
    return found.only(np.lexsort((found.ended, found.started, found.case)))


def row(steps: Steps, at: int) -> dict[str, object]:
    """Return one of the steps as timelines tells it."""
    orgs = [ORGS[int(code[at])] for code in (steps.from_org, steps.to_org)]
    started, ended = int(steps.started[at]), int(steps.ended[at])
    told = wires.step("B", at, *orgs, ended - started)
    types = [
        TYPES[int(code[at])] for code in (steps.from_activity, steps.to_activity, steps.foreseen_activity)
    ]
    names = ("from_type", "to_type", "foreseen_type")
    known = {"started_known_us": int(steps.started_known[at]), "ended_known_us": int(steps.ended_known[at])}
    return told | dict(zip(names, types, strict=True)) | known | {
        "started_us": started,
        "ended_us": ended,
        "foreseen_org": ORGS[int(steps.foreseen_org[at])],
    }  # fmt: skip


def tail(steps: Steps, at: int) -> dict[str, object]:
    """Return what a summary says of a case that stands still."""
    return {
        "first_us": 0,
        "last_us": int(steps.started[at]),
        "last_type": TYPES[int(steps.from_activity[at])],
        "last_org": ORGS[int(steps.from_org[at])],
        "last_known_us": int(steps.started_known[at]),
        "foreseen_type": TYPES[int(steps.foreseen_activity[at])],
        "foreseen_org": ORGS[int(steps.foreseen_org[at])],
    }


def changes(steps: Steps) -> list[bytes]:
    """Return the cases as records of `caseflow.changes`."""
    found = []
    for number in range(250):
        mine = np.flatnonzero(steps.case == number_of(f"B{number}"))
        rows = [row(steps, at) for at in mine if not steps.open[at]]
        goes_on = [tail(steps, at) for at in mine if steps.open[at]]
        summary = goes_on[0] if goes_on else {"tail_from": None, "tail_to": None}
        found.append(wires.change(f"B{number}", 1, steps_added=rows, summary=summary))
    return found


async def stored(connection: asyncpg.Connection, steps: Steps) -> None:
    await work.prepare(connection)
    records = [record(value, topic=topics.CHANGES) for value in changes(steps)]
    async with connection.transaction():
        await work.write(connection, work.decide(records))


async def test_steps_foreseen_both_ways_count_while_they_are_open_and_late_words_only_when_they_come(
    database: str,
) -> None:
    wanted = foreseen_both_ways()
    await migrate(database)
    connection = await connect(database, "test")
    await stored(connection, wanted)
    steps = (await load(connection, PROFILE)).world.steps
    await connection.close()
    assert steps is not None
    here = replace(
        wanted,
        started=LOCAL.local(wanted.started),
        ended=np.maximum(LOCAL.local(wanted.ended), LOCAL.local(wanted.started)),
    )
    here = here.only(np.lexsort((here.ended, here.started, here.case)))
    assert differing(steps, here) == []
    days = [datetime(2024, month, 1, tzinfo=UTC) for month in (7, 10)] + [datetime(2026, 1, 1, tzinfo=UTC)]
    found = [as_of(steps, day) for day in days]
    assert found == [as_of(here, day) for day in days]
    assert [one.answer.effect is not None for one in found] == [True, True, True]
    opened = [one.answer.sample.n_open for one in found if one.answer.sample is not None]
    assert opened[0] > 0
    assert opened[-1] == np.count_nonzero(wanted.open) == 25
