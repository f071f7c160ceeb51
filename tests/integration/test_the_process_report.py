"""`caseflow report process` tells of the database what plain arithmetic tells of its exported log."""

import asyncio
import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from infra.postgres import migrate
from infra.settings import Settings
from tests.support.commands import command
from tests.support.process_logs import (
    Cases,
    Tables,
    assert_equal,
    cases_of_csv,
    counts,
    directly_follows,
    handover,
)

pytestmark = pytest.mark.servers


def exported(settings: Settings, path: Path) -> Cases:
    result = command(settings, "export", "log", "--to", str(path))
    assert result.exit_code == 0, result.stderr
    return cases_of_csv(path)


def printed(settings: Settings, *words: str) -> str:
    result = command(settings, "report", "process", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def tables(rows: list[dict[str, str | float | None]]) -> Tables:
    """Return rows of JSON or CSV as the tables of plain arithmetic; an empty cell is no number."""
    return {
        (str(row["from"]), str(row["to"])): {
            name: None if value in {None, ""} else float(value or 0)
            for name, value in row.items()
            if name not in {"from", "to", "share"}
        }
        for row in rows
    }


def test_tables_and_figures_equal_those_of_the_exported_log(partnership: Settings, tmp_path: Path) -> None:
    cases = exported(partnership, tmp_path / "log.csv")
    told = json.loads(printed(partnership, "--format", "json"))
    assert_equal(tables(told["handover"]), handover(cases))
    assert_equal(tables(told["directly_follows"]), directly_follows(cases))
    expected = counts(cases)
    found = told["summary"]
    assert (found["cases"], found["events"]) == (expected["cases"], expected["events"])
    assert (found["hand_offs"], found["ping_pongs"]) == (expected["handoffs"], expected["ping_pongs"])
    assert found["between_s"] == pytest.approx(expected["between_org_seconds"], rel=1e-9)
    assert sum(one["count"] for one in told["ping_pong"]["by_pair"]) == told["ping_pong"]["count"]
    time = told["time"]
    assert (time["between_s"], time["unknown_s"]) == (pytest.approx(found["between_s"], rel=1e-9), 0)
    assert time["elapsed_s"] == pytest.approx(expected["duration"], rel=1e-9)
    assert time["waiting_within_between"]["status"] == "not_identifiable"


def test_what_a_case_needs_twice_is_counted_by_cases_and_by_what_is_extra(
    partnership: Settings, tmp_path: Path
) -> None:
    cases = exported(partnership, tmp_path / "log.csv")
    found = json.loads(printed(partnership, "--format", "json"))["summary"]
    often = {case: Counter(seen.activity for seen in events) for case, events in cases.items()}
    assert found["reworked_cases"] == sum(max(count.values()) > 1 for count in often.values()) > 0
    extra = Counter[str]()
    for count in often.values():
        extra.update({activity: n - 1 for activity, n in count.items() if n > 1})
    assert found["extra"] == dict(extra)
    assert f"{found['reworked_cases']:,} cases, " in printed(partnership)


def test_as_csv_it_is_what_follows_what(partnership: Settings, tmp_path: Path) -> None:
    cases = exported(partnership, tmp_path / "log.csv")
    rows = list(csv.DictReader(printed(partnership, "--format", "csv").splitlines()))
    assert_equal(tables([dict(row) for row in rows]), directly_follows(cases))
    assert sum(float(row["share"]) for row in rows) == pytest.approx(1, abs=1e-9)


def test_people_read_the_costliest_pairs_first_and_how_many_are_left(partnership: Settings) -> None:
    text = printed(partnership)
    assert "500 cases" in text
    assert "more pairs: --all shows them" in text
    assert "Ping-pong" in text
    assert "is waiting cannot be told: each event carries one time" in text
    assert "hand-offs came back to who had sent them" in text
    assert len(printed(partnership, "--all").splitlines()) > len(text.splitlines())


def test_an_empty_database_says_that_there_is_nothing_to_tell(settings: Settings) -> None:
    asyncio.run(migrate(settings.database_url))
    text = printed(settings)
    assert "there is nothing to tell" in text
