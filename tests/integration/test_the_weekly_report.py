"""`caseflow report weekly` and `export weekly`: the weeks that the signals process keeps, held against the rows."""

import asyncio
import csv
import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import asyncpg
import pyarrow.parquet as pq
import pytest

from infra.clock import now
from infra.postgres import connect
from infra.settings import Settings
from projections.weekly.refresh import ask_all, refresh
from tests.support.commands import command
from tests.support.profiles import shipped

T = TypeVar("T")
pytestmark = pytest.mark.servers
LONDON = ZoneInfo("Europe/London")
SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 29)
BETWEEN = ("--since", str(SINCE), "--until", str(UNTIL))
STOPPED = """
SELECT sender, count(*) AS stopped, count(due_us) AS limited, count(*) FILTER (WHERE stopped_us > due_us) AS late,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY stopped_us - started_us) / 86400000000.0 AS median
FROM hand_off WHERE rule = 'V01' AND state IN ('met', 'met_late') AND stopped_us >= $1 AND stopped_us < $2
GROUP BY sender ORDER BY sender
"""
TOUCH = "INSERT INTO weekly_change (rule, sender, receiver, week) VALUES ('V01', $1, 'victim', $2)"


def within(settings: Settings, work: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    async def asked() -> T:
        connection = await connect(settings.database_url, "test")
        try:
            async with connection.transaction():
                return await work(connection)
        finally:
            await connection.close()

    return asyncio.run(asked())


@pytest.fixture
def computed(partnership: Settings) -> Settings:
    """Give the partnership with its weeks as the signals process leaves them."""
    within(partnership, lambda connection: refresh(connection, shipped("cleveland-and-durham")))
    return partnership


@pytest.fixture
def never_computed(partnership: Settings) -> Settings:
    """Give the partnership as it is where no signals process ever ran."""
    within(partnership, ask_all)
    return partnership


def report(settings: Settings, *words: str) -> dict[str, Any]:
    result = command(settings, "report", "weekly", "V01", "--format", "json", *words)
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_weeks_nobody_has_computed_yet_are_not_shown_and_what_to_run_is(never_computed: Settings) -> None:
    result = command(never_computed, "report", "weekly", "V01")
    said = " ".join(result.stderr.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no week of V01 has been computed yet" in said
    assert "weeks of V01 wait" in said
    assert "run `caseflow run signals`, or `caseflow up`" in said


def test_every_week_that_is_over_follows_the_one_before_flow_after_flow(computed: Settings) -> None:
    told = report(computed)
    assert (told["view"], told["weeks_waiting"]) == ("look-back", 0)
    flows = list(dict.fromkeys((week["sender"], week["receiver"]) for week in told["weeks"]))
    assert len(flows) > 1
    for flow in flows:
        days = [
            date.fromisoformat(week["week"])
            for week in told["weeks"]
            if (week["sender"], week["receiver"]) == flow
        ]
        assert {after - before for before, after in pairwise(days)} == {timedelta(weeks=1)}
        under_way = days[-1] + timedelta(weeks=1)
        assert (days[0].weekday(), under_way <= now().date() < under_way + timedelta(weeks=1)) == (0, True)


def test_a_week_says_what_plain_sql_says_of_its_days(computed: Settings) -> None:
    told = report(computed, "--since", str(SINCE), "--until", str(SINCE + timedelta(days=6)))
    edges = [
        int(datetime(day.year, day.month, day.day, tzinfo=LONDON).timestamp()) * 1_000_000
        for day in (SINCE, SINCE + timedelta(weeks=1))
    ]
    found = within(computed, lambda connection: connection.fetch(STOPPED, *edges))
    stopped = {week["sender"]: week for week in told["weeks"] if week["stopped"]}
    assert {(row["sender"], row["stopped"], row["limited"], row["late"]) for row in found} == {
        (sender, week["stopped"], week["limited"], week["late"]) for sender, week in stopped.items()
    }
    for row in found:
        median = stopped[row["sender"]]["median_days"]
        assert median is None if row["stopped"] < 10 else median == pytest.approx(row["median"])


def test_together_counts_are_those_of_the_flows(computed: Settings) -> None:
    apart, told = report(computed, *BETWEEN), report(computed, *BETWEEN, "--together")
    assert [week["week"] for week in told["weeks"]] == [str(SINCE + timedelta(weeks=n)) for n in range(4)]
    for name in ("started", "stopped", "limited", "late", "same_day", "missing", "void", "negative"):
        assert sum(week[name] for week in told["weeks"]) == sum(week[name] for week in apart["weeks"]), name
    assert {week["median_days"] for week in told["weeks"]} == {None}
    one = apart["weeks"][0]["sender"]
    alone = report(computed, *BETWEEN, "--sender", one)
    assert alone["weeks"] == [week for week in apart["weeks"] if week["sender"] == one]


def test_a_week_that_changed_since_is_marked_and_how_many_wait_is_said(computed: Settings) -> None:
    sender = report(computed, *BETWEEN)["weeks"][0]["sender"]
    within(computed, lambda connection: connection.execute(TOUCH, sender, SINCE))
    table = command(computed, "report", "weekly", "V01", *BETWEEN)
    assert f"{SINCE}*" in table.stdout
    assert "1 week of V01 waits" in table.stderr
    lines = command(computed, "report", "weekly", "V01", "--format", "csv", *BETWEEN).stdout.splitlines()
    old = [(row["sender"], row["week"]) for row in csv.DictReader(lines) if row["up_to_date"] == "false"]
    assert set(old) == {(sender, str(SINCE))}
    later = command(computed, "report", "weekly", "V01", "--since", str(SINCE + timedelta(weeks=1)))
    assert "wait" not in later.stderr, "nothing of these weeks does"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["H99"], "no such hand-off H99"),
        (["V01", "--sender", "nobody"], "no such hand-off V01 is known: it goes"),
    ],
)
def test_what_is_not_there_is_a_sentence(computed: Settings, words: list[str], said: str) -> None:
    result = command(computed, "report", "weekly", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in " ".join(result.stderr.split())


def test_weeks_are_exported_as_they_are_stored(computed: Settings, tmp_path: Path) -> None:
    for name in ("weeks.csv", "weeks.parquet"):
        result = command(computed, "export", "weekly", "--to", str(tmp_path / name))
        assert result.exit_code == 0, result.stderr
        assert "to be computed anew" not in result.stderr
    stored = within(
        computed,
        lambda connection: connection.fetch("SELECT * FROM weekly ORDER BY rule, sender, receiver, week"),
    )
    rows = pq.read_table(tmp_path / "weeks.parquet").to_pylist()
    assert rows == [dict(row) for row in stored]
    with (tmp_path / "weeks.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [(line["week"], int(line["stopped"])) for line in lines] == [
        (row["week"].isoformat(), row["stopped"]) for row in stored
    ]
    within(computed, ask_all)
    late = command(computed, "export", "weekly", "--to", str(tmp_path / "late.csv"))
    assert "weeks wait to be computed anew" in " ".join(late.stderr.split())
