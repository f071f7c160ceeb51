"""Who is told when: escalation, the morning digest, snoozes, resolutions, limits, and receivers outside."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.clock import now
from infra.postgres import migrate
from infra.settings import Settings
from tests.support.dispatching import HOOK, POST, SECRET, Desk, desk, set_in
from tests.support.servers import eventually

pytestmark = pytest.mark.servers


@pytest.fixture
async def at(settings: Settings, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a desk on a database of its own."""
    await migrate(settings.database_url)
    async with desk(settings, tmp_path) as one:
        yield one


async def test_an_alert_nobody_acknowledges_reaches_the_next_receiver_once(at: Desk) -> None:
    manager = set_in(HOOK.replace('"hook"', '"manager"', 1), "levels = [1]")
    at.routed(set_in(HOOK, "levels = [0]") + manager)
    yesterday = now() - timedelta(hours=25)
    people = {"acknowledged_by": "Ada", "acknowledged_at": yesterday}
    asleep = {"snoozed_until": now() + timedelta(hours=1)}
    async with at.dispatching():
        await at.raised("LEFT", raised_at=yesterday)
        await at.raised("SEEN", raised_at=yesterday, state="acknowledged", **people)
        await at.raised("LATER", raised_at=yesterday, **asleep)
        await at.raised("NEW")
        await eventually(lambda: at.hooked(4), what="everything that may leave")
    async with at.dispatching():
        await at.raised("NEWER")
        await eventually(lambda: at.hooked(5), what="the next")
    told = [(one["route"], line["case"], line["what"]) for one in at.hook.messages for line in one["alerts"]]
    assert [one for one in told if one[0] == "manager"] == [("manager", "LEFT", "escalated")]
    assert {case for route, case, _ in told if route == "hook"} == {"LEFT", "SEEN", "NEW", "NEWER"}
    audit = "SELECT who, what, why, detail->>'level' FROM alert_audit"
    assert await at.rows(audit) == [("caseflow", "escalated", "not acknowledged for 24 hours", "1")]
    assert await at.rows("SELECT level FROM alert WHERE case_ref IN ('SEEN', 'LATER')") == [(0,), (0,)]


async def test_the_digest_leaves_once_a_day_with_all_that_waited(at: Desk) -> None:
    morning = '[alerts]\ndigest_at = "00:00"\nescalate_after_hours = [240]\n'
    at.routed(morning + set_in(POST, "digest = true"))
    yesterday = now() - timedelta(days=1)
    await at.raised("C1", "C2", raised_at=yesterday)
    async with at.dispatching():
        await eventually(lambda: at.mailed(1), what="the digest")
    await at.raised("C3", raised_at=yesterday)
    await at.raised("C4")
    async with at.dispatching():
        await eventually(lambda: at.waiting(2), what="the next ones wait for tomorrow")
        await at.raised("C5")
        await eventually(lambda: at.waiting(3), what="and so does this")
    [mail] = at.post.mails
    [sheet] = mail.iter_attachments()
    assert [row["case"] for row in csv.DictReader(io.StringIO(sheet.get_content()))] == ["C1", "C2"]
    assert await at.rows("SELECT kind, state FROM alert_delivery") == [("digest", "sent")]


async def test_what_is_resolved_before_it_left_is_never_told(at: Desk) -> None:
    at.routed(HOOK + POST)
    at.hook.kill()
    async with at.dispatching():
        alerts = await at.raised("C1")
        await eventually(lambda: at.mailed(1), what="the mail")
        await eventually(at.failed, what="a first attempt at the webhook")
        await at.resolved(*alerts)
        await eventually(lambda: at.mailed(2), what="the mail that it is resolved")
        await at.raised("C2")
        at.hook.start()
        await eventually(at.settled, what="the webhook has what it must have")
    assert at.hook.cases == ["C2"]
    assert "resolved" in at.post.mails[1]["Subject"]


async def test_a_snoozed_alert_leaves_when_the_snooze_ends(at: Desk) -> None:
    at.routed(HOOK)
    async with at.dispatching():
        await at.raised("LATER", snoozed_until=now() + timedelta(hours=1))
        await at.raised("NOW")
        await eventually(lambda: at.hooked(1), what="the other one")
        await at.connection.execute(
            "UPDATE alert SET snoozed_until = $1 WHERE snoozed_until IS NOT NULL", now()
        )
        await eventually(lambda: at.hooked(2), what="the snoozed one")
    assert at.hook.cases == ["NOW", "LATER"]


async def test_past_the_limit_of_a_minute_the_rest_becomes_one_message(at: Desk) -> None:
    at.routed("[alerts]\nat_most_per_minute = 2\ngroup_from = 50\n" + HOOK)
    async with at.dispatching():
        for number in (1, 2):
            await at.raised(f"C{number}")
            await eventually(at.settled, what="it left")
        await at.raised("C3", "C4", "C5")
        await eventually(lambda: at.waiting(3), what="the rest waits")
        await at.connection.execute("UPDATE alert_delivery SET created_at = created_at - interval '1 minute'")
    async with at.dispatching():
        await eventually(at.settled, what="the rest left")
    assert [message["kind"] for message in at.hook.messages] == ["single", "single", "grouped"]


async def test_outside_the_partnership_a_reference_says_nothing(at: Desk) -> None:
    at.routed(set_in(HOOK, "outside = true"))
    async with at.dispatching():
        [alert] = await at.raised("C1")
        await eventually(at.failed, what="without a key it waits")
        assert at.hook.got == []
    at.targeted(f'pseudonym_key = "{SECRET}"')
    async with at.dispatching():
        await eventually(at.settled, what="with a key it leaves")
    [got] = at.hook.got
    assert b"C1" not in got["body"]
    assert alert.encode() not in got["body"]
