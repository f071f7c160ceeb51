"""Queues: one task per route and receiver that has something to send, so that nobody waits for another."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from consumers.alerts.deliveries import Taken, mark, take
from consumers.alerts.forming import Queue, form
from consumers.alerts.message import Kind
from consumers.alerts.outcomes import Failed, Outcome
from consumers.alerts.post import Post
from consumers.alerts.retry import Again, Attempt, Parked, Sent, step_after
from infra import clock, faults, metrics
from infra.log import logger
from models.instants import to_us
from models.routes import RouteList, What

WITH_WORK = """
SELECT route, receiver, bool_or(due) AS due FROM (
    SELECT DISTINCT route, receiver, true AS due FROM alert_delivery
    WHERE state = 'pending' AND next_try_at <= $1
    UNION ALL SELECT DISTINCT route, receiver, false FROM alert_delivery_item WHERE delivery IS NULL
) AS work GROUP BY route, receiver
"""
"""Where an attempt is due, or something waits to become a message."""

LONGEST_ATTEMPT_S = 60.0
"""Longer than any channel's own limit: a call that hangs must not hold its queue for ever."""

log = logger("alerts")


@dataclass(frozen=True, slots=True)
class Partnership:
    """What the profile says about alerts: its routes, and where its days begin."""

    routes: RouteList
    zone: ZoneInfo


class Queues:
    """The queues of one dispatcher: one that is busy is told to look once more, and never runs twice."""

    def __init__(self, pool: asyncpg.Pool, partnership: Partnership, post: Post) -> None:
        """Use an open pool."""
        self._pool = pool
        self._partnership = partnership
        self._post = post
        self._tasks: dict[Queue, asyncio.Task[None]] = {}
        self._again: set[Queue] = set()
        self._not_before: dict[Queue, datetime] = {}

    async def start(self, connection: asyncpg.Connection, at: datetime) -> None:
        """Start a task for every queue that may have something to do now.

        Raises:
            Exception: what ended a queue since the last call.
        """
        self.check()
        for row in await connection.fetch(WITH_WORK, at):
            route = self._partnership.routes.named(row["route"])
            if route is None:  # it has left the profile: what was meant for it stays, and the metrics show it
                continue
            queue = Queue(route, row["receiver"])
            if queue in self._tasks:
                self._again.add(queue)
            elif row["due"] or self._not_before.get(queue, at) <= at:
                self._tasks[queue] = asyncio.create_task(self._work_off(queue), name=route.name)

    def check(self) -> None:
        """Forget the queues that have ended; raise what one of them failed with."""
        for queue, task in [(queue, task) for queue, task in self._tasks.items() if task.done()]:
            del self._tasks[queue]
            task.result()

    async def end(self, within_s: float) -> None:
        """Let the attempts under way end, for so long at most; what is cut off is repeated by its id."""
        running = list(self._tasks.values())
        if running:
            _, late = await asyncio.wait(running, timeout=within_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        self._tasks.clear()

    async def _work_off(self, queue: Queue) -> None:
        while True:
            self._again.discard(queue)
            await self._form(queue)
            while await self._send_next(queue):
                pass
            if queue not in self._again:
                return

    async def _form(self, queue: Queue) -> None:
        settings, zone = self._partnership.routes.alerts, self._partnership.zone
        async with self._pool.acquire() as connection:
            formed = await form(connection, queue, settings, zone, clock.now())
        if formed.not_before is None:
            self._not_before.pop(queue, None)
        else:
            self._not_before[queue] = formed.not_before

    async def _send_next(self, queue: Queue) -> bool:
        """Return whether there was a message and its target took it: then there may be another."""
        async with self._pool.acquire() as connection:
            taken = await take(connection, queue, self._partnership.zone, clock.now())
        if taken is None:
            return False
        outcome = await self._attempt(queue, taken)
        faults.passing("alerts: after sending")
        at = clock.now()
        attempt = Attempt(taken.message.id, taken.attempt, taken.made_at, at)
        patience = timedelta(hours=self._partnership.routes.alerts.park_after_hours)
        step = step_after(attempt, outcome, patience)
        async with self._pool.acquire() as connection:
            await mark(connection, taken, step, at)
        _tell(queue, taken, step, at)
        return isinstance(step, Sent)

    async def _attempt(self, queue: Queue, taken: Taken) -> Outcome:
        """Return what became of an attempt: whatever one target does, the others go on, and this one is parked.

        An error that nobody foresaw is told by its name alone: its words may hold an address.
        """
        try:
            async with asyncio.timeout(LONGEST_ATTEMPT_S):
                return await self._post.send(taken.message, queue.route, taken.target)
        except Exception as error:  # noqa: BLE001 - a mistyped address must not stop every other receiver
            return Failed(f"the attempt ended with {type(error).__name__}: look at the target's address")


def _tell(queue: Queue, taken: Taken, step: Sent | Again | Parked, at: datetime) -> None:
    """Count and log what became of an attempt: the message by its id and route, never what it says."""
    labels = (queue.route.name, queue.route.channel)
    told = {"message": taken.message.id, "route": queue.route.name, "receiver": queue.receiver}
    match step:
        case Sent(note):
            metrics.ALERT_MESSAGES_SENT.labels(*labels).inc()
            _measure(queue, taken, at)
            log.info("sent", **told, alerts=len(taken.message.lines), note=note)
        case Again(next_at, why):
            metrics.ALERT_ATTEMPTS_FAILED.labels(*labels).inc()
            log.warning("will try again", **told, why=why, attempt=taken.attempt, at=next_at.isoformat())
        case Parked(why):
            metrics.ALERT_ATTEMPTS_FAILED.labels(*labels).inc()
            log.error("parked: see `caseflow alerts parked`", **told, why=why, attempt=taken.attempt)


def _measure(queue: Queue, taken: Taken, at: datetime) -> None:
    if taken.message.kind is Kind.DIGEST:
        return
    for line in taken.message.lines:
        if line.what == What.RAISED and line.deadline is not None:
            seconds = (to_us(at) - to_us(datetime.fromisoformat(line.deadline))) / 1e6
            metrics.ALERT_SECONDS_FROM_DEADLINE.labels(queue.route.channel).observe(seconds)
