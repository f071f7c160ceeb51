"""A webhook's other end, in the process of the benchmark: what arrived, and when."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from aiohttp import web

from bench.delays.recalls import load_of
from infra.clock import now_us

RAISED = "raised"
_MOST_BYTES = 64 << 20


class Arrived(NamedTuple):
    """One request: when its last byte was here, and what it tells as (case, what)."""

    at_us: int
    delivery: str
    receiver: str
    size: int
    lines: tuple[tuple[str, str], ...]


@dataclass
class Receiver:
    """Keeps every request, repeats too, and accepts it."""

    address: str = ""
    requests: list[Arrived] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """Keep one request."""
        content = await request.read()
        at_us, data = now_us(), orjson.loads(content)["data"]
        lines = tuple((line["case"], line["what"]) for line in data["alerts"])
        delivery = request.headers["Caseflow-Delivery"]
        self.requests.append(Arrived(at_us, delivery, data["receiver"], len(content), lines))
        return web.Response()

    def about(self, load: str) -> list[Arrived]:
        """Return the requests that tell of a case of this load."""
        return [one for one in self.requests if any(load_of(ref) == load for ref, _ in one.lines)]

    def first_told(self, load: str) -> dict[str, int]:
        """Return when each case of a load was first told to be late, in microseconds."""
        found: dict[str, int] = {}
        for ref, at_us in self._raised(load):
            found.setdefault(ref, at_us)
        return found

    def repeats(self, load: str) -> int:
        """Return how often a case was told to be late once more, repeated deliveries included."""
        told = Counter(ref for ref, _ in self._raised(load))
        return told.total() - len(told)

    def _raised(self, load: str) -> Iterator[tuple[str, int]]:
        for one in self.requests:
            for ref, what in one.lines:
                if what == RAISED and load_of(ref) == load:
                    yield ref, one.at_us


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Listen on a loopback port while the block lasts."""
    receiver = Receiver()
    app = web.Application(client_max_size=_MOST_BYTES)
    app.router.add_post("/alerts", receiver.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/alerts"
        yield receiver
    finally:
        await runner.cleanup()
