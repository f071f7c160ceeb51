"""Where the demonstration's alerts go: a mailbox file behind a real mail server, and a webhook that prints."""

import asyncio
import mailbox
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from caseflow.console import say
from models.profile import Profile
from models.routes import Channel, What
from publishers.sdk import fresh_id

MAILBOX, TARGETS = "mailbox.mbox", "alert-targets.toml"
LINES_PER_MESSAGE = 3


@dataclass
class Receivers:
    """What the two have received so far."""

    folder: Path
    mails: int = 0
    posts: int = 0
    alerts: int = 0
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def mailbox(self) -> Path:
        """The file of mails, which any mail reader opens."""
        return self.folder / MAILBOX

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's name and arguments
        """Keep a mail in the mailbox, and then accept it."""
        content = envelope.content
        message = message_from_bytes(content if isinstance(content, bytes) else (content or "").encode())
        async with self._one_at_a_time:
            await asyncio.to_thread(self._keep, message)
        self.mails += 1
        return "250 kept"

    def _keep(self, message: Message) -> None:
        kept = mailbox.mbox(self.mailbox)
        kept.lock()
        try:
            kept.add(message)
            kept.flush()
        finally:
            kept.close()

    async def take(self, request: web.Request) -> web.Response:
        """Print a message as a person would want to see it, and accept it."""
        data = orjson.loads(await request.read())["data"]
        self.posts += 1
        self.alerts += data["count"]
        parts = [f"{one['handOff']} {one['title']} x {one['count']}" for one in data["byHandOff"]]
        parts += [f"{one['kind']} {one['title']}" for one in data["alerts"] if _is_open_signal(one)]
        more = f" and {len(parts) - LINES_PER_MESSAGE} more" if len(parts) > LINES_PER_MESSAGE else ""
        told = ", ".join(parts[:LINES_PER_MESSAGE]) + more
        say(f"  webhook: {_alerts(data['count'])}: {told or 'all over'}")
        return web.Response()


def _is_open_signal(line: dict[str, Any]) -> bool:
    return "signal" in line and line["what"] != What.RESOLVED


def _alerts(count: int) -> str:
    return "an alert" if count == 1 else f"{count} alerts"


@asynccontextmanager
async def receiving(folder: Path, profile: Profile) -> AsyncIterator[tuple[Receivers, Path]]:
    """Listen on loopback for the time of the block; gives what is received, and the targets file that leads here.

    Every e-mail and webhook route of the profile leads to the two; a route to a chat service leads nowhere, and its
    messages stay pending.
    """
    receivers = Receivers(folder)
    app = web.Application(client_max_size=16 << 20)
    app.router.add_post("/alerts", receivers.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    loop = asyncio.get_running_loop()
    mail = await loop.create_server(lambda: SMTP(receivers, hostname="localhost", loop=loop), "127.0.0.1", 0)
    ports = runner.addresses[0][1], mail.sockets[0].getsockname()[1]
    try:
        yield receivers, await asyncio.to_thread(_write_targets, folder / TARGETS, profile, *ports)
    finally:
        mail.close()
        await mail.wait_closed()
        await runner.cleanup()


def _write_targets(file: Path, profile: Profile, web_port: int, mail_port: int) -> Path:
    """Write the targets file, readable for its owner alone; the key of pseudonyms outlives a restart."""
    names = {channel: sorted(_names(profile, channel)) for channel in (Channel.WEBHOOK, Channel.EMAIL)}
    hooks = "".join(
        f'[webhook.{name}]\nurl = "http://127.0.0.1:{web_port}/alerts"\nsecret = "{fresh_id()}"\n\n'
        for name in names[Channel.WEBHOOK]
    )
    to = "".join(f'{name} = ["{name}@example.invalid"]\n' for name in names[Channel.EMAIL])
    server = f'[email]\nhost = "127.0.0.1"\nport = {mail_port}\nsender = "caseflow@example.invalid"\ntls = "none"\n'
    text = f'pseudonym_key = "{_kept_key(file)}"\n\n{hooks}{server}\n[email.to]\n{to}'
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    return file


def _names(profile: Profile, channel: Channel) -> set[str]:
    """Return the targets that the routes of a channel may ask for: their own, or one for each agency."""
    found: set[str] = set()
    for route in profile.routes.routes:
        if route.channel is channel:
            named = route.target or route.receiver
            found |= {named} if named else {*profile.agencies, *profile.head.parties}
    return found


def _kept_key(file: Path) -> str:
    if file.exists():
        known = tomllib.loads(file.read_text(encoding="utf-8")).get("pseudonym_key")
        if isinstance(known, str):
            return known
    return fresh_id()
