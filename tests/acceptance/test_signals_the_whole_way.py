"""A synthetic partnership through a whole caseflow, its signals judged day by day: the same as on arrays.

Events are published through Kafka in the order in which they were recorded, stage by stage, each with its as-of.
Every day is judged from PostgreSQL by the function of the signals process, read anew and remembered in between. The
same events are folded in memory and evaluated as arrays: findings, signals and rows must be equal, to the last bit.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from analysis.arrays import DAY_US
from analysis.findings import Kind
from analysis.items import FlowKey
from analysis.judging.evaluation import evaluate
from analysis.judging.memory import Memory
from analysis.judging.signals import Signal, State
from caseflow.monthly.command import write_monthly
from caseflow.monthly.completed_cases import TITLE as TIMELINESS
from consumers.signals.days import end_us
from consumers.signals.judging import Judge, days_up_to
from infra.clock import now
from infra.postgres import connect
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.envelope import Event
from models.instants import date_of, from_us, number_of, to_us
from models.profile import Profile, parse_profile
from publishers.as_of import send_as_of
from publishers.sdk import Publisher, prepare
from publishers.synthetic.partnership import tell
from publishers.synthetic.plants.planted import read_plant
from publishers.synthetic.world import World
from tests.support.judged import store
from tests.support.silo_arrays import Partnership
from tests.support.silo_days import (
    TABLES,
    Comparable,
    Kept,
    comparable,
    findings_asked_for,
    findings_stored,
    overheard,
    signals_stored,
    stored,
)
from tests.support.stopped_flow_rows import NAME, half_a_year, profiles_with_it
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(900)]
CASES, SEED = 4_000, 11
BEGINS = datetime(2025, 1, 6, tzinfo=UTC)
"""A Monday. Baselines of half a year end with the first week of July."""
SLOW = "slow-pair=cps:police,from=2025-07-14,to=2025-08-10,factor=3"
FEW, STOPPED = 1_500, "stopped-flow=police:cps,from=2025-07-28,to=2025-08-10"
AGAIN_UNTIL = date(2025, 8, 31)
HELD, HELD_FROM, RELEASED = "charge.national-record-entered", date(2025, 9, 1), date(2025, 9, 24)
"""What Cleveland's police enter in these weeks is recorded only on the last day; all else flows."""
POLICE = "cleveland-police"
ENTERED, DECIDED = FlowKey("H08", POLICE, "pnc"), FlowKey("H04", "cps-north-east", POLICE)
STAGES = (
    *(date(2025, 8, 3), date(2025, 8, 31), date(2025, 9, 21)),
    *(RELEASED + timedelta(days=n) for n in range(-2, 3)),
    date(2025, 10, 19),
)
"""The last days of the stages in which events are published: of one day each where the late data come."""
DAILY_ITEMS, BEGUN_WITHIN_DAYS = 150 * DAY_US, 60
"""What a daily reading reaches back to, and what it needs: shorter than usual, so that it leaves something out."""


class Told(NamedTuple):
    """An event of the past and when it was recorded, which is when it was published."""

    at_us: int
    event: Event


def story(profile: Profile, cases: int, plant: str, last: date) -> list[Told]:
    """Return the events of a partnership to the end of a day in the order of publication, some held back."""
    world, until_us = World(profile, SEED, cases, (read_plant(plant),)), end_us(number_of(last), profile.tz)
    released = datetime(RELEASED.year, RELEASED.month, RELEASED.day, 10, tzinfo=UTC)
    found = []
    for arrival in tell(world, from_us(until_us), BEGINS):
        event = arrival.event.model_copy(update={"history": True})
        assert event.recordedtime is not None
        if (
            event.name == HELD
            and event.agency == POLICE
            and HELD_FROM <= event.recordedtime.date() < RELEASED
        ):
            event = event.model_copy(update={"recordedtime": released})
        found.append(Told(to_us(event.recordedtime), event))
    return sorted((one for one in found if one.at_us <= until_us), key=lambda one: one.at_us)


