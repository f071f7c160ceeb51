"""What to do about an error: one function sorts all of them into retry, refuse one record, or stop."""

from enum import Enum, auto

import asyncpg
from aiokafka.errors import KafkaError, KafkaTimeoutError

IN_A_ROW = 1_000
"""Refusals without one success between them: a bad deployment, not bad data."""


class Verdict(Enum):
    """The three answers to an error."""

    RETRY = auto()
    """It passes by itself: wait, claim the positions again, go on from them."""
    REFUSE = auto()
    """One record cannot be stored: find it, write it to the dead letters, go on behind it."""
    STOP = auto()
    """Unknown, or known to need a person: the process ends with the error."""


class FencedError(Exception):
    """Another consumer has claimed these partitions: nothing was written; this process must end."""


class StalledError(Exception):
    """The broker answers and has records, yet none arrive: the client hangs and this process must end."""


class PositionLostError(Exception):
    """The log no longer holds what the stored position points at: a person must decide."""


class RefusalLimitError(Exception):
    """A thousand records in a row could not be stored: the process ends with code 78 and stays down.

    Look at them with `caseflow dead-letters list`, repair the code or the database, and start it again.
    """


RETRIED = (
    OSError,  # refused, reset, socket gone; TimeoutError is one
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InternalClientError,  # the server's farewell lies unread on the connection: it needs a new one
    asyncpg.ReadOnlySQLTransactionError,  # a standby before its promotion
)
REFUSED = (
    asyncpg.DataError,  # class 22, and values that do not fit their column when they are encoded
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,  # a key too long for its index
    OverflowError,
    ValueError,
    TypeError,
)


def sort(error: BaseException) -> Verdict:
    """Return what to do about an error of a batch's transaction or of a claim.

    A disk that is full and memory that is out are in neither list: they stop the process with their message.
    """
    if isinstance(error, KafkaError):
        passes = error.retriable or isinstance(error, KafkaTimeoutError)
        return Verdict.RETRY if passes else Verdict.STOP
    if isinstance(error, asyncpg.InterfaceError) and not isinstance(error, ValueError):
        # asyncpg's own: "connection is closed", "connection was closed in the middle of operation".
        return Verdict.RETRY if "clos" in str(error) else Verdict.STOP
    if isinstance(error, RETRIED):
        return Verdict.RETRY
    return Verdict.REFUSE if isinstance(error, REFUSED) else Verdict.STOP
