"""Promise 6 on real servers: what follows from the log is made anew, and is what it was, or what new rules say."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

import profiles
from infra import exit_codes, topics
from infra.clock import now
from infra.postgres import connect, engine
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.profile import parse_profile
from models.rules import Rules
from projections.filled_with.queries import PROFILE as PROFILE_OF
from projections.filled_with.queries import keep
from publishers.sdk import Publisher
from publishers.synthetic.partnership import generate
from tests.support.judge import folded, log_of
from tests.support.profiles import shipped
from tests.support.system import ROOT, System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]
NAME = "cleveland-and-durham"
PROFILE = shipped(NAME)
KEYS = {"case_event": "case_ref, source, event_id", "case_file": "case_ref", "step": "id", "hand_off": "id"}
STAMPS = {"version", "ingested_at"}
"""At which record something was judged, and when it was stored: that is history."""
CASES = 60
ROW, OLD, NEW = "H04", "amount = 28", "amount = 5"
Rows = dict[str, list[dict[str, Any]]]


async def told(settings: Settings, *arguments: str) -> tuple[int, Any, str]:
    """Run `caseflow rebuild` and return its exit code, its summary and what it said."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "caseflow", "rebuild", "--format", "json", *arguments),
        env=settings.environment(),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, said = await child.communicate()
    return child.returncode or 0, orjson.loads(out) if out else None, said.decode()


