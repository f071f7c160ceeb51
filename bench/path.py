"""The whole path, running: every process of caseflow, a producer at its front, a connection at its end."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.structs import RecordMetadata

from bench.process import (
    Measured,
    ProcessFailedError,
    family_cpu_seconds,
    folder,
    running,
    usage_of,
)
from bench.raw_events import PROFILE, RawEvent
from infra.kafka import producer
from infra.postgres import connect
from infra.settings import Settings

PROCESSES = ("intake", "timelines", "projector")
LONGEST_S = 180.0
"""A load that is not in the database after this time has failed."""
_PREPARE_S = 60.0
_LOOK_S = 0.05
_CASEFLOW = Path(sys.executable).with_name("caseflow")
_COUNT = "SELECT count(*) FROM case_event WHERE case_ref LIKE $1"
_FOUND = """
SELECT event_id FROM case_event JOIN unnest($1::text[], $2::text[]) AS sent (ref, id)
ON case_ref = sent.ref AND event_id = sent.id
"""


_FOLDED = "SELECT coalesce(sum(events), 0) FROM case_file WHERE case_ref LIKE $1"


class WrongRowsError(RuntimeError):
    """The last event of every partition has a row, and some before it have none, or there are more."""


@dataclass(frozen=True)
class WholePath:
    """What a measurement needs of it."""

    processes: tuple[Measured, ...]
    front: AIOKafkaProducer
    database: asyncpg.Connection
    servers: Mapping[str, int]
    """Process ids of broker and database server by name."""

    def cpu_seconds(self) -> dict[str, float]:
        """Return the CPU seconds used so far by every process, server and this producer; empty without /proc."""
        used = {one.name: family_cpu_seconds(one.pid) for one in self.processes}
        used |= {name: family_cpu_seconds(pid) for name, pid in self.servers.items()}
        own = usage_of(os.getpid())
        used["producer"] = own.cpu_seconds if own else None
        return {name: seconds for name, seconds in used.items() if seconds is not None}

    async def publish(self, events: Iterable[RawEvent]) -> list[RawEvent]:
        """Publish events; return, once the broker has them all, the last one of every partition.

        A partition's records stay in their order to the table, so these stand for all.
        """
        sent = [(event, await self.send(event)) for event in events]
        await self.front.flush()
        last = {}
        for event, future in sent:
            where = await future
            last[where.topic, where.partition] = event
        return list(last.values())

    async def send(self, event: RawEvent) -> asyncio.Future[RecordMetadata]:
        """Hand one event to the producer; the future is done when the broker has it."""
        sent: asyncio.Future[RecordMetadata] = await self.front.send(
            event.topic, event.value, key=event.case.encode()
        )
        return sent

    async def until_arrived(self, events: Iterable[RawEvent]) -> None:
        """Wait until each of these events has a row.

        Raises:
            ProcessFailedError: a process ended, or `LONGEST_S` passed.
        """
        deadline = time.monotonic() + LONGEST_S
        waiting = {event.id: event for event in events}
        while waiting:
            for event_id in await self.arrived(waiting.values()):
                del waiting[event_id]
            self._check(deadline, f"{len(waiting)} partitions are not yet in the database")
            await asyncio.sleep(_LOOK_S)

    async def until_folded(self, name: str, events: int) -> None:
        """Wait until the cases of this load show so many events: then their steps and hand-offs are rows as well.

        Raises:
            ProcessFailedError: a process ended, or `LONGEST_S` passed.
        """
        deadline = time.monotonic() + LONGEST_S
        while (folded := await self.database.fetchval(_FOLDED, f"{name}-%")) < events:
            self._check(deadline, f"load {name}: {folded} of {events} events are on a timeline")
            await asyncio.sleep(_LOOK_S)

    async def check_rows(self, name: str, rows: int) -> None:
        """Raise WrongRowsError unless the load of this name has exactly so many rows."""
        found = await self.database.fetchval(_COUNT, f"{name}-%")
        if found != rows:
            raise WrongRowsError(f"load {name}: {rows} events published, {found} rows in case_event")

    async def arrived(self, events: Iterable[RawEvent]) -> set[str]:
        """Return the ids of those events that have a row."""
        sent = list(events)
        rows = await self.database.fetch(_FOUND, [one.case for one in sent], [one.id for one in sent])
        return {row["event_id"] for row in rows}

    def _check(self, deadline: float, missing: str) -> None:
        for process in self.processes:
            process.check_alive()
        if time.monotonic() > deadline:
            logs = ", ".join(str(process.log) for process in self.processes)
            raise ProcessFailedError(f"{missing} after {LONGEST_S:.0f} s; the logs: {logs}")


@asynccontextmanager
async def whole_path(
    settings: Settings, servers: Mapping[str, int], scratch: Path
) -> AsyncIterator[WholePath]:
    """Make topics and tables, start every process, and end them when the block does.

    Raises:
        ProcessFailedError: topics or tables could not be made.
    """
    own = folder(scratch, "path")
    environment = {
        "CASEFLOW_KAFKA": settings.bootstrap,
        "CASEFLOW_DATABASE": settings.database_url,
        "CASEFLOW_DATA": str(own),
        "CASEFLOW_PROFILE": PROFILE,
        "CASEFLOW_LOG_LEVEL": "WARNING",
    }
    await _to_its_end("topics-apply", ["topics", "apply"], own, environment)
    await _to_its_end("db-migrate", ["db", "migrate"], own, environment)
    async with AsyncExitStack() as stack:
        processes = [
            await stack.enter_async_context(
                running(name, [_CASEFLOW, "run", name], own, environment, heard=False)
            )
            for name in PROCESSES
        ]
        front = producer(settings, linger_ms=5)
        await front.start()
        stack.push_async_callback(front.stop)
        database = await connect(settings.database_url, "bench")
        stack.push_async_callback(database.close)
        yield WholePath(tuple(processes), front, database, servers)


async def _to_its_end(name: str, command: list[str], scratch: Path, environment: dict[str, str]) -> None:
    async with running(name, [_CASEFLOW, *command], scratch, environment, heard=False) as process:
        async with asyncio.timeout(_PREPARE_S):
            code = await process.child.wait()
        if code:
            raise process.failed(f"ended with code {code}")
