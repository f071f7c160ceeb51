"""The projector as a process: clients, loop, watch and health, from start to clean end."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError

from consumers.loop import Loop, Work
from consumers.projector import work
from consumers.refusals import Refusals
from consumers.stopping import stopped_by_signals
from consumers.watch import Watch
from infra import health, kafka
from infra.log import logger
from infra.postgres import connect
from infra.settings import Settings

GROUP = "caseflow-projector"
PROCESS = "projector"
STALLED_SECONDS = 60.0
BROKER_RETRY_SECONDS = 1.0
METADATA_MS = 30_000
"""How soon topics that did not exist at the start are found."""

log = logger(PROCESS)


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    listening: Callable[[int], None] = lambda _: None,
) -> None:
    """Project until SIGTERM, SIGINT or `stop`; returns after a clean end.

    May be started any number of times: Kafka shares the partitions out, the database refuses a stale owner.

    Args:
        settings: both addresses must be known.
        stop: ends the run when set; given, no signal handler is installed.
        listening: told the port of /metrics and /health once they answer.

    Raises:
        RefusalLimitError: the caller ends the process with code 78, so that nobody restarts it.
        Exception: anything else that does not pass by itself; the process should be started again.
    """
    stop = stop or stopped_by_signals()
    consumer = kafka.consumer(settings, group_id=GROUP, client_id=GROUP, metadata_max_age_ms=METADATA_MS)
    producer = kafka.producer(settings)
    loop = Loop(consumer, _work(settings), Refusals(producer, PROCESS), GROUP, settings.max_poll_records)
    watch = Watch(consumer, loop, STALLED_SECONDS)
    consumer.subscribe(list(work.TOPICS), listener=loop.assignment)
    server = health.serve(
        settings.metrics_host, settings.metrics_port, lambda: loop.trouble or watch.trouble, loop.hung
    )
    listening(server.port)
    try:
        if await _started(producer, stop) and await _started(consumer, stop):
            await _both(loop, watch, stop)
            log.info("stopped cleanly")
    finally:
        await consumer.stop()
        await producer.stop()
        server.close()


async def _started(client: AIOKafkaConsumer | AIOKafkaProducer, stop: asyncio.Event) -> bool:
    """Start a client as soon as there is a broker, and return True; False when told to stop before."""
    while not stop.is_set():
        try:
            await client.start()
        except KafkaConnectionError as error:
            log.warning("no broker yet, will try again", error=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), BROKER_RETRY_SECONDS)
        else:
            return True
    return False


async def _both(loop: Loop[work.Rows], watch: Watch, stop: asyncio.Event) -> None:
    """Run loop and watch until the loop ends or one of them fails, and raise what failed."""
    tasks = [asyncio.create_task(loop.run(stop), name="loop"), asyncio.create_task(watch.run(), name="watch")]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _work(settings: Settings) -> Work[work.Rows]:
    async def connected() -> asyncpg.Connection:
        connection = await connect(settings.database_url, GROUP)
        await work.prepare(connection)
        return connection

    return Work(PROCESS, connected, work.decide, work.write)
