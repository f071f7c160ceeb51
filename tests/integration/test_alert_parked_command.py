"""Messages that were given up, as a person finds them and lets them be tried again."""

import asyncio
from pathlib import Path

import pytest

from infra.clock import now
from infra.postgres import connect, migrate
from infra.settings import Settings
from tests.support.commands import command
from tests.support.dispatching import HOOK, Desk, Receiver

pytestmark = pytest.mark.servers
PARK = """
INSERT INTO alert_delivery (id, route, receiver, channel, target, kind, state, attempts, next_try_at, last_error,
    created_at, parked_at)
VALUES ($1, $2, 'office', 'webhook', 'hook', 'single', 'parked', 7, $3, 'it answered 410', $3, $3)
"""
FIRST, SECOND = "11111111-0000-5000-8000-000000000000", "11222222-0000-5000-8000-000000000000"


@pytest.fixture
async def parked(settings: Settings, tmp_path: Path) -> Settings:
    """Give a database with two parked messages, one of which tells of an alert."""
    await migrate(settings.database_url)
    connection = await connect(settings.database_url, "test")
    none = Receiver("http", 0, tmp_path / "none")
    at = Desk(settings, connection, tmp_path, none, none)
    at.routed(HOOK)
    await at.raised("C1")
    await connection.execute(PARK, FIRST, "hook", now())
    await connection.execute(PARK, SECOND, "other", now())
    await connection.execute(
        "INSERT INTO alert_delivery_item SELECT id, 'hook', 'office', alert, $1 FROM alert_outbox", FIRST
    )
    await connection.close()
    return settings


def states(settings: Settings) -> dict[str, str]:
    async def read() -> dict[str, str]:
        connection = await connect(settings.database_url, "test")
        rows = await connection.fetch("SELECT id::text, state FROM alert_delivery")
        await connection.close()
        return dict(map(tuple, rows))

    return asyncio.run(read())


def test_parked_messages_are_listed_with_their_reason(parked: Settings) -> None:
    shown = command(parked, "alerts", "parked").stdout
    assert [line.split()[:6] for line in shown.splitlines()[1:]] == [
        ["11222222", "other", "office", "webhook", "hook", "0"],
        ["11111111", "hook", "office", "webhook", "hook", "1"],
    ]
    assert "it answered 410" in shown


def test_a_parked_message_is_tried_again_by_the_beginning_of_its_id(parked: Settings) -> None:
    assert command(parked, "alerts", "retry", "111").exit_code == 0
    assert states(parked) == {FIRST: "pending", SECOND: "parked"}


def test_all_that_a_route_has_parked_is_tried_again(parked: Settings) -> None:
    assert "1 message will be" in command(parked, "alerts", "retry", "--route", "other").stderr
    assert states(parked) == {FIRST: "parked", SECOND: "pending"}


def test_a_beginning_that_means_several_or_none_changes_nothing(parked: Settings) -> None:
    assert "2 parked messages begin with 11" in command(parked, "alerts", "retry", "11").stderr
    assert "no parked message begins with f" in command(parked, "alerts", "retry", "f").stderr
    assert command(parked, "alerts", "retry").exit_code == 2
    assert set(states(parked).values()) == {"parked"}


def test_without_parked_messages_that_is_said(parked: Settings) -> None:
    command(parked, "alerts", "retry", "111", "112")
    assert "No message is parked." in command(parked, "alerts", "parked").stdout
