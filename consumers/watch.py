"""Looks at a loop from outside: lag, offsets for Kafka's lag tools, and a client that silently hangs.

aiokafka can stop delivering without an error. The watch therefore asks the broker itself for the ends of the
partitions: an answer with records beyond a position that does not move means that the client hangs. No
answer means that the broker is away: that passes, and only readiness shows it.
"""

import asyncio
import time

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from consumers.failures import StalledError
from consumers.loop import Loop, Rows
from infra import metrics
from infra.log import logger

EVERY_SECONDS = 2.0
ANSWER_SECONDS = 10.0

log = logger("consumer.watch")


class Watch:
    """Watches one loop; `trouble` says why the broker cannot be asked, None when it answers."""

    def __init__(self, consumer: AIOKafkaConsumer, loop: Loop[Rows], limit_seconds: float) -> None:
        """Give up on the client after `limit_seconds` without movement in spite of lag."""
        self._consumer = consumer
        self._loop = loop
        self._limit = limit_seconds
        self._moved: dict[TopicPartition, tuple[int, float]] = {}
        self._committed: dict[TopicPartition, int] = {}
        self.trouble: str | None = None

    async def run(self) -> None:
        """Look every two seconds until cancelled.

        Raises:
            StalledError: the client hangs: the process must end and be started again.
        """
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            stored = {tp: position.next_offset for tp, position in self._loop.assignment.positions.items()}
            if not stored:
                self._moved.clear()
                continue
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    ends = await self._consumer.end_offsets(list(stored))
                    await self._commit(stored)
            except (KafkaError, TimeoutError) as error:
                self.trouble = f"the broker does not answer: {type(error).__name__}"
                self._moved.clear()
                continue
            self.trouble = None
            self._judge(stored, ends)

    async def _commit(self, stored: dict[TopicPartition, int]) -> None:
        if stored == self._committed:
            return
        try:
            await self._consumer.commit(stored)
            self._committed = stored
        except (IllegalStateError, CommitFailedError):  # a rebalance came in between; the next look commits
            log.info("not committed to Kafka: the assignment has changed")

    def _judge(self, stored: dict[TopicPartition, int], ends: dict[TopicPartition, int]) -> None:
        now = time.monotonic()
        metrics.LAG.clear()  # partitions that went to another process are its to show
        for tp, end in ends.items():
            lag = max(0, end - stored[tp])
            metrics.LAG.labels(tp.topic, tp.partition).set(lag)
            offset, since = self._moved.get(tp, (-1, now))
            if lag == 0 or offset != stored[tp] or self._loop.trouble:
                self._moved[tp] = (stored[tp], now)
            elif now - since > self._limit:
                raise StalledError(
                    f"{tp.topic}-{tp.partition} stands at {stored[tp]} for {now - since:.0f} s, yet the log "
                    f"goes on to {end} and the broker answers: the client hangs; start this process again"
                )
