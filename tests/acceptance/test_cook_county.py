"""The real log from end to end: 36,190 felony cases through Kafka into the hand-off matrix, to the ninth digit."""

import asyncio
import csv
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from infra.postgres import connect, migrate
from infra.settings import Settings
from infra.topic_admin import apply
from tests.support.real_log import DAY, RAW, cut, waits
from tests.support.servers import fresh_servers, settings_for
from tests.support.shared import shared
from tests.support.system import ROOT, System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(600)]
SLICE = 1_200
SIZES = [pytest.param(SLICE, id="slice"), pytest.param(None, id="whole", marks=pytest.mark.slow)]
OUTSIDE_WINDOW = 139
ORIGIN = {"origin_topic", "origin_partition", "origin_offset", "log_partition", "log_offset"}
NOT_COMPARED = ORIGIN | {"version", "ingested_at"}
"""Offsets, versions and ingest stamps tell of the transport; everything else must be the same."""
Rows = dict[str, list[str]]
Pairs = dict[tuple[str, str], tuple[int, float, float, float]]


def caseflow(*words: str, data: Path, **environment: str) -> str:
    """Run the command line to its end and return its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "caseflow", *words, "--data", str(data)],
        cwd=ROOT,
        env={**os.environ, **environment},  # noqa: TID251 - a child's
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_the_demo_on_the_whole_log_equals_the_reference_tables() -> None:
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as folder:
        log = str(shared(DAY))
        demo = ("demo", "--profile", "cook-county", "--events", log, "--exit", "--format", "json")
        report = json.loads(caseflow(*demo, "--org-names", "source", data=Path(folder) / "data"))
    with shared("data/cook_county/day_handover.csv").open(newline="") as file:
        expected = {(row["from_org"], row["to_org"]): row for row in csv.DictReader(file)}
    found = {(row["from_org"], row["to_org"]): row for row in report["pairs"]}
    assert found.keys() == expected.keys()
    for pair, row in found.items():
        for column in ("count", "mean", "median", "p90", "p95", "p99", "stdev", "min", "max", "sum"):
            assert row[column] == pytest.approx(float(expected[pair][column]), rel=1e-9, abs=0), (
                pair,
                column,
            )
    assert report["totals"]["hand_offs"] == 64_523
    assert report["totals"]["between_share"] == pytest.approx(0.5802231729224048, rel=1e-9)


@pytest.mark.parametrize("cases", SIZES)
async def test_the_day_file_gives_the_matrix_of_plain_arithmetic(cases: int | None, tmp_path: Path) -> None:
    day = cut(DAY, cases, tmp_path)
    rows = await rows_after([[day.path]])
    assert len(rows["case_event"]) == len(day.rows)
    assert matrix(rows) == expected_matrix(waits(day.rows))


@pytest.mark.parametrize("cases", SIZES)
async def test_the_raw_file_equals_the_day_file_but_for_its_impossible_dates(
    cases: int | None, tmp_path: Path
) -> None:
    raw, day = cut(RAW, cases, tmp_path), cut(DAY, cases, tmp_path)
    rejects = tmp_path / "rejects.jsonl"
    rows = await rows_after([[raw.path]], rejects)
    refused = [json.loads(line) for line in rejects.read_text().splitlines()] if rejects.exists() else []
    impossible = {
        number
        for number, row in enumerate(raw.rows, start=2)  # line 1 is the header
        if not "2018-01-01" <= row["timestamp"][:10] <= "2019-12-27"
    }
    assert {reject["line"] for reject in refused} == impossible
    assert len(rows["case_event"]) + len(refused) == len(raw.rows)
    assert cases is not None or len(refused) == OUTSIDE_WINDOW
    assert matrix(rows) == expected_matrix(waits(day.rows))


@pytest.mark.parametrize("cases", SIZES)
async def test_publishing_twice_shuffled_and_from_two_processes_gives_the_same_rows(
    cases: int | None, tmp_path: Path
) -> None:
    straight = cut(DAY, cases, tmp_path).path
    shuffled = cut(DAY, cases, tmp_path, shuffled=True).path
    once = await rows_after([[straight]])
    again = await rows_after([[shuffled, straight], [shuffled]])
    for table, expected in once.items():
        assert again[table] == expected, table


async def rows_after(rounds: Sequence[Sequence[Path]], rejects: Path | None = None) -> Rows:
    """Publish files on servers of their own and return every row; the files of a round go out at once."""
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with fresh_servers(folder) as servers:
            settings = settings_for(servers, folder / "data").model_copy(update={"profile": "cook-county"})
            await migrate(settings.database_url)
            await apply(settings)
            system = System(settings)
            try:
                for process in ("intake", "timelines", "projector"):
                    system.start(process, max_poll_records=6_000)
                for files in rounds:
                    await asyncio.gather(
                        *(asyncio.to_thread(publish, file, settings, rejects) for file in files)
                    )
                await system.settled(within_s=400)
            finally:
                system.stop_all()
            return await rows_of(settings)


def publish(file: Path, settings: Settings, rejects: Path | None) -> None:
    """Publish a file with the command line, against servers given by the environment."""
    refused = str(rejects or file.with_suffix(".rejects"))
    words = ("publish", str(file), "--profile", "cook-county", "--rejects", refused)
    addresses = {"CASEFLOW_KAFKA": settings.bootstrap, "CASEFLOW_DATABASE": settings.database_url}
    caseflow(*words, data=settings.data, **addresses)


async def rows_of(settings: Settings) -> Rows:
    """Return the rows of the case tables as text, sorted, without what tells of the transport."""
    connection = await connect(settings.database_url, "test")
    try:
        rows: Rows = {}
        for table in ("case_file", "case_event", "step", "hand_off"):
            found = await connection.fetch(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
            rows[table] = sorted(json.dumps(_compared(row), default=str) for row in found)
        return rows
    finally:
        await connection.close()


def _compared(row: Any) -> dict[str, Any]:  # asyncpg's record
    return {name: value for name, value in row.items() if name not in NOT_COMPARED}


def matrix(rows: Rows) -> Pairs:
    """Return count, sum, smallest and greatest wait by pair, from the step rows."""
    found: dict[tuple[str, str], list[float]] = {}
    for text in rows["step"]:
        step = json.loads(text)
        found.setdefault((step["from_org"], step["to_org"]), []).append(step["wait_us"] / 1e6)
    return {pair: _summary(seconds) for pair, seconds in found.items()}


def expected_matrix(found: dict[tuple[str, str], list[float]]) -> Pairs:
    """Return the same of the waits of a log."""
    return {pair: _summary(seconds) for pair, seconds in found.items()}


def _summary(seconds: list[float]) -> tuple[int, float, float, float]:
    return len(seconds), sum(seconds), statistics.median(seconds), max(seconds)
