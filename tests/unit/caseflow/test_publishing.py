"""`caseflow publish` without a broker: checking, summaries, mistakes."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from caseflow.cli import app
from caseflow.publishing import last_instant, summary
from caseflow.wiring import profile_of, settings_from
from publishers.files import Report


def test_the_summary_names_every_reason_and_the_file_of_the_refused() -> None:
    report = Report(rows=10, published=7, refused=3, by_reason={"wrong-shape": 1, "impossible-date": 2})
    said = summary(report, Path("x.rejects.jsonl"), 2.0)
    assert said == (
        "10 rows in 2.0 s (5 rows/s): 7 published, 3 refused (2 impossible-date, 1 wrong-shape): each with its "
        "line and reason in x.rejects.jsonl"
    )


def test_the_summary_says_that_nothing_was_refused() -> None:
    assert summary(Report(rows=1, published=1), Path("x"), 1.0).endswith("1 published, none refused")


def test_an_as_of_day_ends_at_its_last_microsecond_in_the_profiles_time_zone() -> None:
    local = profile_of(settings_from(profile="cleveland-and-durham"))
    assert last_instant(date(2026, 7, 1), local) == datetime(2026, 7, 1, 22, 59, 59, 999_999, tzinfo=UTC)
    assert last_instant(date(2026, 1, 1), local) == datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=UTC)


def test_a_dry_run_counts_what_would_be_refused_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.jsonl").write_text("{broken\n")
    done = CliRunner().invoke(app, ["publish", "events.jsonl", "--dry-run", "--format", "json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (told["rows"], told["published"], told["refused"]) == (1, 0, 1)
    assert json.loads(Path(told["rejects"]).read_text())["line"] == 1


def test_a_file_that_is_not_there_is_a_sentence_and_no_traceback() -> None:
    done = CliRunner().invoke(app, ["publish", "nowhere.jsonl", "--dry-run"])
    assert done.exit_code == 1
    assert "nowhere.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_import_is_refused_with_those_the_profile_has() -> None:
    done = CliRunner().invoke(
        app, ["publish", "x.csv", "--dry-run", "--profile", "cook-county", "--mapping", "none"]
    )
    assert done.exit_code == 1
    assert "has no import 'none'" in done.stderr
