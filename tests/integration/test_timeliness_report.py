"""`caseflow report timeliness` on cases made by hand: every figure is worked out beside them."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.official.timeliness import COLUMNS
from infra.embedded import Servers
from infra.settings import Settings
from tests.support.commands import command
from tests.support.completed_cases import stored
from tests.support.servers import fresh_database, settings_for

pytestmark = pytest.mark.servers
SPRING, BOTH = "2026 Q2 (Apr-Jun)", "Cleveland and Durham"
HIDDEN = ["[c]"] * 8


@pytest.fixture(scope="module")
def ended(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give a database with the cases; only to be read."""
    with asyncio.Runner() as runner:
        database = fresh_database(servers)
        settings = settings_for(servers, tmp_path_factory.mktemp("ended"), runner.run(database.__aenter__()))
        runner.run(stored(settings.database_url))
        yield settings
        runner.run(database.__aexit__(None, None, None))


def told(settings: Settings, *words: str) -> dict[tuple[str, ...], list[str]]:
    """Return the figures of CSV rows by period, type of court, area and court."""
    result = command(settings, "report", "timeliness", "--format", "csv", *words)
    assert result.exit_code == 0, result.stderr
    header, *rows = csv.reader(io.StringIO(result.stdout))
    assert header == list(COLUMNS)
    assert {row[3] for row in rows} <= {"-"}
    return {(row[1], row[2], row[5], row[6]): row[7:] for row in rows}


def test_every_quarter_court_and_type_has_its_row_with_what_must_not_be_told_hidden(ended: Settings) -> None:
    rows = told(ended)
    # 36 in all: 19 x 30, 6 x 40 and 11 x 90 days from first listing to completion are 1,800, 50 each.
    everything = rows[SPRING, "All courts", BOTH, "-"]
    assert everything == ["36", "30", "30", "50", "110", "30", "30", "30", "90"]
    teesside = rows[SPRING, "Magistrates", "Cleveland", "Teesside Magistrates' Court"]
    assert teesside == ["12", "30", "30", "35", "95", "30", "30", "35", "95"]
    crown = rows[SPRING, "Crown", "Cleveland", "Teesside Crown Court"]
    assert crown == ["11", "30", "30", "90", "150", "30", "30", "90", "150"]
    assert crown == rows[SPRING, "Crown", BOTH, "-"] == rows[SPRING, "Crown", "Cleveland", "-"]
    # 3 of Durham's 13 were at Peterlee: Newton Aycliffe's 10 would give them away.
    assert rows[SPRING, "Magistrates", "Durham", "-"][0] == "13"
    assert rows[SPRING, "Magistrates", "Durham", "Peterlee Magistrates' Court"] == ["<5", *HIDDEN]
    assert rows[SPRING, "Magistrates", "Durham", "Newton Aycliffe Magistrates' Court"] == ["[c]", *HIDDEN]
    assert rows["2026 Q1 (Jan-Mar)", "All courts", BOTH, "-"] == ["12", *["30", "25", "30", "85"] * 2]
    assert (SPRING, "Crown", "Durham", "-") not in rows
    assert len({period for period, *_ in rows}) == 2


def test_a_place_and_quarters_are_chosen_and_the_rest_stays_hidden(ended: Settings) -> None:
    durham = told(ended, "--area", "durham", "--quarter", "2026-Q2")
    assert {area for _, _, area, _ in durham} == {"Durham"}
    assert len(durham) == 6
    assert durham[SPRING, "All courts", "Durham", "Newton Aycliffe Magistrates' Court"][0] == "[c]"
    assert len(told(ended, "--area", "combined", "--from", "2026-Q2")) == 3
    assert {period for period, *_ in told(ended, "--until", "2026-Q1", "--area", "B17JA")} == {
        "2026 Q1 (Jan-Mar)"
    }


def test_as_of_a_past_day_only_what_was_told_then_counts(ended: Settings) -> None:
    rows = told(ended, "--as-of", "2026-04-19")
    assert rows["2026 Q1 (Jan-Mar)", "All courts", BOTH, "-"][0] == "10"
    assert {period for period, *_ in rows} == {"2026 Q1 (Jan-Mar)"}


def test_a_quarter_that_is_still_being_told_is_provisional_and_who_is_left_out_is_said(
    ended: Settings,
) -> None:
    result = command(ended, "report", "timeliness", "--format", "json")
    found = json.loads(result.stdout)
    # The Crown Court was last heard on 4 June: what it completed since is not told.
    marked = {row["period"] for row in found["rows"] if row["provisional"]}
    assert (result.exit_code, marked) == (0, {SPRING})
    assert found["view"] == "look-back"
    crown = next(row for row in found["rows"] if row["lja_or_court"] == "Teesside Crown Court")
    assert (crown["region"], crown["defendants"]) == ("North East", 11)
    assert crown["median"] == {
        "offence_to_charge": 30, "charge_to_first_list": 30,
        "first_list_to_completion": 90, "offence_to_completion": 150,
    }  # fmt: skip
    few = next(row for row in found["rows"] if row["lja_or_court"].startswith("Peterlee"))
    assert (few["defendants"], few["defendants_printed"], set(few["mean"].values())) == (None, "<5", {None})
    assert (
        "Left out, as a date is missing or before the one it follows: <5 of 2026 Q2 (Apr-Jun)."
        in found["notes"]
    )
    page = command(ended, "report", "timeliness", "--quarter", "2026-Q2").stdout
    assert "2026 Q2 (Apr-Jun), provisional" in page
    assert "View: look-back." in page
    line = next(line for line in page.splitlines() if "Peterlee" in line)
    assert line.split()[-6:] == ["<5", "mean", *["[c]"] * 4]


def test_a_file_says_by_its_ending_what_it_holds(ended: Settings, tmp_path: Path) -> None:
    for ending in ("csv", "json", "txt"):
        path = tmp_path / f"timeliness.{ending}"
        result = command(ended, "report", "timeliness", "--to", str(path))
        assert (result.exit_code, result.stdout) == (0, "")
        assert "rows written to" in result.stderr
    with (tmp_path / "timeliness.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 1 + len(told(ended))
    lines = (tmp_path / "timeliness.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 110
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--quarter", "spring"], 2, "is no quarter: write 2026-Q2"),
        (["--quarter", "2026-Q1", "--from", "2026-Q1"], 2, "--from and --until"),
        (["--from", "2026-Q2", "--until", "2026-Q1"], 2, "exchange them"),
        (["--as-of", "soon"], 2, "soon is no day: write it as YYYY-MM-DD"),
        (["--as-of", "2999-01-01"], 2, "name an earlier day"),
        (["--to", "table.pdf"], 2, "must end in"),
        (["--to", "table.csv", "--format", "json"], 2, "leave one out"),
        (["--quarter", "2999-Q1"], 1, "is not over"),
        (["--area", "nowhere"], 1, "there are combined, cleveland, durham, B17JA"),
        (["--to", "none/table.csv"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(ended: Settings, words: list[str], code: int, said: str) -> None:
    result = command(ended, "report", "timeliness", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())
