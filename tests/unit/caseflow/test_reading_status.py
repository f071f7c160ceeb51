"""What a status tells, as text and as data, and when it is well."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import typer
from rich.console import Console

from caseflow import held
from caseflow.reading.dead_letters import origin_of
from caseflow.reading.processes import DOWN, HELD, NOT_READY, READY, Process, processes
from caseflow.reading.status_text import print_status
from caseflow.reading.status_view import Status, as_json
from caseflow.run_files import told
from consumers.lag import NO_LAG, Lag
from infra import health
from infra.settings import Settings
from models.instants import to_us
from projections.dead_letters.queries import Origin
from projections.feeds.queries import FeedRow

AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


def process(name: str, state: str) -> Process:
    return Process(name, "one", state, "" if state == READY else "so it is", "http://127.0.0.1:1", 7)


def feed(source: str, silent: timedelta | None) -> FeedRow:
    return FeedRow(source, 10, 1, AT, None if silent is None else AT - silent, 1.0, 2.0, 3.0)


def status(**over: Any) -> Status:
    fields: dict[str, Any] = {
        "profile": "small",
        "data": ".caseflow/small",
        "at": AT,
        "processes": [process("intake", READY), process("timelines", NOT_READY)],
        "lags": {"intake": Lag(12, to_us(AT) - 90_000_000), "timelines": NO_LAG},
        "last_tick_us": to_us(AT) - 60_000_000,
        "feeds": [feed("court", timedelta(hours=30)), feed("police", timedelta(hours=2)), feed("old", None)],
        "stale_after": timedelta(hours=24),
        "letters": {"open": 3},
        "trouble": (),
    }
    return Status(**(fields | over))


def printed(found: Status) -> str:
    text = io.StringIO()
    print_status(Console(file=text, width=80, markup=False, highlight=False), found)
    return text.getvalue()


@pytest.mark.parametrize(("state", "well"), [(READY, True), (NOT_READY, True), (DOWN, False), (HELD, False)])
def test_only_what_is_down_or_held_makes_a_status_bad(state: str, well: bool) -> None:
    assert status(processes=[process("intake", state)]).well is well


def test_a_server_that_does_not_answer_makes_a_status_bad() -> None:
    assert not status(trouble=["Kafka: away"]).well


def test_a_feed_is_stale_when_silent_too_long_and_history_never_is() -> None:
    feeds = {one["source"]: one["stale"] for one in orjson.loads(as_json(status()))["feeds"]}
    assert feeds == {"court": True, "police": False, "old": False}
    assert "Stale, silent for more than 1 d: court" in printed(status())


def test_lag_is_told_in_records_and_in_seconds() -> None:
    first, second = orjson.loads(as_json(status()))["processes"]
    assert (first["lag_records"], first["lag_s"]) == (12, 90.0)
    assert (second["lag_records"], second["lag_s"]) == (0, 0.0)


def test_a_lag_that_nobody_could_ask_for_is_not_zero() -> None:
    assert orjson.loads(as_json(status(lags={})))["processes"][0]["lag_records"] is None


def test_the_text_names_the_clock_and_the_open_dead_letters() -> None:
    text = printed(status())
    assert "last tick 2026-07-01 11:59:00 UTC, 1 min ago" in text
    assert "Dead letters: 3 open" in text


async def test_processes_that_never_started_are_down_and_held_ones_are_held(tmp_path: Path) -> None:
    held.hold(tmp_path, "intake")
    found = {one.process: one.state for one in await processes(Settings(data=tmp_path))}
    assert found.pop("intake") == HELD
    assert found == dict.fromkeys(("timelines", "projector", "alerts", "signals"), DOWN)


async def test_a_running_process_says_itself_whether_it_is_ready(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    trouble: list[str] = []
    server = health.serve("127.0.0.1", 0, lambda: "\n".join(trouble) or None, lambda: None)
    try:
        with told(settings, "intake", server.port):
            assert (await processes(settings))[0].state == READY
            trouble.append("no partitions yet")
            found = (await processes(settings))[0]
            assert (found.state, found.detail) == (NOT_READY, "no partitions yet")
    finally:
        server.close()


async def test_a_killed_process_leaves_its_file_and_is_down(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    server = health.serve("127.0.0.1", 0, lambda: None, lambda: None)
    server.close()
    with told(settings, "projector", server.port):
        found = next(one for one in await processes(settings) if one.process == "projector")
    assert found.state == DOWN
    assert "does not answer" in found.detail


def test_a_letter_is_named_by_its_origin() -> None:
    named = origin_of("caseflow.charge/0/15/intake")
    assert named == Origin("caseflow.charge", 0, 15, "intake")


@pytest.mark.parametrize("name", ["", "a", "a/1/2", "a/x/2/intake", "a/1/-2/intake", "/1/2/intake", "a/1/2/"])
def test_what_names_no_letter_is_a_mistake_of_use(name: str) -> None:
    with pytest.raises(typer.BadParameter):
        origin_of(name)
