"""What a question to the data is answered with: a value that is known, or why there is none."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Whether a question has an answer, and if not, what would bring one."""

    OK = "ok"
    NOT_ENOUGH_DATA = "not_enough_data"
    """More cases would settle it."""
    NOT_IDENTIFIABLE = "not_identifiable"
    """More of the same data never would."""
    WITHHELD = "withheld"
    """Data that exist are missing here: a feed is silent, a calendar has no such year."""


@dataclass(frozen=True, slots=True)
class Effect:
    """How large something is, with its 95 % interval and its unit ("times", "share", "P", "days")."""

    value: float
    low: float
    high: float
    unit: str

    def __post_init__(self) -> None:
        """Refuse what is no number, and a value outside its own interval."""
        if not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError(f"an effect has finite numbers, not {self}: answer with a status instead")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"the value of {self} lies outside its interval")


@dataclass(frozen=True, slots=True)
class Sample:
    """What an answer rests on: items looked at, those of them still open, completed ones of the baseline."""

    n: int
    n_open: int = 0
    baseline_n: int = 0


NOTHING = Sample(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with its interval, or the reason (one clause of a sentence) why there is none.

    Build it with `known` and `unknown`: a value goes with `ok` alone.
    """

    status: Status
    effect: Effect | None
    sample: Sample
    why: str | None

    def __post_init__(self) -> None:
        """Refuse a value without `ok`, and a missing value without its reason."""
        if (self.status is Status.OK) != (self.effect is not None) or (self.status is Status.OK) != (
            self.why is None
        ):
            raise ValueError(f"{self}: either a value and `ok`, or a reason and another status")

    @classmethod
    def known(cls, effect: Effect, sample: Sample) -> "Answer":
        """Return an answer with a value."""
        return cls(Status.OK, effect, sample, None)

    @classmethod
    def unknown(cls, status: Status, why: str, sample: Sample = NOTHING) -> "Answer":
        """Return an answer without one."""
        return cls(status, None, sample, why)
