"""Alerts in the database, receivers that may be killed, and a dispatcher between them."""

import asyncio
import base64
import email
import email.policy
import socket
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import orjson

from consumers.alerts.queues import Partnership
from consumers.alerts.run import run
from infra.alert_targets import read_alert_targets
from infra.clock import now
from infra.postgres import connect
from infra.settings import Settings
from models.identities import derived_id
from models.instants import to_us
from models.routes import RouteList
from projections.alerts.outbox import WAKE

LONDON = ZoneInfo("Europe/London")
SECRET = "a secret of sixteen"  # noqa: S105 - of these tests
HOOK = '[[route]]\nname = "hook"\nchannel = "webhook"\nreceiver = "office"\ntarget = "hook"\n'
POST = '[[route]]\nname = "post"\nchannel = "email"\nreceiver = "duty"\ntarget = "post"\n'
TOPIC = '[[route]]\nname = "stream"\nchannel = "kafka"\n'
ROOM = '[[route]]\nname = "room"\nchannel = "chat"\nreceiver = "room"\n'


@dataclass
class Receiver:
    """One end of a channel: a process on a fixed port, and the file in which it keeps what it got."""

    kind: str
    port: int
    file: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self, *answers: int) -> None:
        """Start it, or start it again on the same port; returns when it listens."""
        told = [",".join(map(str, answers))] if answers else []
        command = ["-m", "tests.support.alert_receiver", self.kind, str(self.port), str(self.file), *told]
        self.child = subprocess.Popen([sys.executable, *command])
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.child.poll() is None, "the receiver ended"

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            self.child = None

    @property
    def got(self) -> list[dict[str, Any]]:
        """What came, in its order, repeats too."""
        lines = self.file.read_bytes().splitlines() if self.file.exists() else []
        return [one | {"body": base64.b64decode(one["body"])} for one in map(orjson.loads, lines)]

    @property
    def ids(self) -> list[str]:
        """The deduplication ids of what came."""
        if self.kind == "http":
            return [one["headers"]["Caseflow-Delivery"] for one in self.got]
        return [mail["Message-ID"].strip("<>").partition("@")[0] for mail in self.mails]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What webhooks said, each message once."""
        bodies = {one["headers"]["Caseflow-Delivery"]: orjson.loads(one["body"]) for one in self.got}
        return [body["data"] for body in bodies.values()]

    @property
    def cases(self) -> list[str]:
        """The cases that webhooks told of, each message once."""
        return [line["case"] for message in self.messages for line in message["alerts"]]

    @property
    def mails(self) -> list[EmailMessage]:
        """The e-mails that came."""
        parsed = [email.message_from_bytes(one["body"], policy=email.policy.default) for one in self.got]
        return [mail for mail in parsed if isinstance(mail, EmailMessage)]


@contextmanager
def receivers(folder: Path) -> Iterator[tuple[Receiver, Receiver]]:
    """Give a webhook receiver and a mail server, not started yet; both are gone at the end."""
    ports = [_free_port() for _ in range(2)]
    both = Receiver("http", ports[0], folder / "http"), Receiver("smtp", ports[1], folder / "smtp")
    try:
        yield both
    finally:
        for one in both:
            one.kill()


@dataclass
class Desk:
    """One dispatcher's world: settings, its routes and targets as files, and a connection for the test."""

    settings: Settings
    connection: asyncpg.Connection
    folder: Path
    hook: Receiver
    post: Receiver

    def routed(self, routes: str) -> None:
        """Let these routes, as TOML, be the profile's."""
        (self.folder / "routes.toml").write_text(routes)

    def targeted(self, more: str = "") -> None:
        """Write the targets file: both receivers, and what is added at the top."""
        (self.folder / "targets.toml").write_text(
            f'{more}\n[webhook.hook]\nurl = "http://127.0.0.1:{self.hook.port}/"\nsecret = "{SECRET}"\n'
            f'[email]\nhost = "127.0.0.1"\nport = {self.post.port}\nsender = "caseflow@example.org"\n'
            'tls = "none"\n[email.to]\npost = ["duty@example.org"]\n'
            f'[chat.room]\nurl = "json://127.0.0.1:{self.hook.port}/room"\n'
        )

    @asynccontextmanager
    async def dispatching(self) -> AsyncIterator[asyncio.Task[None]]:
        """Run a dispatcher in this process until the block ends; it must end cleanly."""
        stop = asyncio.Event()
        routes = RouteList.model_validate(tomllib.loads((self.folder / "routes.toml").read_text()))
        targets = read_alert_targets(self.folder / "targets.toml")
        task = asyncio.create_task(run(self.settings, Partnership(routes, LONDON), targets, stop=stop))
        try:
            yield task
        finally:
            stop.set()
            await task

    async def process(self, fault: str) -> asyncio.subprocess.Process:
        """Start a dispatcher as a process of its own, armed with a fault."""
        files = (str(self.folder / "routes.toml"), str(self.folder / "targets.toml"))
        place = (self.settings.bootstrap, self.settings.database_url, *files, fault)
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.run_alerts", *place, stderr=asyncio.subprocess.DEVNULL
        )

    async def raised(self, *cases: str, **over: Any) -> list[str]:
        """Raise one alert per case as the projector does, in one transaction; return their ids."""
        rows = [_alert(case, over) for case in cases]
        async with self.connection.transaction():
            await self.connection.copy_records_to_table(
                "alert", records=[list(row.values()) for row in rows], columns=list(rows[0])
            )
            await self._told([row["id"] for row in rows], "raised", over.get("raised_at", now()))
        return [str(row["id"]) for row in rows]

    async def resolved(self, *alerts: str) -> None:
        """End alerts, as their hand-offs do when they complete."""
        async with self.connection.transaction():
            await self.connection.execute(
                "UPDATE alert SET state = 'resolved', resolved_at = $2, resolved_how = 'completed', "
                "resolved_by = 'caseflow' WHERE id = ANY($1::uuid[])",
                alerts,
                now(),
            )
            await self._told([UUID(alert) for alert in alerts], "resolved", now())

    async def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return [tuple(row) for row in await self.connection.fetch(query, *values)]

    async def settled(self) -> bool:
        """Say whether nothing waits: every notice is routed, in a message, and each message is sent or parked."""
        query = (
            "SELECT EXISTS (SELECT FROM alert_outbox WHERE routed_at IS NULL) "
            "OR EXISTS (SELECT FROM alert_delivery_item WHERE delivery IS NULL) "
            "OR EXISTS (SELECT FROM alert_delivery WHERE state = 'pending')"
        )
        return not await self.connection.fetchval(query)

    async def hooked(self, count: int) -> bool:
        """Say whether the webhook was told of so many cases."""
        return len(self.hook.cases) == count

    async def mailed(self, count: int) -> bool:
        """Say whether so many e-mails came."""
        return len(self.post.got) == count

    async def failed(self) -> bool:
        """Say whether an attempt has failed."""
        return bool(await self.rows("SELECT 1 FROM alert_delivery WHERE last_error IS NOT NULL"))

    async def waiting(self, count: int) -> bool:
        """Say whether so many notices wait to become a message."""
        return await self.rows("SELECT count(*) FROM alert_delivery_item WHERE delivery IS NULL") == [
            (count,)
        ]

    async def _told(self, alerts: list[UUID], what: str, at: Any) -> None:
        rows = [(alert, what, 0, at) for alert in alerts]
        columns = ["alert", "what", "level", "created_at"]
        await self.connection.copy_records_to_table("alert_outbox", records=rows, columns=columns)
        await self.connection.execute(WAKE)


