"""Report, case and export, asked as a person asks them, of a real database."""

import csv
import io
import itertools
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from caseflow.reading.case_text import print_case
from caseflow.reading.case_view import case_view
from caseflow.reading.database import opened as opened_database
from consumers.projector import work
from infra.postgres import connect, migrate
from infra.settings import Settings
from infra.topics import CHANGES
from models.canonical import encode_record
from models.envelope import Event
from models.instants import to_us
from publishers.files.lines import Lines
from publishers.files.source import opened
from publishers.files.table import Table
from publishers.synthetic.partnership import generate
from tests.support import wires
from tests.support.commands import command
from tests.support.consumer_records import record
from tests.support.judged import store
from tests.support.profiles import shipped
from tests.support.shared import shared

pytestmark = pytest.mark.servers
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
REAL_CASES = 300


@pytest.fixture
async def partnership(settings: Settings) -> tuple[Settings, list[Event]]:
    """Give a database with forty synthetic cases, judged on 1 July 2026."""
    profile = shipped("cleveland-and-durham")
    events = list(generate(profile, 40, 11, NOW))
    await store(settings.database_url, profile, events, to_us(NOW), to_us(NOW))
    return settings, events


@pytest.fixture
async def real_log(settings: Settings) -> tuple[Settings, list[Event]]:
    """Give a database with the first cases of the real log, cut to days."""
    profile = shipped("cook-county")
    table, lines = Table("day", profile, next(iter(profile.imports.values()))), Lines()
    told: list[Event] = []
    with opened(str(shared("data/cook_county/felony_2019_day.csv.gz"))) as source:
        while len({event.subject for event in told}) <= REAL_CASES:
            items = table.items(lines.fed(source.block()), ended=False)
            told += [item.event for item in items if isinstance(item.event, Event)]
    kept = set(itertools.islice(dict.fromkeys(event.subject for event in told), REAL_CASES))
    events = [event for event in told if event.subject in kept]
    await store(settings.database_url, profile, events, to_us(NOW))
    return settings.model_copy(update={"profile": "cook-county"}), events


def test_the_report_as_json_equals_plain_arithmetic_over_the_real_log(
    real_log: tuple[Settings, list[Event]],
) -> None:
    settings, events = real_log
    result = command(settings, "report", "--format", "json", "--org-names", "source")
    assert (result.exit_code, result.stderr) == (0, "")
    told = orjson.loads(result.stdout)
    steps = len(events) - len({event.subject for event in events})
    assert told["profile"] == "cook-county"
    assert sum(row["count"] for row in told["pairs"]) == told["totals"]["steps"] == steps
    by_case: dict[str, list[float]] = {}
    for event in events:
        by_case.setdefault(event.subject, []).append(event.time.timestamp())
    elapsed = sum(max(times) - min(times) for times in by_case.values())
    assert told["totals"]["elapsed_s"] == pytest.approx(elapsed, rel=1e-12)
    assert sum(row["sum"] for row in told["pairs"]) == pytest.approx(elapsed, rel=1e-12)
    assert {row["from_org"] for row in told["pairs"]} <= {"POLICE", "PROSECUTOR", "GRAND JURY", "COURT"}


def test_the_report_as_csv_holds_the_same_numbers(real_log: tuple[Settings, list[Event]]) -> None:
    settings, _ = real_log
    pairs = orjson.loads(command(settings, "report", "--format", "json").stdout)["pairs"]
    rows = list(csv.DictReader(io.StringIO(command(settings, "report", "--format", "csv").stdout)))
    assert [list(row) for row in rows] == [list(pair) for pair in pairs]
    assert [float(row["mean"]) for row in rows] == [pair["mean"] for pair in pairs]


def test_the_report_for_people_names_standard_hand_offs(
    partnership: tuple[Settings, list[Event]],
) -> None:
    settings, _ = partnership
    result = command(settings, "report")
    assert result.exit_code == 0
    assert "The boundary that costs most is" in result.stdout
    assert "Charging decision" in result.stdout
    assert "\x1b" not in result.stdout


def steps_and_open(report: dict[str, Any]) -> Counter[tuple[str, str, str]]:
    rows = [*report["pairs"], *report["open_only"]]
    return Counter({
        (row["from_org"], row["to_org"], what): row[what] for row in rows for what in ("count", "open")
    })  # fmt: skip


def test_the_reports_of_the_areas_add_up_to_that_of_all_cases(
    partnership: tuple[Settings, list[Event]],
) -> None:
    settings, _ = partnership
    asked = [[], *(["--area", code] for code in ("cleveland", "durham"))]
    results = [command(settings, "report", "--format", "json", *words) for words in asked]
    everything, *areas = (orjson.loads(result.stdout) for result in results)
    assert (everything["area"], [one["area"] for one in areas]) == (None, ["cleveland", "durham"])
    assert steps_and_open(areas[0]) + steps_and_open(areas[1]) == steps_and_open(everything)
    assert all(steps_and_open(one).total() for one in areas)
    counts = [sum(row["count"] for row in one["standard"]) for one in (everything, *areas)]
    assert counts[0] == counts[1] + counts[2]
    assert min(counts) > 0
    title = command(settings, "report", "--area", "durham").stdout.splitlines()[0]
    assert title == "Cleveland and Durham: cases of Durham"
    wrong = command(settings, "report", "--area", "nowhere")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "no area nowhere is known: there are cleveland, durham" in wrong.stderr


