"""Alerts asked and decided as a person does it, of a real database."""

import csv
import io
from typing import Any

import orjson
import pytest

from consumers.projector import work
from infra import topics
from infra.postgres import connect, migrate
from infra.settings import Settings
from tests.support import wires
from tests.support.commands import command
from tests.support.consumer_records import record

pytestmark = pytest.mark.servers
BY = ("--by", "Ann Smith")


@pytest.fixture
async def desk(settings: Settings) -> Settings:
    """Give a database with three alerts: one missing, one severe, one late on a local target."""
    await migrate(settings.database_url)
    connection = await connect(settings.database_url, "test")
    await work.prepare(connection)
    judged = [
        wires.hand_off("C1", "overdue", certainty="K", rule="V01", title="Outcome told"),
        wires.hand_off("C2", "overdue", tier=2, certainty="C", owner="cps"),
        wires.hand_off("C3", "missing", certainty="C", area="south\x1b[2J"),
    ]
    changes = [wires.change(f"C{n}", n, hand_offs=[one]) for n, one in enumerate(judged, start=1)]
    rows = work.decide([record(value, topic=topics.CHANGES) for value in changes])
    async with connection.transaction():
        await work.write(connection, rows)
    await connection.close()
    return settings


def found(desk: Settings, *asked: str) -> list[dict[str, Any]]:
    result = command(desk, "alerts", "list", "--format", "json", *asked)
    assert result.exit_code == 0
    listed: list[dict[str, Any]] = orjson.loads(result.stdout)
    return listed


def test_the_worst_alerts_come_first_with_local_target_beside_the_limit(desk: Settings) -> None:
    result = command(desk, "alerts", "list")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()[1:]]
    assert [(line[1], line[2]) for line in lines[:2]] == [("missing", "C3"), ("severe", "C2")]
    shown = {line[0] for line in lines}
    assert shown == {row["id"][:8] for row in found(desk)}
    (unconfirmed,) = [line for line in result.stdout.splitlines() if "local target" in line]
    assert "28 calendar days (local target)" in unconfirmed
    assert "V01 Outcome told" in unconfirmed


def test_lists_are_narrowed_by_what_is_asked(desk: Settings) -> None:
    for asked, cases in [
        (("--owner", "cps"), ["C2"]),
        (("--rule", "V01"), ["C1"]),
        (("--severity", "missing"), ["C3"]),
        (("--case", "C1"), ["C1"]),
        (("--area", "north", "--limit", "1"), ["C2"]),
        (("--owner", "nobody"), []),
    ]:
        assert [row["case_ref"] for row in found(desk, *asked)] == cases
    result = command(desk, "alerts", "list", "--limit", "2")
    assert "these are the worst 2, there are more" in result.stderr
    assert command(desk, "alerts", "list", "--owner", "nobody").stdout.strip() == "No such alerts."


def test_csv_holds_what_json_holds(desk: Settings) -> None:
    rows = list(csv.DictReader(io.StringIO(command(desk, "alerts", "list", "--format", "csv").stdout)))
    listed = found(desk)
    assert [row["id"] for row in rows] == [row["id"] for row in listed]
    assert rows[0].keys() == listed[0].keys()
    assert (rows[2]["local_target"], rows[2]["certainty"], rows[2]["level"]) == ("True", "K", "0")
    assert listed[2]["late_s"] > 0


def test_an_alert_is_acknowledged_snoozed_and_resolved_and_its_history_says_so(desk: Settings) -> None:
    key = found(desk)[0]["id"]
    for done, arguments in [
        ("acknowledged", ("ack", key[:8], *BY)),
        ("snoozed until", ("snooze", key[:8], *BY, "--for", "2d", "--why", "hearing on Thursday")),
        ("resolved", ("resolve", key, *BY, "--why", "told by phone")),
    ]:
        result = command(desk, "alerts", *arguments)
        assert (result.exit_code, result.stdout) == (0, "")
        assert f"{done}" in result.stderr
        assert f"{key[:8]}, charge-to-court of case C3" in result.stderr
    assert key not in {row["id"] for row in found(desk)}
    (kept,) = [row for row in found(desk, "--all") if row["id"] == key]
    assert (kept["state"], kept["resolved_how"], kept["resolved_by"]) == ("resolved", "person", "Ann Smith")
    shown = command(desk, "alerts", "show", key[:6]).stdout
    assert "\x1b" not in shown
    happened = shown.split("\n\n")[1].splitlines()
    assert [line.split("  ")[1].split(" (")[0] for line in happened] == [
        "raised by caseflow",
        "acknowledged by Ann Smith",
        "snoozed by Ann Smith: hearing on Thursday",
        "resolved by Ann Smith: told by phone",
    ]


def test_several_alerts_are_decided_at_once(desk: Settings) -> None:
    keys = [row["id"] for row in found(desk)]
    result = command(desk, "alerts", "ack", *keys, *BY)
    assert result.stderr.count("acknowledged: ") == 3
    assert {row["state"] for row in found(desk)} == {"acknowledged"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ack", "zz", *BY), 1, "zz is no alert's id: `caseflow alerts list` shows them"),
        (("ack", "ffffffffffff", *BY), 1, "no alert's id begins with ffffffffffff"),
        (("ack", "{id}"), 2, "Missing option '--by'"),
        (("ack", "{id}", "--by", " "), 1, "say who decides: --by NAME"),
        (("resolve", "{id}", *BY), 2, "Missing option '--why'"),
        (("resolve", "{id}", *BY, "--why", " "), 1, "say why: --why REASON"),
        (("snooze", "{id}", *BY), 2, "either --for LENGTH or --until TIME"),
        (("snooze", "{id}", *BY, "--for", "2d", "--until", "2099-01-01"), 2, "either --for LENGTH or"),
        (("snooze", "{id}", *BY, "--for", "soon"), 2, "write 90min, 4h, 2d or 1w"),
        (("snooze", "{id}", *BY, "--until", "2020-01-01"), 1, "is past: name a time to come"),
        (("show", "\x1b[2J"), 1, r"\x1b[2J is no alert's id"),
        (("list", "--severity", "bad"), 2, "Invalid value for '--severity'"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(
    desk: Settings, arguments: tuple[str, ...], code: int, said: str
) -> None:
    key = found(desk)[0]["id"]
    result = command(desk, "alerts", *(word.format(id=key) for word in arguments))
    words = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, said in words) == (code, True), words
    assert {row["state"] for row in found(desk, "--all")} == {"open"}
