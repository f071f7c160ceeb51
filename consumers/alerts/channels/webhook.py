"""Signed JSON over HTTP: the receiver can tell who sent it, when, and whether it is a repeat."""

import hmac
import os
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

import aiohttp

from consumers.alerts.message import Kind, Message, body
from consumers.alerts.outcomes import Accepted, Failed, Outcome, Wrong
from consumers.alerts.wording import list_as_csv
from infra.alert_targets import WebhookTarget
from infra.clock import now

TIME_OUT = aiohttp.ClientTimeout(total=10.0, connect=5.0)
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
"""Of the answers 4xx those that say: later."""


class WebhookChannel:
    """Posts to the targets of one installation, each message over a connection of its own.

    A connection that is kept may be dead without anybody knowing, and a shared number of them would let the slow
    delay the others.
    """

    def __init__(self, targets: Mapping[str, WebhookTarget]) -> None:
        """Belong to the running event loop."""
        self._targets = targets
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        self._session = aiohttp.ClientSession(connector=connector, timeout=TIME_OUT)

    async def send(self, message: Message, target: str) -> Outcome:
        """Post a message and return what the answer means; redirects are not followed."""
        found = self._targets.get(target)
        if found is None:
            return Failed(f"the targets file has no [webhook.{target}]", may_have_left=False)
        content = body(message, list_as_csv(message) if message.kind in {Kind.GROUPED, Kind.DIGEST} else None)
        try:
            async with self._session.post(
                found.url.get_secret_value(),
                data=content,
                headers=headers(message, content, found.secret.get_secret_value()),
                allow_redirects=False,
            ) as answer:
                return outcome_of(answer.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return failure_of(error)

    async def close(self) -> None:
        """Give the connections back."""
        await self._session.close()


def headers(message: Message, content: bytes, secret: str) -> dict[str, str]:
    """Return the headers of a message sent now."""
    timestamp = str(int(now().timestamp()))
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "Caseflow-Timestamp": timestamp,
        "Caseflow-Signature": f"v1={signature(secret, timestamp, content)}",
        "Caseflow-Delivery": message.id,
    }


def signature(secret: str, timestamp: str, content: bytes) -> str:
    """Return HMAC-SHA256 (hex) over timestamp, a dot and the body, as a receiver computes it too."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + content, sha256).hexdigest()


def outcome_of(status: int) -> Outcome:
    """Return what an answer means: 2xx has it; 4xx never will, but for those that say later; the rest passes."""
    said = f"it answered {status}"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Accepted()
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Wrong(said) if refused and status not in PASSING else Failed(said)


def failure_of(error: Exception) -> Failed:
    """Return what an attempt without an answer means; the words name no address."""
    match error:
        case aiohttp.ClientSSLError():
            return Failed("no secure connection: its certificate is not trusted", may_have_left=False)
        case aiohttp.ClientConnectorError():
            number = error.os_error.errno or 0
            reason = os.strerror(number) if number > 0 else "its name is not known"
            return Failed(f"no connection: {reason}", may_have_left=False)
        case aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return Failed(f"no connection: {type(error).__name__}", may_have_left=False)
        case _:
            return Failed(f"no answer: {type(error).__name__}")
