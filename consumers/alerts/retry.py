"""When to try again, and when to give up; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from consumers.alerts.outcomes import Accepted, Failed, Outcome, Wrong

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0
JITTER = 0.25
"""Share of a wait by which it is shortened or lengthened, so that receivers are not tried all at once."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The attempt that ended at `at`: the `number`-th (from 1) of a message that was made at `made_at`."""

    message: str
    number: int
    made_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is with its receiver."""

    note: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """It is tried again at this instant."""

    at: datetime
    why: str
    may_have_left: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """Nobody tries it again until a person says so."""

    why: str
    may_have_left: bool


Step = Sent | Again | Parked


def step_after(attempt: Attempt, outcome: Outcome, patience: timedelta) -> Step:
    """Return what follows from an attempt; `patience` is the age at which a message that fails is parked."""
    match outcome:
        case Accepted(note):
            return Sent(note)
        case Wrong(why):
            return Parked(why, may_have_left=False)
        case Failed(why, may_have_left):
            if attempt.at - attempt.made_at >= patience:
                return Parked(why, may_have_left)
            return Again(attempt.at + back_off(attempt.message, attempt.number), why, may_have_left)


def back_off(message: str, attempts: int) -> timedelta:
    """Return the wait after so many attempts (1 or more): doubling to a minute, shifted by the message's id."""
    seconds = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(attempts - 1, 10))
    shift = crc32(f"{message}/{attempts}".encode()) / 2**32  # spread evenly from 0 to 1, and repeatable
    return timedelta(seconds=seconds * (1 - JITTER + 2 * JITTER * shift))