def stages(told: list[Told], profile: Profile) -> Iterator[tuple[date, list[Event]]]:
    """Yield the last day of each stage, and what was published in it."""
    done = 0
    for last in STAGES:
        until_us, first = end_us(number_of(last), profile.tz), done
        while done < len(told) and told[done].at_us <= until_us:
            done += 1
        yield last, [event for _, event in told[first:done]]


@pytest.fixture
def profile(system: System, tmp_path: Path) -> Profile:
    """Give the profile of a history with baselines of half a year, which the processes run with too."""
    folder = profiles_with_it(tmp_path)
    head = folder / NAME / "profile.toml"
    text = head.read_text(encoding="utf-8")
    assert 'mode = "live"' in text
    head.write_text(text.replace('mode = "live"', 'mode = "history"'), encoding="utf-8")
    system.settings = system.settings.model_copy(update={"profiles_dir": folder})
    return parse_profile(read_profile_files(NAME, folder))


async def test_days_judged_from_the_database_are_those_evaluated_on_arrays_and_late_data_withdraw_what_they_explain(
    system: System, profile: Profile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("projections.flow_items.reach.DAILY_ITEMS", DAILY_ITEMS)
    monkeypatch.setattr("analysis.judging.circumstances.BEGUN_WITHIN_DAYS", BEGUN_WITHIN_DAYS)
    monkeypatch.setattr("analysis.judging.doubts.WITHIN_DAYS", BEGUN_WITHIN_DAYS)
    monkeypatch.setattr("analysis.judging.asking.USED_WITHIN_DAYS", BEGUN_WITHIN_DAYS)
    for name in ("intake", "timelines", "projector"):
        system.start(name, max_poll_records=6_000)
    told = story(profile, CASES, SLOW, STAGES[-1])
    arrays = OnArrays(Partnership(profile, to_us(now())))
    heard, kept = overheard(monkeypatch), Kept.of({event.subject for _, event in told})
    connection = await connect(system.settings.database_url, "test")
    for last, events in stages(told, profile):
        await asyncio.gather(
            published(system, profile, last, events), asyncio.to_thread(arrays.hear, events, last)
        )
        due = await Judge(profile).due(connection)
        assert date_of(due[-1]) == last
        for day in due:
            [judged] = [one async for one in Judge(profile).judge(connection, range(day, day + 1))]
            assert judged == date_of(day)
            await same(connection, heard.pop(), arrays.evaluate(day), kept)
    await connection.close()
    tells_the_story(arrays.history)
    await is_told_in_monthly_reports(system.settings, tmp_path)


async def published(system: System, profile: Profile, last: date, events: list[Event]) -> None:
    """Publish events and the as-of at the end of a day, and wait until all of it is rows."""
    async with Publisher(system.settings) as publisher:
        bulk = publisher.bulk()
        for number, event in enumerate(events):
            await bulk.add(prepare(event, profile))
            if number % 500 == 0:
                await asyncio.sleep(0)
        await bulk.flush()
    await send_as_of(system.settings, from_us(end_us(number_of(last), profile.tz)), bulk.last)
    await system.settled(within_s=120)


class OnArrays:
    """The same partnership in memory: told the same, evaluated day by day, its memory never stored."""

    def __init__(self, partnership: Partnership) -> None:
        """Begin with nothing told."""
        self._partnership, self._memory = partnership, Memory()
        self.history: list[tuple[date, Signal]] = []

    def hear(self, events: list[Event], last: date) -> None:
        """Let events be known, and time pass to the end of a day."""
        self._partnership.tell(events)
        self._partnership.pass_time(end_us(number_of(last), self._partnership.profile.tz))
        self._world = self._partnership.world()

    def evaluate(self, day: int) -> Comparable:
        """Evaluate a day and go on from it."""
        found = evaluate(self._world, end_us(day, self._partnership.profile.tz), self._memory)
        self._memory = found.memory
        self.history += [(date_of(day), one) for one in found.signals]
        return comparable(found, self._world)


async def same(connection: asyncpg.Connection, judged: Comparable, wanted: Comparable, kept: Kept) -> None:
    """Compare a day as judged from the database, and what it left there, with the evaluation of arrays."""
    assert list(judged.differences(wanted)) == [], date_of(wanted.day)
    assert await findings_stored(connection, date_of(wanted.day)) == findings_asked_for(wanted)
    kept.add(wanted.signals)
    assert await signals_stored(connection) == kept.rows


def tells_the_story(history: list[tuple[date, Signal]]) -> None:
    """Check that what was planted is found and ends, and that what was held back is withdrawn on its day."""
    first: dict[tuple[Kind, FlowKey | None, State], date] = {}
    for day, one in history:
        first.setdefault((one.kind, one.about.flow, one.state), day)
    assert HELD_FROM < first[Kind.STOP, ENTERED, State.OPEN] <= HELD_FROM + timedelta(days=10)
    assert first[Kind.STOP, ENTERED, State.WITHDRAWN] == RELEASED
    assert first[Kind.SLOW_PAIR, DECIDED, State.OPEN] <= date(2025, 8, 31)
    assert first[Kind.SLOW_PAIR, DECIDED, State.CLOSED] > first[Kind.SLOW_PAIR, DECIDED, State.OPEN]
    assert first[Kind.PUBLISH_LAG, None, State.OPEN] > RELEASED


async def is_told_in_monthly_reports(settings: Settings, folder: Path) -> None:
    """Check that the reports of the months tell what opened and ended in them, as it stands in the database."""
    august, september = [await monthly(settings, folder / f"{month}.md") for month in ("2025-08", "2025-09")]
    decided = "Crown Prosecution Service North East to Cleveland Police, charging decision"
    entered = "Cleveland Police to Police National Computer, national record entered"
    assert "Concerns that opened" in august["What changed"]
    assert f"- **Slow pair.** {decided}" in august["What changed"]
    assert f"- **Stopped flow.** {entered}: in the 5 open days to" in september["What changed"]
    _, ended = september["What changed"].split("Signals that ended:")
    assert f"- **Stopped flow.** {entered}: withdrawn: late data explain it" in ended
    assert "| late publishing | Cleveland Police |" in september["What to look at"]
    assert entered not in september["What to look at"]
    assert "No day has been judged yet" not in "".join(september.values())
    assert "2025 Q2 (Apr-Jun) is the latest quarter" in august[TIMELINESS]
    assert "2025 Q3 (Jul-Sep) is the latest quarter" in september[TIMELINESS]


async def monthly(settings: Settings, to: Path) -> dict[str, str]:
    """Return the sections of a month's report; the file is named after it."""
    await write_monthly(settings, to, to.stem)
    _, *sections = (await asyncio.to_thread(to.read_text, "utf-8")).split("\n## ")
    return dict(section.split("\n", 1) for section in sections)


async def test_judging_every_day_again_from_nothing_leaves_the_same_rows(database: str) -> None:
    profile = half_a_year()
    told = [event for _, event in story(profile, FEW, STOPPED, AGAIN_UNTIL)]
    await store(database, profile, told, to_us(now()), end_us(number_of(AGAIN_UNTIL), profile.tz))
    connection = await connect(database, "test")
    found = []
    for at_once in (1, 5):
        while days := await days_up_to(connection, profile, number_of(AGAIN_UNTIL)):
            assert [day async for day in Judge(profile).judge(connection, days[:at_once])]
        found.append(await stored(connection))
        for table in TABLES:
            await connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    await connection.close()
    assert all(found[0].values())
    assert {row["state"] for row in found[0]["silo_signal"]} >= {"open", "closed"}
    assert found[0] == found[1]
