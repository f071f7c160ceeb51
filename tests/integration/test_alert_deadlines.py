"""An alert leaves when its deadline has passed, once, and only if the complete log justifies it: real servers."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from infra.clock import now
from infra.embedded import Servers
from infra.postgres import migrate
from infra.topic_admin import apply
from tests.support.alerting import (
    GRACE,
    Receiver,
    alerts,
    case,
    publish,
    recall_decided,
    receiving,
    request_received,
    routed_to,
    until,
)
from tests.support.servers import eventually, fresh_servers, settings_for
from tests.support.system import System

pytestmark = [pytest.mark.servers, pytest.mark.timeout(280)]
OUTAGE = timedelta(seconds=60)
AHEAD = timedelta(seconds=45)
"""From the publishing to the first deadline: also a slow machine has everything judged open by then."""


class Rig(NamedTuple):
    """A whole caseflow with its servers, whose alerts all go to one receiver."""

    servers: Servers
    system: System
    receiver: Receiver


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with fresh_servers(folder) as servers, receiving() as receiver:
            settings = routed_to(receiver, settings_for(servers, folder / "data"), folder)
            await migrate(settings.database_url)
            await apply(settings)
            system = System(settings)
            yield Rig(servers, system, receiver)
            system.stop_all()


def start(system: System) -> None:
    system.start_all()
    system.start("alerts")


async def test_many_hand_offs_overdue_in_one_second_are_one_message_and_an_alert_each(rig: Rig) -> None:
    start(rig.system)
    overdue = now() + AHEAD
    await publish(rig.system.settings, [recall_decided(number, overdue) for number in range(500)])
    await rig.system.settled()
    assert now() < overdue, "this machine was too slow to have them all due at once"

    async def all_told() -> bool:
        return len(rig.receiver.told()) == 500

    await eventually(all_told, 90, "every alert has been told")
    [(_, message)] = rig.receiver.messages
    assert (message["kind"], message["count"], message["receiver"]) == (
        "grouped",
        500,
        "probation-north-east",
    )
    assert message["csv"].count("\n") >= 500
    assert all(line["localTarget"] for line in message["alerts"]), "the limit of H40 is not confirmed"
    assert Counter(state for _, state, _ in await alerts(rig.system.settings)) == {"open": 500}


async def test_after_a_minute_without_intake_only_what_the_complete_log_justifies_is_alerted(
    rig: Rig,
) -> None:
    system, receiver = rig.system, rig.receiver
    for name in ("timelines", "projector", "alerts"):
        system.start(name)
    intake = system.start("intake")
    overdue = now() + AHEAD
    await publish(system.settings, [recall_decided(number, overdue) for number in range(20)])
    await system.settled()
    intake.kill()
    ends = now() + OUTAGE
    assert now() < overdue, "this machine was too slow to act the outage out"
    await publish(system.settings, [request_received(number, now() - GRACE) for number in range(10)])
    await until(ends, 90)
    assert await alerts(system.settings) == [], "the clock ran past what intake had not read"
    system.start("intake")

    async def late_ones_told() -> bool:
        return len(receiver.told()) >= 10

    await eventually(late_ones_told, 60, "what is overdue has been told")
    await system.settled()
    late = {case(number) for number in range(10, 20)}
    assert {ref for ref, _, _ in await alerts(system.settings)} == late
    assert receiver.told() == Counter(late)


async def test_deadlines_that_pass_while_the_broker_is_away_are_each_told_once(rig: Rig) -> None:
    system, receiver = rig.system, rig.receiver
    start(system)
    first = now() + AHEAD
    decided = [recall_decided(number, first + timedelta(seconds=2 * number)) for number in range(20)]
    await publish(system.settings, decided)
    await system.settled()
    assert now() < first, "this machine was too slow to act the outage out"
    await rig.servers.kafka.kill()
    await until(now() + OUTAGE, 90)
    await rig.servers.kafka.start()

    async def all_told() -> bool:
        system.revive()
        return len(receiver.told()) == 20

    await eventually(all_told, 120, "every alert has been told")
    await system.settled(supervised=True)
    assert receiver.told() == Counter(case(number) for number in range(20))
    assert [state for _, state, _ in await alerts(system.settings)] == ["open"] * 20


async def test_an_alert_ends_with_its_hand_off_and_says_so(rig: Rig) -> None:
    start(rig.system)
    await publish(rig.system.settings, [recall_decided(1, now() - timedelta(seconds=5))])

    async def told(what: str) -> bool:
        return rig.receiver.told(what) == Counter([case(1)])

    await eventually(lambda: told("raised"), 60, "the alert has been told")
    await publish(rig.system.settings, [request_received(1, now() - timedelta(seconds=1))])
    await eventually(lambda: told("resolved"), 60, "its end has been told")
    assert await alerts(rig.system.settings) == [(case(1), "resolved", "completed")]
