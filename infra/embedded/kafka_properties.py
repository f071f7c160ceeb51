"""What the embedded Kafka is told: its server.properties, and the two loopback ports that it listens on."""

import contextlib
import json
import logging
import secrets
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.embedded.errors import EmbeddedServerError

# Below the ports that operating systems hand out: a client that retries against a stopped broker on such a
# port can connect to itself there, and the broker would find its own port taken.
LOWEST, HIGHEST = 20_000, 32_000
LOG = logging.getLogger("caseflow.embedded")

FIXED = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "auto.create.topics.enable": "false",
    # A raw message may have 16 MiB (it becomes a dead letter with a reason), an internal one 20 MiB.
    "message.max.bytes": str(20 << 20),
    "replica.fetch.max.bytes": str(20 << 20),
    # One machine: one copy of everything, and 8 partitions instead of 50 of the broker's own topics.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "8",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "8",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # Positions outlive any holiday: with Kafka's seven days a laptop switched on again would read all anew.
    "offsets.retention.minutes": str(10 * 365 * 24 * 60),
    # A killed broker may come back when its last session is over: 3 s instead of 9.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
    "log.cleaner.dedupe.buffer.size": str(32 << 20),
    "log.cleaner.threads": "1",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "num.recovery.threads.per.data.dir": "2",
    "background.threads": "4",
}


@dataclass(frozen=True, slots=True)
class Ports:
    """The loopback ports of one data directory."""

    broker: int
    controller: int


def ports(folder: Path) -> Ports:
    """Return the ports of this data directory: those of the last time, unless someone else listens there now.

    New ones are written down at once. Nothing else knows them: addresses are told anew at every start.
    """
    file = folder / "ports.json"
    last = Ports(**json.loads(file.read_text())) if file.exists() else Ports(0, 0)
    chosen = Ports(*(port if is_free(port) else free_port() for port in (last.broker, last.controller)))
    if last.broker and chosen != last:
        LOG.warning("ports %s are in use by someone else: Kafka moves to %s", last, chosen)
    file.write_text(json.dumps(asdict(chosen)) + "\n")
    return chosen


def properties(folder: Path, at: Ports) -> str:
    """Return the text of server.properties."""
    broker, controller = f"127.0.0.1:{at.broker}", f"127.0.0.1:{at.controller}"
    here = {
        "controller.quorum.voters": f"1@{controller}",
        "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{broker}",
        "log.dirs": str(folder / "data"),
    }
    head = "# Written anew at every start by infra/embedded/kafka_properties.py."
    return "\n".join([head, *(f"{name}={value}" for name, value in (FIXED | here).items()), ""])


def is_free(port: int) -> bool:
    """Return whether a server could listen on this loopback port now (0: no port, so no)."""
    if not port:
        return False
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as Kafka does: old connections do not count
        probe.bind(("127.0.0.1", port))
        return True
    return False


def free_port() -> int:
    """Return a free loopback port by chance, so that two data directories seldom want the same."""
    for _ in range(200):
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if is_free(port):
            return port
    raise EmbeddedServerError(f"no free port found between {LOWEST} and {HIGHEST} on 127.0.0.1; free some")
