"""A real PostgreSQL from a wheel, for one data directory, on a Unix socket only."""

import asyncio
import subprocess
from pathlib import Path
from urllib.parse import quote

import asyncpg

from infra.embedded.child import Child
from infra.embedded.errors import EmbeddedServerError
from infra.embedded.postgres_programs import program
from infra.embedded.postgres_user import lend, open_the_way, user
from infra.embedded.socket_folder import make_private, socket_folder

START_WITHIN_S = 60.0
DATABASE = "caseflow"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",  # only who runs it, and root
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    # Nobody replicates from it, and a crash must lose nothing: fsync and synchronous_commit stay on.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresServer:
    """The server of `<data>/postgres`: `start`, `stop`, `kill`, and started again on the same data.

    It listens on a Unix socket alone, trusts whoever may open it, and ends with the process that started it.
    As root it runs as the user `pgserver`, to whom the parent folders are opened for passing through.
    """

    def __init__(self, data: Path) -> None:
        """Name the data directory."""
        self.folder = data.resolve() / "postgres"
        self.user = user()
        self.socket = socket_folder(self.folder)
        self.child = Child("PostgreSQL", self.folder, "SIGINT", self.user)

    def url(self, database: str = DATABASE) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        return f"postgresql+asyncpg://postgres@/{database}?host={quote(str(self.socket), safe='/')}"

    async def start(self) -> str:
        """Start the server, wait until it answers, and return the URL of the database `caseflow`.

        A first start makes the cluster and the database.

        Raises:
            EmbeddedServerError: it did not come up.
        """
        await asyncio.to_thread(self._prepare)
        options = SETTINGS | {"unix_socket_directories": str(self.socket)}
        pairs = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.child.start([str(program("postgres")), "-D", str(self._cluster), *pairs])
        await self.child.ready(self._answers, START_WITHIN_S)
        await self.create(DATABASE)
        return self.url()

    async def stop(self) -> None:
        """Stop cleanly, ending open connections. May be repeated."""
        await self.child.stop()
        if self.socket != self.folder and self.socket.exists():
            self.socket.rmdir()

    async def kill(self) -> None:
        """Kill the server with SIGKILL; its helpers end by themselves, and `start` brings it back."""
        await self.child.kill()

    async def create(self, database: str) -> None:
        """Create a database unless it is there."""
        connection = await self._connect()
        try:
            await connection.execute(f'create database "{database}"')
        except asyncpg.DuplicateDatabaseError:
            pass
        finally:
            await connection.close()

    async def drop(self, database: str) -> None:
        """Drop a database, ending its connections."""
        connection = await self._connect()
        try:
            await connection.execute(f'drop database if exists "{database}" with (force)')
        finally:
            await connection.close()

    @property
    def _cluster(self) -> Path:
        return self.folder / "data"

    def _prepare(self) -> None:
        for folder in (self.folder, self.socket):
            make_private(folder, self.user)
            open_the_way(folder, self.user)
        lend(program("postgres").parents[1], self.user)
        if not (self._cluster / "PG_VERSION").exists():
            self._make_cluster()

    def _make_cluster(self) -> None:
        how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        command = [str(program("initdb")), *how, "-D", str(self._cluster)]
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            user=self.user or None,
            group=self.user or None,
            extra_groups=[] if self.user else None,
        )
        if done.returncode:
            raise EmbeddedServerError(
                f"PostgreSQL could not make {self._cluster}: {done.stderr.strip()[-2000:]}"
            )

    async def _answers(self) -> bool:
        try:
            connection = await self._connect()
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(host=str(self.socket), user="postgres", database="postgres", timeout=5)
