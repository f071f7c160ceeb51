"""Migrations and the tables in the code say the same, and a difference is named."""

import pytest

from infra.postgres import connect, migrate
from projections.schema import check

pytestmark = pytest.mark.servers


async def test_an_empty_database_is_migrated_to_what_the_code_expects(database: str) -> None:
    assert await check(database) == [
        "the database is at revision None, the code expects 0001: run `caseflow db migrate`"
    ]
    await migrate(database)
    assert await check(database) == []


async def test_migrating_twice_changes_nothing(database: str) -> None:
    await migrate(database)
    await migrate(database)
    assert await check(database) == []


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        (
            "ALTER TABLE step DROP CONSTRAINT step_wait_not_negative",
            "missing check: step.step_wait_not_negative",
        ),
        ("ALTER TABLE feed ADD CONSTRAINT mine CHECK (events < 9)", "unexpected check: feed.mine"),
        ("ALTER TABLE feed DROP COLUMN lag_max_us", "add column: feed feed.lag_max_us"),
        ("ALTER TABLE feed ADD COLUMN mine text", "remove column: feed feed.mine"),
        ("DROP INDEX step_case", "add index: step_case"),
        ("DROP TABLE setting", "add table: setting"),
        ("ALTER TABLE case_file ALTER events TYPE integer", "modify type: case_file events INTEGER BIGINT"),
        ("ALTER TABLE step ALTER kind DROP NOT NULL", "modify nullable: step kind True False"),
        (
            "ALTER TABLE hand_off_change DROP CONSTRAINT hand_off_change_pkey",
            "primary key of hand_off_change: () is not (id, version)",
        ),
    ],
)
async def test_a_tampered_database_is_told_apart(database: str, tampering: str, named: str) -> None:
    await migrate(database)
    connection = await connect(database, "test")
    await connection.execute(tampering)
    await connection.close()
    assert await check(database) == [named]


async def test_every_table_says_what_it_is_for(database: str) -> None:
    await migrate(database)
    connection = await connect(database, "test")
    silent = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND relname <> 'alembic_version' AND obj_description(oid) IS NULL"
    )
    await connection.close()
    assert silent == []