async def rows(connection: asyncpg.Connection) -> Rows:
    """Return what is derived, stamps aside."""
    found = {}
    for table, key in KEYS.items():
        stored = await connection.fetch(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - constants
        found[table] = [{name: value for name, value in row.items() if name not in STAMPS} for row in stored]
    return found


async def alerts(connection: asyncpg.Connection) -> list[tuple[Any, ...]]:
    query = "SELECT id, hand_off, state, resolved_how, severity FROM alert ORDER BY id"
    return [tuple(row) for row in await connection.fetch(query)]


async def publish(system: System, seed: int) -> None:
    async with Publisher(system.settings) as publisher:
        sent = [await publisher.send(event) for event in generate(PROFILE, CASES, seed, until=now())]
        await asyncio.gather(*sent)


async def public(settings: Settings) -> dict[str, Mapping[str, Any]]:
    """Return what agencies were last told of each hand-off."""
    log = await log_of(settings, topics.HAND_OFFS)
    return {data["id"]: data for data in (orjson.loads(record.value)["data"] for record in log)}


def stricter(folder: Path) -> Path:
    """Return a folder of profiles in which one limit is shorter."""
    shutil.copytree(Path(profiles.__file__).parent / NAME, folder / NAME)
    row = folder / NAME / "hand_offs" / f"{ROW}.toml"
    text = row.read_text(encoding="utf-8")
    assert OLD in text
    row.write_text(text.replace(OLD, NEW), encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Lived:
    """A system that has lived through some cases and stands still; what is derived, and who was alerted."""

    system: System
    connection: asyncpg.Connection
    rows: Rows
    alerts: list[tuple[Any, ...]]

    async def rebuilt(self) -> None:
        """Rebuild, and see that all is as it was, and nobody told anything."""
        before = await public(self.system.settings)
        code, done, said = await told(self.system.settings)
        assert (code, done["cases"], done["toldAgencies"]) == (0, len(self.rows["case_file"]), 0), said
        assert await rows(self.connection) == self.rows
        assert await alerts(self.connection) == self.alerts
        assert await public(self.system.settings) == before


@pytest.fixture
async def lived(system: System) -> AsyncIterator[Lived]:
    system.start_all()
    await publish(system, 1)
    await system.settled()
    system.stop_all()
    connection = await connect(system.settings.database_url, "test")
    live, raised = await rows(connection), await alerts(connection)
    assert all(live.values())
    assert any(row["state"] == "overdue" for row in live["hand_off"])
    assert raised
    yield Lived(system, connection, live, raised)
    await connection.close()


async def test_a_damaged_database_is_found_and_mended(lived: Lived) -> None:
    settings, live = lived.system.settings, lived.rows
    code, found, said = await told(settings, "--check")
    assert (code, found["equal"], found["changedSince"]) == (0, True, 0), said
    agree = {name: table["agree"] for name, table in found["tables"].items()}
    assert agree == {name: len(kept) for name, kept in live.items()}

    damaged = live["hand_off"][0]["case_ref"]
    lost = next(row["case_ref"] for row in live["case_file"] if row["case_ref"] != damaged)
    await lived.connection.execute("DELETE FROM step WHERE case_ref = $1", damaged)
    await lived.connection.execute("UPDATE hand_off SET title = 'another' WHERE case_ref = $1", damaged)
    await lived.connection.execute("DELETE FROM case_file WHERE case_ref = $1", lost)
    code, found, said = await told(settings, "--check")
    assert (code, found["equal"]) == (1, False)
    of = {table: [row for row in live[table] if row["case_ref"] == damaged] for table in ("step", "hand_off")}
    assert found["tables"]["step"]["missing"] == len(of["step"])
    assert found["tables"]["hand_off"]["differ"] == len(of["hand_off"])
    assert found["tables"]["case_file"]["missing"] == 1
    assert damaged in said

    for _ in range(2):  # it may be repeated
        await lived.rebuilt()
    assert (await told(settings, "--check"))[0] == 0


async def test_an_empty_database_is_filled_again(lived: Lived) -> None:
    await lived.connection.execute(f"TRUNCATE {', '.join(KEYS)}, hand_off_change, feed, consumer_offset")
    await lived.rebuilt()


async def test_after_a_change_of_rules_timelines_asks_for_a_rebuild_which_judges_by_the_new_ones(
    lived: Lived, tmp_path: Path
) -> None:
    changed = {"profiles_dir": stricter(tmp_path)}
    settings = lived.system.settings.model_copy(update=changed)
    cut_off = settings.model_copy(update={"fault": "before commit@3"})
    before = await public(settings)
    assert (await told(cut_off))[0] == -signal.SIGKILL
    refused = lived.system.start("timelines", **changed)
    assert await refused.exit_code() == exit_codes.HELD
    assert "caseflow rebuild" in refused.log.read_text()

    code, done, said = await told(settings)
    assert code == 0, said
    rules = Rules.of(parse_profile(read_profile_files(NAME, changed["profiles_dir"])))
    expected = {h.id: h for one in folded(await log_of(settings), rules).values() for h in one.hand_offs}
    stored = await lived.connection.fetch("SELECT id::text, state, due_us FROM hand_off")
    assert {tuple(row) for row in stored} == {(h.id, h.state, h.due_us) for h in expected.values()}
    others = {key for key, h in expected.items() if before[key] != h._asdict()}
    assert {expected[key].rule for key in others} == {ROW}
    assert done["toldAgencies"] <= len(others), "some were told before it was cut off"
    assert await public(settings) == {key: h._asdict() for key, h in expected.items()}
    late = {key for key, h in expected.items() if h.state in {"overdue", "missing"}}
    alerted = await lived.connection.fetch("SELECT hand_off::text FROM alert WHERE state <> 'resolved'")
    assert others & late <= {row[0] for row in alerted} <= late

    code, _, said = await told(
        lived.system.settings
    )  # the limit was wrong: back, and no record came meanwhile
    assert code == 0, said
    assert await rows(lived.connection) == lived.rows
    wrong = "SELECT count(*) FROM alert JOIN hand_off h ON h.id = hand_off WHERE alert.state <> 'resolved'"
    assert not await lived.connection.fetchval(f"{wrong} AND h.state NOT IN ('overdue', 'missing')")


async def test_cases_of_one_profile_are_never_rebuilt_by_another(lived: Lived) -> None:
    people = engine(lived.system.settings.database_url)
    async with people.begin() as connection:
        await keep(connection, PROFILE_OF, NAME)
    await people.dispose()
    code, _, said = await told(lived.system.settings.model_copy(update={"profile": "cook-county"}))
    assert code == 1
    assert f"filled under the profile {NAME}" in said


async def test_the_log_is_gone_on_with_after_a_rebuild_and_none_is_made_while_timelines_runs(
    lived: Lived,
) -> None:
    settings = lived.system.settings
    await lived.rebuilt()
    lived.system.start_all()
    await publish(lived.system, 2)
    await lived.system.settled()
    code, found, said = await told(settings, "--check")
    assert (code, found["equal"]) == (0, True), said
    assert found["tables"]["case_file"]["agree"] > len(lived.rows["case_file"])
    code, _, said = await told(settings)
    assert code == 1
    assert "timelines still runs" in said