@asynccontextmanager
async def desk(settings: Settings, folder: Path) -> AsyncIterator[Desk]:
    """Give a desk on a migrated database, with both receivers running."""
    connection = await connect(settings.database_url, "test")
    try:
        with receivers(folder) as (hook, post):
            hook.start()
            post.start()
            one = Desk(settings, connection, folder, hook, post)
            one.targeted()
            yield one
    finally:
        connection.terminate()


def set_in(route: str, setting: str) -> str:
    """Return a route, as TOML, with one more setting."""
    return route.replace("channel", f"{setting}\nchannel", 1)


def _alert(case: str, over: dict[str, Any]) -> dict[str, Any]:
    at = now()
    overdue_us = to_us(at)
    return {
        "id": UUID(derived_id("alert", case)),
        "hand_off": UUID(derived_id("hand-off", case)),
        "case_ref": case,
        "rule": "H15",
        "title": "Initial details to the defence",
        "sender": "police-north",
        "receiver": "court-north",
        "owner": "police-north",
        "internal": False,
        "area": "north",
        "severity": "late",
        "level": 0,
        "state": "open",
        "due_us": overdue_us - timedelta(days=3) // timedelta(microseconds=1),
        "overdue_us": overdue_us,
        "time_limit": "28 calendar days",
        "certainty": "C",
        "local_target": False,
        "raised_at": at,
        "changed_at": at,
        "version": 1,
    } | over


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
