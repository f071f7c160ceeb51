"""Migrations and the tables in the code say the same, and a difference is named."""

import asyncpg
import pytest

from infra.postgres import MIGRATIONS, connect, migrate
from projections.schema import check

pytestmark = pytest.mark.servers
AT_0001 = "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"
HAND_OFFS = """
INSERT INTO hand_off (id, case_ref, rule, title, sender, receiver, owner, state, started_us, stopped_us, due_us,
    wait_us, start_source, start_event, version)
VALUES (gen_random_uuid(), 'C1', 'H01', 't', 'a', 'b', 'b', 'overdue', 1, NULL, 5, NULL, 's', 'e1', 7),
    (gen_random_uuid(), 'C1', 'H02', 't', 'a', 'b', 'b', 'met', 1, 3, 5, 2, 's', 'e1', 7),
    (gen_random_uuid(), 'C1', 'H03', 't', 'a', 'b', 'b', 'open', 1, NULL, NULL, NULL, 's', 'e1', 7)
"""
EVENT = """
INSERT INTO case_event (case_ref, source, event_id, type, stage, occurred_at, precision, sequence, history, ahead,
    content_hash, data, origin_topic, origin_partition, origin_offset, log_partition, log_offset)
VALUES ('C1', 's', 'e1', 'charge.charged', 'charge', now(), 'second', 0, false, false, 'h', '{}', 't', 0, 0, 0, 0)
"""


async def test_an_empty_database_is_migrated_to_what_the_code_expects(database: str) -> None:
    assert await check(database) == [
        "the database is at revision None, the code expects 0006: run `caseflow db migrate`"
    ]
    await migrate(database)
    assert await check(database) == []


async def test_migrating_twice_changes_nothing(database: str) -> None:
    await migrate(database)
    await migrate(database)
    assert await check(database) == []


async def made_at_0001(database: str) -> asyncpg.Connection:
    """Return a connection to a database as the first migration left it, with rows in it."""
    connection = await connect(database, "test")
    await connection.execute((MIGRATIONS / "versions" / "0001_the_spine.sql").read_text("utf-8"))
    for statement in (AT_0001, "INSERT INTO alembic_version VALUES ('0001')", HAND_OFFS, EVENT):
        await connection.execute(statement)
    await connection.execute(
        "INSERT INTO hand_off_change SELECT id, case_ref, rule, title, sender, receiver, owner, state, started_us, "
        "stopped_us, due_us, wait_us, time_limit, certainty, start_source, start_event, stop_source, stop_event, "
        "version FROM hand_off"
    )
    return connection


async def test_a_filled_database_of_the_first_migration_is_brought_up(database: str) -> None:
    connection = await made_at_0001(database)
    await migrate(database)
    assert await check(database) == []
    rows = await connection.fetch(
        "SELECT rule, state, tier, due_us, overdue_us, due_soon, internal FROM hand_off ORDER BY rule"
    )
    notes = await connection.fetchval("SELECT notes FROM case_event")
    judgements = await connection.fetchval("SELECT count(*) FROM hand_off_change WHERE tier IS NULL")
    await connection.close()
    assert [tuple(row) for row in rows] == [
        ("H01", "overdue", 0, 5, 5, False, False),
        ("H02", "met", None, 5, 5, False, False),
        ("H03", "open", None, None, None, False, False),
    ]
    assert (notes, judgements) == ("[]", 3)


async def test_what_judging_must_say_is_not_guessed_after_the_migration(database: str) -> None:
    connection = await made_at_0001(database)
    await migrate(database)
    with pytest.raises(asyncpg.NotNullViolationError, match="internal"):
        await connection.execute(HAND_OFFS)
    await connection.close()


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
        ("DROP INDEX alert_one_open", "add index: alert_one_open"),
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