def test_a_database_of_another_profile_is_not_read(partnership: tuple[Settings, list[Event]]) -> None:
    settings, _ = partnership
    result = command(settings, "report", "--profile", "cook-county")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "add --profile cleveland-and-durham" in result.stderr


def test_a_database_without_tables_says_what_to_do(settings: Settings) -> None:
    for asked in ("report", "case C1", "dead-letters list"):
        result = command(settings, *asked.split())
        assert (result.exit_code, result.stdout) == (1, "")
        assert "caseflow db migrate" in result.stderr


def test_every_second_of_a_case_is_told_to_somebody(partnership: tuple[Settings, list[Event]]) -> None:
    settings, events = partnership
    for ref in sorted({event.subject for event in events}):
        told = orjson.loads(command(settings, "case", ref, "--format", "json").stdout)
        waits = Counter[str]()
        for entry in told["timeline"]:
            if entry["since"]:
                waits[entry["since"]["kind"]] += entry["since"]["wait_s"]
        assert waits.total() == pytest.approx(told["elapsed_s"], abs=1e-6)
        assert waits["discovered"] == pytest.approx(told["between_s"], abs=1e-6)
        assert len(told["timeline"]) + len(told["beside"]) == sum(
            1 for _ in {(e.source, e.id) for e in events if e.subject == ref}
        )


def test_a_case_as_text_tells_each_event_wait_and_hand_off(
    partnership: tuple[Settings, list[Event]],
) -> None:
    settings, events = partnership
    arrested = {event.subject for event in events if event.name == "charge.arrested"}
    judged = [e.subject for e in events if e.name == "charge.decision-made" and e.subject in arrested]
    result = command(settings, "case", judged[0])
    assert result.exit_code == 0
    for word in ("charge.arrested", "inside", "hand-off", "Standard hand-offs", "Charging decision", "due"):
        assert word in result.stdout
    assert "28 calendar days (certainty C)" in result.stdout


def test_an_amended_and_a_withdrawn_event_stand_apart(partnership: tuple[Settings, list[Event]]) -> None:
    settings, events = partnership
    amendment = next(event for event in events if event.amends)
    text = command(settings, "case", amendment.subject).stdout
    assert "(amended)" in text
    assert f"amends {amendment.amends}" in " ".join(text.split())


def test_a_case_cut_to_days_shows_dates_alone(real_log: tuple[Settings, list[Event]]) -> None:
    settings, events = real_log
    text = command(settings, "case", events[0].subject).stdout
    assert "whole days" in text
    assert "00:00" not in text


def test_an_unknown_case_is_a_sentence_with_cases_like_it(
    partnership: tuple[Settings, list[Event]],
) -> None:
    settings, events = partnership
    known = events[0].subject
    result = command(settings, "case", known[:-3].lower() + "zzz")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean" in result.stderr
    assert known[:-4] in result.stderr


def test_an_unknown_case_that_a_terminal_would_obey_is_shown_harmless(
    partnership: tuple[Settings, list[Event]],
) -> None:
    settings, _ = partnership
    for hostile in ("\x1b[2J", "\udcff\udcfe\udcfd\udcfc"):
        result = command(settings, "case", hostile)
        assert result.exit_code == 1
        assert "\x1b" not in result.stderr
        assert "no case" in result.stderr


def test_what_is_exported_is_what_was_told(partnership: tuple[Settings, list[Event]], tmp_path: Path) -> None:
    settings, events = partnership
    told = len({(event.subject, event.source, event.id) for event in events})
    for ending in ("csv", "parquet"):
        result = command(settings, "export", "events", "--to", str(tmp_path / f"events.{ending}"))
        assert (result.exit_code, result.stdout) == (0, "")
        assert f"{told:,} rows of events" in result.stderr
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == told
    assert pq.read_table(tmp_path / "events.parquet").num_rows == told


def test_an_export_that_cannot_be_written_says_where(
    partnership: tuple[Settings, list[Event]], tmp_path: Path
) -> None:
    settings, _ = partnership
    result = command(settings, "export", "hand-offs", "--to", str(tmp_path / "nowhere" / "h.csv"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert command(settings, "export", "hand-offs", "--to", "h.xlsx").exit_code == 2


async def test_a_case_whose_texts_a_terminal_would_obey_is_shown_harmless(settings: Settings) -> None:
    hostile = "C1\x1b[2J\u202e"
    await migrate(settings.database_url)
    connection = await connect(settings.database_url, "test")
    await work.prepare(connection)
    event = record(encode_record(wires.event(hostile, 0, acting="north\x07")))
    amends = {"type": "charge.x\x1by", "amends": "unknown\x1b"}
    waiting = record(encode_record(wires.event(hostile, 1, **amends)), offset=1)
    change = record(
        wires.change(hostile, 1, hand_offs=[wires.hand_off(hostile, title="a\x1b[1mb")]), topic=CHANGES
    )
    async with connection.transaction():
        await work.write(connection, work.decide([event, waiting, change]))
    await connection.close()
    profile = shipped("cleveland-and-durham")
    async with opened_database(settings) as reader:
        view = await case_view(reader, profile, hostile, NOW)
    text = io.StringIO()
    print_case(Console(file=text, width=80, markup=False, highlight=False), view)
    assert not {"\x1b", "\x07", "\u202e"} & set(text.getvalue())
    assert r"Case C1\x1b[2J\u202e" in text.getvalue()
    assert r"a\x1b[1mb" in text.getvalue()
    assert r"amends unknown\x1b, which is not known yet: it waits" in " ".join(text.getvalue().split())
