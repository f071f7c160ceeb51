"""One function sorts every error."""

import asyncpg
import pytest
from aiokafka.errors import CorruptRecordException, KafkaConnectionError, KafkaTimeoutError

from consumers.failures import FencedError, RefusalLimitError, Verdict, sort


@pytest.mark.parametrize(
    "error",
    [
        ConnectionResetError(),
        TimeoutError(),
        asyncpg.ConnectionDoesNotExistError("gone"),
        asyncpg.AdminShutdownError("terminating connection due to administrator command"),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.DeadlockDetectedError("deadlock detected"),
        asyncpg.SerializationError("could not serialize"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress"),
        KafkaConnectionError(),
        KafkaTimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_passes_by_itself_is_retried(error: Exception) -> None:
    assert sort(error) is Verdict.RETRY


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.CharacterNotInRepertoireError("invalid byte sequence"),
        asyncpg.CheckViolationError("violates check constraint"),
        asyncpg.NumericValueOutOfRangeError("out of range"),
        asyncpg.exceptions._base.DataError("invalid input in element 3"),
        TypeError("expected str, got int"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_one_record_causes_is_refused(error: Exception) -> None:
    assert sort(error) is Verdict.REFUSE


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.UndefinedTableError("relation does not exist"),
        asyncpg.DiskFullError("could not extend file"),
        asyncpg.InvalidPasswordError("no"),
        asyncpg.InterfaceError("another operation is in progress"),
        CorruptRecordException(),
        FencedError(),
        RefusalLimitError(),
        RuntimeError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_everything_else_stops_the_process(error: Exception) -> None:
    assert sort(error) is Verdict.STOP
