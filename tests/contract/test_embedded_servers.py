"""What the embedded servers promise: data stays, locks are honest, tampering is refused, nothing is left."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import NewTopic

from infra import kafka
from infra.embedded import (
    DataDirectoryInUseError,
    JarMismatchError,
    KafkaServer,
    PostgresServer,
    Servers,
    embedded,
    running,
)
from infra.embedded.jars import class_path, locked
from infra.settings import Settings
from infra.topics import RAW_MAX_BYTES
from tests.support.servers import eventually, fresh_servers

pytestmark = pytest.mark.servers
TOPIC = "caseflow.kept"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def process(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def say(settings: Settings, value: bytes) -> None:
    async with kafka.producer(settings) as producer:
        await producer.send_and_wait(TOPIC, value)


async def heard(settings: Settings, count: int) -> list[bytes]:
    async with kafka.consumer(settings, TOPIC) as consumer:
        return [(await asyncio.wait_for(consumer.getone(), 20)).value for _ in range(count)]


async def fill(servers: Servers, settings: Settings) -> None:
    admin = kafka.admin(settings)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 1, 1)])
    await admin.close()
    await say(settings, b"first")
    await in_database(servers, "create table kept (it text)")
    await in_database(servers, "insert into kept values ('first')")


async def in_database(servers: Servers, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(
        host=str(servers.postgres.socket), user="postgres", database="caseflow"
    )
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


async def test_a_second_start_finds_the_data_and_the_addresses_of_the_first(tmp_path: Path) -> None:
    async with fresh_servers(tmp_path) as servers:
        settings = servers.settings(Settings())
        await fill(servers, settings)
    async with fresh_servers(tmp_path) as again:
        assert again.addresses == servers.addresses
        assert await heard(settings, 1) == [b"first"]
        assert [row["it"] for row in await in_database(again, "select it from kept")] == ["first"]


async def test_killed_servers_come_back_on_their_addresses_with_their_data(tmp_path: Path) -> None:
    async with fresh_servers(tmp_path) as servers:
        settings = servers.settings(Settings())
        await fill(servers, settings)
        await asyncio.gather(servers.kafka.kill(), servers.postgres.kill())
        await asyncio.gather(servers.kafka.start(), servers.postgres.start())
        await say(settings, b"second")
        assert await heard(settings, 2) == [b"first", b"second"]
        assert len(await in_database(servers, "select it from kept")) == 1


async def test_no_topic_appears_by_accident_and_every_listener_is_on_loopback(servers: Servers) -> None:
    admin = kafka.admin(servers.settings(Settings()))
    await admin.start()
    before = await admin.list_topics()
    await admin.describe_topics(["caseflow.never-created"])
    assert await admin.list_topics() == before
    await admin.close()
    listeners = (servers.kafka.folder / "server.properties").read_text()
    assert listeners.count("127.0.0.1") == listeners.count("://") + 1
    assert await in_database(servers, "select 1 where current_setting('listen_addresses') = ''")


async def test_a_message_of_sixteen_mebibytes_passes(servers: Servers) -> None:
    settings = servers.settings(Settings())
    big = b"x" * (RAW_MAX_BYTES - 1024)
    admin = kafka.admin(settings)
    await admin.start()
    config = {"max.message.bytes": str(RAW_MAX_BYTES)}
    await admin.create_topics([NewTopic(TOPIC, 1, 1, topic_configs=config)])
    await say(settings, big)
    assert await heard(settings, 1) == [big]
    await admin.delete_topics([TOPIC])
    await admin.close()


async def test_the_database_forgets_nothing_that_it_said_yes_to(servers: Servers) -> None:
    for safe in ("fsync", "synchronous_commit", "full_page_writes"):
        [row] = await in_database(servers, f"select current_setting('{safe}') as it")
        assert row["it"] == "on"


async def test_a_clean_stop_leaves_no_process_and_no_address(tmp_path: Path) -> None:
    async with fresh_servers(tmp_path) as servers:
        processes = [servers.kafka.child.pid, servers.postgres.child.pid]
        assert all(alive(pid) for pid in processes)
        assert running(tmp_path / "caseflow") == servers.addresses
    assert not any(alive(pid) for pid in processes)
    assert running(tmp_path / "caseflow") is None


async def test_servers_end_with_a_supervisor_that_is_killed_and_its_lock_is_taken_over(
    tmp_path: Path,
) -> None:
    program = """
        import asyncio, sys
        from pathlib import Path
        from infra.embedded import embedded
        from infra.settings import Settings
        async def main():
            async with embedded(Path(sys.argv[1]), Settings().cache) as servers:
                print(servers.kafka.child.pid, servers.postgres.child.pid, flush=True)
                await asyncio.Event().wait()
        asyncio.run(main())
    """
    data = tmp_path / "caseflow"
    with process(program, str(data)) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(pid) for pid in (await asyncio.to_thread(supervisor.stdout.readline)).split()]
        assert running(data) is not None
        with pytest.raises(DataDirectoryInUseError, match=f"in use by process {supervisor.pid}"):
            await embedded(data).__aenter__()
        supervisor.send_signal(signal.SIGKILL)
    assert running(data) is None
    async with fresh_servers(tmp_path) as taken_over:
        assert taken_over.addresses.keeper == os.getpid()

        async def gone() -> bool:
            return not any(alive(pid) for pid in pids)

        await eventually(gone, what="the killed supervisor's servers end")


async def test_a_port_that_someone_else_took_meanwhile_is_replaced(tmp_path: Path) -> None:
    server = KafkaServer(tmp_path, Settings().cache)
    first = await server.start()
    await server.stop()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", int(first.rpartition(":")[2])))
        stranger.listen()
        second = await server.start()
        await server.stop()
    assert second != first


async def test_a_jar_that_is_not_the_locked_one_is_refused_before_anything_starts(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(Path(class_path(cache=Settings().cache).split(":")[0]).parent, cache / "jars")
    tampered = cache / "jars" / locked()[0].file_name
    tampered.write_bytes(tampered.read_bytes() + b" ")
    server = KafkaServer(tmp_path / "data", cache)
    with pytest.raises(JarMismatchError, match=tampered.name):
        await server.start()
    assert not server.child.running


async def test_a_long_data_path_gets_a_short_private_socket(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / ("long" * 25))
    assert server.socket != server.folder
    try:
        url = await server.start()
        assert f"host={server.socket}" in url
        assert server.socket.stat().st_mode & 0o777 == 0o700
    finally:
        await server.stop()
    assert not server.socket.exists()


async def test_a_server_that_cannot_start_says_what_it_printed(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path)
    await server.start()
    await server.stop()
    (server.folder / "data" / "postgresql.conf").write_text("shared_buffers = lots\n")
    with pytest.raises(RuntimeError, match="shared_buffers"):
        await server.start()
