"""Both embedded servers of one data directory, together."""

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.embedded.data_directory import Addresses, forget, held, tell
from infra.embedded.kafka import KafkaServer
from infra.embedded.postgres import PostgresServer
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers, running; each may be killed and started again on the same address."""

    kafka: KafkaServer
    postgres: PostgresServer

    @property
    def addresses(self) -> Addresses:
        """Return where they answer."""
        return Addresses(self.kafka.bootstrap, self.postgres.url(), os.getpid())

    def settings(self, base: Settings, database: str | None = None) -> Settings:
        """Return settings that point at them, and at one of the databases (None: `caseflow`)."""
        url = self.postgres.url(database) if database else self.postgres.url()
        return base.at(self.kafka.bootstrap, url)


@asynccontextmanager
async def embedded(data: Path, cache: Path | None = None) -> AsyncIterator[Servers]:
    """Hold the data directory, start both servers at once, say where they are, and stop them at the end.

    While inside, `running(data)` tells other processes the addresses.

    Raises:
        DataDirectoryInUseError: another process holds it.
        EmbeddedServerError: one of them did not come up; the other is stopped again.
    """
    with held(data):
        servers = Servers(KafkaServer(data, cache), PostgresServer(data))
        try:
            await _both(servers.kafka.start(), servers.postgres.start())
            tell(data, servers.addresses)
            yield servers
        finally:
            forget(data)
            await _both(servers.kafka.stop(), servers.postgres.stop())


async def _both(*work: Coroutine[Any, Any, object]) -> None:
    """Let both end, also when one fails, then raise the first failure."""
    results = await asyncio.gather(*work, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
