"""A rebase as a person records it, on a real database with a flow that stopped, and what judging makes of it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest
from typer.testing import Result

from analysis.arrays import DAY_US, WEEK
from analysis.findings import About
from analysis.items import FlowKey
from analysis.judging.evaluation import Evaluated, evaluate
from analysis.judging.memory import Memory
from analysis.judging.rebasing import Decision
from analysis.judging.world import World
from consumers.signals.judging import Judge, days_up_to
from consumers.signals.rebase_desk import Wanted, planned, recorded
from infra import clock
from infra.postgres import connect
from infra.settings import Settings
from models.instants import number_of
from projections.silo_signals.rebases import hold, record
from tests.support.commands import command
from tests.support.drawings import letters
from tests.support.silo_days import stored
from tests.support.stopped_flow_rows import (
    RECEIVER,
    RULE,
    SENDER,
    STOPS_ON,
    fill,
    half_a_year,
    profiles_with_it,
)

pytestmark = pytest.mark.servers
PROFILE = half_a_year()
FLOW = FlowKey(RULE, SENDER, RECEIVER)
BEFORE = STOPS_ON + timedelta(days=9)
"""A stop is open on it."""
DECIDED = BEFORE + timedelta(days=1)
"""A Thursday."""
WHO = ("--by", "Ann Smith", "--why", "referred elsewhere since 15 July")
ABOUT = ("rebase", "--rule", RULE, "--since", str(STOPS_ON), *WHO)
NO_SHIFT = "--without-shift"
OLD_WINDOW = ("--window", "2024-01-01", "2024-06-30")
LEFT = ("silo_signal", "silo_finding", "silo_memory", "silo_baseline", "silo_limits")


class Desk:
    """The commands on one database, at nine o'clock of a day."""

    def __init__(self, settings: Settings, profiles: Path) -> None:
        self.settings, self.profiles = settings, profiles

    def on(self, day: date) -> "Desk":
        self.settings.data.mkdir(parents=True, exist_ok=True)
        shown = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        pace = clock.Pace(shown, datetime.now(UTC), 1)  # noqa: TID251 - the wall's, to set ours by
        (self.settings.data / "pace").write_text(str(pace))
        return self

    def __call__(self, *arguments: str) -> Result:
        return command(self.settings, *arguments, "--profiles-dir", str(self.profiles))

    def ask(self, work: Callable[[asyncpg.Connection], Coroutine[Any, Any, Any]]) -> Any:
        """Do something with a connection of its own: a command runs a loop of its own too."""

        async def asked() -> Any:
            connection = await connect(self.settings.database_url, "desk")
            try:
                return await work(connection)
            finally:
                await connection.close()

        return asyncio.run(asked())

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.ask(lambda connection: connection.fetch(query, *values))]

    def judge(self, last: date) -> None:
        self.ask(lambda connection: judged(connection, last))

    def stops(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT state, ended FROM silo_signal WHERE kind = 'stop' ORDER BY since")

    def json(self, *arguments: str) -> Any:
        result = self("signals", *arguments, "--format", "json")
        assert result.exit_code == 0, result.stderr
        return orjson.loads(result.stdout)


@pytest.fixture(autouse=True)
def wall() -> Iterator[None]:
    """Let the clock be the wall's again afterwards."""
    yield
    clock.keep(None)


@pytest.fixture
async def desk(connection: asyncpg.Connection, settings: Settings, tmp_path: Path) -> Desk:
    """Give a database that is judged up to BEFORE, on the morning after."""
    await fill(connection)
    await judged(connection, BEFORE)
    return Desk(settings, profiles_with_it(tmp_path / "profiles")).on(DECIDED)


async def judged(connection: asyncpg.Connection, last: date) -> None:
    while days := await days_up_to(connection, PROFILE, number_of(last)):
        async for _ in Judge(PROFILE).judge(connection, days):
            pass


def test_a_rebase_ends_what_rested_on_the_old_and_every_day_judged_anew_is_as_it_was(desk: Desk) -> None:
    [stop] = [one for one in desk.json("list") if one["kind"] == "stop"]
    told = desk.json(*ABOUT, NO_SHIFT)
    assert (told["recorded"], told["countsFrom"]) == (True, str(DECIDED))
    assert told["window"] == ["2024-07-15", "2025-01-12"]
    assert stop["id"] in {one["id"] for one in told["ends"]}
    until = DECIDED + timedelta(days=5)
    desk.judge(until)
    assert desk.stops() == [("rebased", DECIDED)]
    assert desk.rows("SELECT resolved_how FROM alert WHERE kind = 'stop'") == [("rebased",)]
    asked = "SELECT DISTINCT why FROM silo_finding WHERE kind = 'stop' AND rule = $1 AND day > $2"
    why = "rebased from 15 July 2024 on, and its window is not over until 12 January 2025"
    assert desk.rows(asked, RULE, DECIDED) == [(why,)]
    live = desk.ask(stored)
    for tables in (LEFT[:3], LEFT):  # what was locked may have been kept, or be lost as well
        desk.rows(f"TRUNCATE {', '.join(tables)}")
        desk.judge(until)
        assert desk.ask(stored) == live, tables


def test_a_day_before_it_is_answered_as_it_was_by_the_baseline_of_then(desk: Desk) -> None:
    as_of = ("evaluate", "--as-of", str(BEFORE))
    before = desk.json(*as_of)
    desk.json(*ABOUT, NO_SHIFT)
    desk.judge(DECIDED + timedelta(days=5))
    assert desk.on(DECIDED + timedelta(days=7)).json(*as_of) == before


def test_a_later_decision_with_the_old_window_brings_the_old_baseline_back(desk: Desk) -> None:
    [old] = desk.json("baselines", "--rule", RULE)["baselines"]
    desk.json(*ABOUT, NO_SHIFT)
    desk.judge(DECIDED + timedelta(days=3))
    assert desk.json("baselines", "--rule", RULE)["baselines"] == []
    later = DECIDED + timedelta(days=4)
    told = desk.on(later).json(*ABOUT, NO_SHIFT, *OLD_WINDOW)
    assert told["becomes"][0]["figures"] == old["figures"]
    desk.judge(later + timedelta(days=2))
    content = desk.json("baselines", "--rule", RULE)
    [back] = content["baselines"]
    assert back["figures"] == old["figures"]
    assert (back["lockedBy"], back["lockedFor"]) == ("Ann Smith", str(later))
    assert [row["window"][0] for row in content["rebases"]] == ["2024-01-01", "2024-07-15"]
    assert [state for state, _ in desk.stops()] == ["rebased", "open"], "the flow still stands still"


def test_a_feed_has_a_rebase_of_its_own(desk: Desk) -> None:
    told = desk.json("rebase", "--agency", RECEIVER, *OLD_WINDOW, "--since", "2024-07-01", *WHO)
    assert [one["what"] for one in told["becomes"]] == ["lag", "silence"]
    assert told["shifts"] == {}
    desk.judge(DECIDED)
    locked = desk.json("baselines", "--agency", RECEIVER)["baselines"]
    by = {row["what"]: row["lockedBy"] for row in locked}
    assert by == {"lag": "Ann Smith", "silence": "Ann Smith", "stop": "caseflow"}
    figures = [row["figures"] for row in locked if row["what"] != "stop"]
    assert figures == [one["figures"] for one in told["becomes"]], "its window is read whole"


def test_what_it_would_do_is_shown_before_and_recorded_once(desk: Desk) -> None:
    shown = desk("signals", *ABOUT, NO_SHIFT, "--dry-run")
    said = " ".join(shown.stdout.split())
    assert "waits of 01 Jan 2024 to 30 Jun 2024, locked by caseflow: 7" in said
    assert "not enough data: the window is not over until 12 Jan 2025" in said
    assert "stopped flow (open), as rebased" in said
    assert "Nothing is recorded" in said
    assert desk.json("baselines")["rebases"] == []
    assert "Recorded." in desk("signals", *ABOUT, NO_SHIFT).stdout
    again = desk("signals", *ABOUT, NO_SHIFT)
    assert (again.exit_code, "It was recorded before" in again.stdout) == (0, True)
    [row] = desk.json("baselines")["rebases"]
    assert (row["decidedBy"], row["shiftSeen"], row["handOff"]) == ("Ann Smith", False, RULE)
    assert "1 rebase was recorded." in desk("signals", "baselines").stdout


def test_a_chart_shows_the_rebase_with_who_and_why_below(desk: Desk, tmp_path: Path) -> None:
    def drawn(*more: str) -> str:
        to = tmp_path / "chart.svg"
        result = desk("chart", "xmr", RULE, "--measure", "outflow", "--to", str(to), *more)
        assert result.exit_code == 0, result.stderr
        return letters(to.read_text(encoding="utf-8"))

    desk.json(*ABOUT, NO_SHIFT)
    below = (
        "New limits from 15 Jul 2024, decided by Ann Smith on 25 Jul 2024: referred elsewhere since 15 July"
    )
    assert below in drawn()
    assert below not in drawn("--as-of", str(BEFORE))


@pytest.mark.parametrize("statement", ["UPDATE silo_rebase SET why = ''", "DELETE FROM silo_rebase"])
async def test_what_is_recorded_is_never_changed(connection: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.RaiseError, match="never changed"):
        await connection.execute(statement)


async def test_a_decision_waits_for_the_day_that_is_being_stored(
    connection: asyncpg.Connection, database: str
) -> None:
    other, monday = await connect(database, "other"), number_of(STOPS_ON)
    wanted = Wanted(About(FLOW), monday, (monday, monday + 26 * WEEK - 1), "Ann Smith", "new team")
    async with connection.transaction():
        await hold(connection)
        deciding = asyncio.create_task(recorded(other, PROFILE, wanted, shift_seen=None))
        async with asyncio.timeout(20):
            while not await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                await asyncio.sleep(0.01)
        assert not deciding.done()
    assert (await deciding).anew
    assert not (await recorded(other, PROFILE, wanted, shift_seen=None)).anew
    await other.close()


async def test_in_a_profile_of_history_it_counts_from_the_day_up_to_which_was_imported(
    connection: asyncpg.Connection,
) -> None:
    passing = PROFILE.head.clock.model_copy(update={"mode": "history"})
    history = replace(PROFILE, head=PROFILE.head.model_copy(update={"clock": passing}))
    monday = number_of(STOPS_ON)
    wanted = Wanted(About(FLOW), monday, (monday, monday + 26 * WEEK - 1), "Ann Smith", "new team")
    assert (await planned(connection, history, wanted)).decision.counts_from == monday
    await connection.execute(
        "INSERT INTO silo_memory (day, now_us, content) VALUES ($1, 0, '{}')", STOPS_ON + timedelta(days=3)
    )
    assert (await planned(connection, history, wanted)).decision.counts_from == monday + 4
    midnight = (monday + 9) * DAY_US
    await connection.execute(
        "INSERT INTO consumer_offset (grp, topic, part, next_offset, epoch, watermark_us) "
        "VALUES ('g', 't', 0, 1, 1, $1)",
        midnight,
    )
    assert (await planned(connection, history, wanted)).decision.counts_from == monday + 9


def test_a_decision_recorded_while_a_day_is_judged_counts_on_it_as_in_a_repeat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, monday = number_of(DECIDED), number_of(STOPS_ON)
    one = Decision(About(FLOW), monday, day, day, (monday, monday + 26 * WEEK - 1), "Ann Smith", "new team")
    at = datetime(2024, 7, 25, tzinfo=UTC)

    def deciding(world: World, now_us: int, before: Memory) -> Evaluated:
        if not world.decisions:
            desk.ask(lambda connection: record(connection, one, at, shift_seen=False))
        return evaluate(world, now_us, before)

    monkeypatch.setattr("consumers.signals.judging.evaluate", deciding)
    desk.judge(DECIDED)
    assert desk.stops() == [("rebased", DECIDED)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (ABOUT, 1, "no chart of the flow shows a shift that begins in that week and lasts"),
        (
            (*ABOUT, NO_SHIFT, "--since", "2024-07-16"),
            1,
            "is no Monday: charts count weeks, so say --since 2024-07-15",
        ),
        ((*ABOUT, NO_SHIFT, "--since", "2062-07-17"), 1, "is more than a year away"),
        ((*ABOUT, NO_SHIFT, "--since", "soon"), 2, "soon is no day: write it as YYYY-MM-DD"),
        ((*ABOUT, NO_SHIFT, "--window", "2024-03-04", "2024-06-30"), 1, "it takes 26 to 104 whole weeks"),
        ((*ABOUT, NO_SHIFT, "--window", "2022-01-03", "2022-07-03"), 1, "has 0 completions, fewer than 100"),
        ((*ABOUT, NO_SHIFT, "--by", "caseflow"), 1, "--by NAME names a person"),
        ((*ABOUT, NO_SHIFT, "--why", " "), 1, "say what explains the change"),
        ((*ABOUT, NO_SHIFT, "--why", "\x1b[2J"), 2, "a character that cannot be shown"),
        ((*ABOUT, NO_SHIFT, "--sender", "nobody"), 1, "no such hand-off H03 is known: it goes from"),
        ((*ABOUT, NO_SHIFT, "--agency", RECEIVER), 2, "name either a hand-off or an agency"),
        (
            ("rebase", "--agency", "nobody", "--since", "2024-07-15", *WHO),
            1,
            "nobody publishes nothing: there are",
        ),
        (("rebase", "--rule", RULE, "--since", "2024-07-15"), 2, "Missing option '--by'"),
    ],
)
def test_what_cannot_be_decided_says_why_and_what_to_do(
    desk: Desk, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = desk("signals", *arguments)
    words = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, said in words) == (code, True), words
