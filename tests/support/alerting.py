"""Alerts from end to end in tests: recalls that fall due at a chosen instant, and a receiver that keeps count."""

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from aiohttp import web

import profiles
from infra.clock import now_us
from infra.postgres import connect
from infra.settings import Settings
from models.envelope import Event
from models.rules import Rules
from publishers.sdk import Publisher
from tests.support.profiles import shipped

LIMIT = timedelta(hours=24)
"""Of H40: a recall decision becomes a request within 24 hours."""
GRACE = timedelta(microseconds=Rules.of(shipped("cleveland-and-durham")).graces_us["H40"])
NAME = "cleveland-and-durham"
ROUTES = '[[route]]\nname = "desk"\nchannel = "webhook"\ntarget = "desk"\n'


def case(number: int) -> str:
    """Return the reference of a synthetic case."""
    return f"ZZ17{number:05d}60/1"


def recall_decided(number: int, overdue: datetime) -> Event:
    """A recall whose request is overdue, grace and all, from this instant on."""
    return _said(
        "decided", "probation-north-east", "probation.recall-decided", number, overdue - GRACE - LIMIT
    )


def request_received(number: int, time: datetime) -> Event:
    """The request that answers it."""
    return _said("received", "ppcs", "release.recall-request-received", number, time)


def _said(event_id: str, source: str, name: str, number: int, at: datetime) -> Event:
    return Event(
        id=event_id,
        source=f"/agency/{source}",
        type=f"caseflow.{name}.v1",
        subject=case(number),
        time=at,
        data={"recallType": "standard", "area": "durham"},
    )


async def publish(settings: Settings, events: Iterable[Event]) -> None:
    """Publish events and return when the broker has them all."""
    async with Publisher(settings) as publisher:
        await asyncio.gather(*[await publisher.send(event) for event in events])


@dataclass
class Receiver:
    """A webhook's other end: what arrived, and when."""

    address: str = ""
    messages: list[tuple[int, dict]] = field(default_factory=list)
    deliveries: Counter[str] = field(default_factory=Counter)

    async def take(self, request: web.Request) -> web.Response:
        """Keep a message and say thanks."""
        self.deliveries[request.headers["Caseflow-Delivery"]] += 1
        if self.deliveries[request.headers["Caseflow-Delivery"]] == 1:
            self.messages.append((now_us(), orjson.loads(await request.read())["data"]))
        return web.Response()

    def told(self, what: str = "raised") -> Counter[str]:
        """Return how often each case was told of, repeats of a delivery left out."""
        lines = (line for _, data in self.messages for line in data["alerts"])
        return Counter(line["case"] for line in lines if line["what"] == what)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Listen on a loopback port."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/alerts", receiver.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/alerts"
    try:
        yield receiver
    finally:
        await runner.cleanup()


def routed_to(receiver: Receiver, settings: Settings, folder: Path) -> Settings:
    """Return settings under which every alert goes to one receiver."""
    shutil.copytree(Path(profiles.__file__).parent / NAME, folder / "profiles" / NAME)
    (folder / "profiles" / NAME / "routes.toml").write_text(ROUTES)
    targets = folder / "targets.toml"
    targets.write_text(f'[webhook.desk]\nurl = "{receiver.address}"\nsecret = "sixteen of a test"\n')
    changed = {"profiles_dir": folder / "profiles", "alert_targets": targets, "profile": NAME}
    return settings.model_copy(update=changed)


async def alerts(settings: Settings) -> list[tuple[str, str, str]]:
    """Return case, state and how it was resolved, of every alert, in the order of the cases."""
    connection = await connect(settings.database_url, "test")
    try:
        rows = await connection.fetch("SELECT case_ref, state, resolved_how FROM alert ORDER BY case_ref")
        return [tuple(row) for row in rows]
    finally:
        await connection.close()


async def until(instant: datetime, within_s: float) -> None:
    """Wait until an instant has passed by the wall clock."""
    deadline = time.monotonic() + within_s
    while now_us() <= instant.timestamp() * 1e6:
        assert time.monotonic() < deadline, f"{instant} is further away than {within_s:.0f} s"
        await asyncio.sleep(0.1)
