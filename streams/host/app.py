"""A Faust app on the exactly-once host: one agent, its sources, and the table of its states."""

import asyncio
import gc
import logging
import time
from collections.abc import Iterable
from pathlib import Path

import faust
from yarl import URL

from infra.kafka import kafka_client_options
from infra.settings import Settings
from streams.host.assignor import SeeingAssignor
from streams.host.driver import HostTransport
from streams.host.effects import MakeProcessor
from streams.host.host import Host

ROCKSDB = {"driver": "rocksdict", "block_cache_size": 32 << 20, "write_buffer_size": 16 << 20}
"""Faust's defaults are 2 GiB of block cache and three 64 MiB buffers for every partition."""
MAX_FETCH_BYTES = 4 << 20
BEAT_S = 1.0
COLLECT_AFTER = (50_000, 20, 1_000)
"""Folding makes many small objects and no cycles: with Python's 700 a seventh of the time went into looking.
Looking through everything held (20,000 cases of twelve events) stops the worker for a third of a second, so
that is rare; what does make cycles, the clients, makes short-lived ones."""
RAW = {"key_type": bytes, "value_type": bytes, "key_serializer": "raw", "value_serializer": "raw"}


class HostApp(faust.App):
    """A Faust app whose transport is the host's."""

    host: Host

    def _new_transport(self) -> HostTransport:
        return HostTransport(self.conf.broker_consumer, self)


def build(
    name: str, sources: Iterable[str], make: MakeProcessor, settings: Settings, table: str | None = None
) -> HostApp:
    """Return an app that folds `sources` with a processor per partition number.

    Args:
        name: the app's id: also its consumer group and the stem of its transactional ids; fixed for life.
        sources: topics of one partition count, folded together by partition number.
        make: makes the processor of a partition number, at each assignment.
        settings: addresses, store, batch size, session timeout.
        table: the compacted topic that keeps the processor's states; None for a processor without.
    """
    app = HostApp(name, **_configuration(settings, has_table=table is not None))
    app.host = Host(app, settings, sources := tuple(sources), make)
    if table is not None:
        changelog = app.topic(table, compacting=True, partitions=settings.partitions, **RAW)
        options = dict(ROCKSDB) if settings.store == "rocksdb" else None
        app.Table(
            "states",
            partitions=settings.partitions,
            changelog_topic=changelog,
            key_type=bytes,
            value_type=bytes,
            options=options,
        )

    async def fold(stream: faust.StreamT) -> None:
        async for event in stream.events():
            app.host.accept(event.message.value)

    app.agent(app.topic(*sources, **RAW), name="fold", concurrency=1)(fold)
    app.on_before_shutdown.connect(_close, weak=False)
    return app


async def _close(app: HostApp, **_: object) -> None:
    await app.host.stop()


def run(app: HostApp) -> None:
    """Run the app until a signal ends it; blocks. A failure ends the process with an exit code of its own."""
    logging.getLogger("faust").setLevel(logging.WARNING)
    gc.freeze()  # what the imports made stays
    gc.set_threshold(*COLLECT_AFTER)
    worker = faust.Worker(app, quiet=True, loglevel=None, redirect_stdouts=False, override_logging=False)
    _beat(worker.loop, app.host)
    worker.spinner = None  # it would write to standard output
    worker.execute_from_commandline()


def _beat(loop: asyncio.AbstractEventLoop, host: Host) -> None:
    """Note every second that the event loop turns: a watchdog in another thread looks at it."""
    host.turned_at = time.monotonic()
    loop.call_later(BEAT_S, _beat, loop, host)


def _configuration(settings: Settings, *, has_table: bool) -> dict[str, object]:
    """Return Faust's settings; the reason stands beside each that is not its default."""
    return {
        "broker_credentials": _credentials(settings),
        "broker": [URL(f"kafka://{address}") for address in settings.bootstrap.split(",")],
        "store": f"{settings.store}://",
        "datadir": _data_folder(settings),
        "web_enabled": False,  # health and metrics have a server of their own
        "topic_disable_leader": True,
        "topic_allow_declare": False,  # topics are created by `caseflow topics apply` alone
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": MAX_FETCH_BYTES,
        "broker_max_poll_records": settings.max_poll_records,
        "broker_session_timeout": settings.session_timeout_s,
        "broker_heartbeat_interval": max(0.1, settings.session_timeout_s / 10),
        "broker_commit_interval": 1.0,  # bookkeeping only
        "stream_buffer_maxsize": 64,  # counts batches; lanes hold back the fetching long before
        # Without a table Faust takes its co-partitioned assignor only where standbys are asked for.
        "table_standby_replicas": 0 if has_table else 1,
        "PartitionAssignor": SeeingAssignor,
        "agent_supervisor": "mode.CrashingSupervisor",
        "worker_redirect_stdouts": False,
    }


def _credentials(settings: Settings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    """Return what Faust's consumer authenticates with: the same as every other client."""
    options = kafka_client_options(settings)
    if "sasl_mechanism" in options:
        return faust.SASLCredentials(
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            mechanism=options["sasl_mechanism"],
            ssl_context=options.get("ssl_context"),
        )
    return faust.SSLCredentials(options["ssl_context"]) if "ssl_context" in options else None


def _data_folder(settings: Settings) -> Path:
    """Return this worker's own folder, so that two on one machine never share a store."""
    folder = settings.data / "stores" / settings.worker
    folder.mkdir(parents=True, exist_ok=True)
    return folder
