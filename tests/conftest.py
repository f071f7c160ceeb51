"""Fixtures every tier may use."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infra.embedded import Servers, embedded
from infra.postgres import migrate
from infra.settings import Settings
from infra.topic_admin import apply
from tests.support.servers import fresh_database, fresh_servers, settings_for
from tests.support.system import System


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make faults` act out every fault more than once."""
    parser.addoption("--fault-rounds", type=int, default=1, help="how often to act out each fault")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that act out a fault."""
    config.addinivalue_line(
        "markers", "faults: acts out a fault; once in make test, five times in make faults"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `fault_round` its rounds, numbered from 1."""
    if "fault_round" in metafunc.fixturenames:
        metafunc.parametrize("fault_round", range(1, metafunc.config.getoption("fault_rounds") + 1))


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Give one Kafka and one PostgreSQL for the whole test run; topic names are fixed: mind them."""
    # Not below pytest's own folder: another run tightens its rights, and the database's user loses its data.
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as folder:
        running = embedded(Path(folder) / "caseflow", Settings().cache)
        with asyncio.Runner() as runner:
            yield runner.run(running.__aenter__())
            runner.run(running.__aexit__(None, None, None))


@pytest.fixture
async def database(servers: Servers) -> AsyncIterator[str]:
    """Give the URL of an empty database of this test's own."""
    async with fresh_database(servers) as url:
        yield url


@pytest.fixture
def settings(servers: Servers, database: str, tmp_path: Path) -> Settings:
    """Give settings that point at the shared servers, with a database and local stores of this test's own."""
    return settings_for(servers, tmp_path / "data", database)


@pytest.fixture
async def system() -> AsyncIterator[System]:
    """Give empty servers of this test's own, with topics and tables; processes are started by the test."""
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as folder:
        async with fresh_servers(Path(folder)) as running:
            settings = settings_for(running, Path(folder) / "data")
            await migrate(settings.database_url)
            await apply(settings)
            own = System(settings)
            yield own
            own.stop_all()
