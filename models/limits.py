"""How long a wait may last: one entry of a register row, with its kind, its period, its source and certainty."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from models.calendars import Period, Roll, Unit
from models.clauses import Clause, Conditions

Count = Annotated[int, Strict(), Field(ge=0)]


class LimitKind(StrEnum):
    """What a limit says of a wait.

    max: at most so much after the start. lead: so much before a date that an event tells. date: on that date at
    the latest. floor: at least so much between. window: between so much and so much before a date. share: a
    percentage of all within so much, never judged for one case. local: nobody has given a number.
    """

    MAX = "max"
    LEAD = "lead"
    DATE = "date"
    FLOOR = "floor"
    WINDOW = "window"
    SHARE = "share"
    LOCAL = "local"


class Certainty(StrEnum):
    """How sure a limit is: D, K and E show as a local target until an owner confirms them."""

    CONFIRMED = "C"
    IN_SERVICE_CODE = "P"
    DATED = "D"
    COMMON_KNOWLEDGE = "K"
    ESTIMATED = "E"

    @property
    def is_local_target(self) -> bool:
        """Whether a person must be told that nobody has confirmed the number."""
        return self in (Certainty.DATED, Certainty.COMMON_KNOWLEDGE, Certainty.ESTIMATED)


class Edge(StrEnum):
    """Which edge of a told date counts: its last moment, or the moment before it begins."""

    END = "end"
    BEGINNING = "beginning"


_TOLD = frozenset({LimitKind.LEAD, LimitKind.DATE, LimitKind.WINDOW})
_COUNTED = frozenset({LimitKind.MAX, LimitKind.LEAD, LimitKind.FLOOR, LimitKind.WINDOW, LimitKind.SHARE})


class Limit(Period, Conditions):
    """How long a wait may last, for starts from `since` to `until` (both included; None: no bound known).

    The conditions are on the attributes of the start; `given` holds only where such an event lies between the
    start and this limit's own due instant. `less` names an attribute whose days are taken off.
    """

    kind: LimitKind
    given: Clause | None = None
    amount: Count = 0
    unit: Unit = Unit.CALENDAR_DAYS
    roll: Roll = Roll.NONE
    calendar: str | None = None
    less: str | None = None
    at: str | None = None
    edge: Edge = Edge.END
    least: Count = 0
    percent: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None
    warning: Count | None = None
    certainty: Certainty
    source: Annotated[str, Field(min_length=1)]
    note: str = ""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.kind in _COUNTED and "amount" not in self.model_fields_set:
            raise ValueError(
                f"a limit of kind {self.kind} needs its amount; use kind local where no number is known"
            )
        if self.kind in _TOLD and self.at is None:
            raise ValueError(f"a limit of kind {self.kind} needs `at`: the attribute that tells the date")
        if (self.kind is LimitKind.SHARE) != (self.percent is not None):
            raise ValueError("a limit of kind share needs `percent`, and no other kind has it")
        if self.kind in _TOLD and self.unit is Unit.HOURS:
            raise ValueError(f"a limit of kind {self.kind} counts days from a date: give another unit")
        if self.needs_calendar and self.calendar is None:
            raise ValueError("working days and a roll need a calendar: name one of calendars.toml")
        return self

    @property
    def needs_calendar(self) -> bool:
        """Whether counting reads working days."""
        if self.kind is LimitKind.LOCAL:
            return False
        return self.unit is Unit.WORKING_DAYS or self.roll is not Roll.NONE

    @property
    def span(self) -> str:
        """The length in words: `28 calendar days`, `24 hours`, `same day`."""
        if self.amount == 0 and self.unit is Unit.CALENDAR_DAYS:
            return "same day"
        return _in_words(self.amount, self.unit)

    @cached_property
    def text(self) -> str:
        """What a person reads: `28 calendar days`, `2 working days before licenceStartDate`, `local`."""
        length = _in_words(self.amount, self.unit)
        lead = f"before {self.at} begins" if self.edge is Edge.BEGINNING else f"{length} before {self.at}"
        return {
            LimitKind.MAX: self.span,
            LimitKind.LEAD: lead,
            LimitKind.DATE: f"on {self.at}",
            LimitKind.FLOOR: f"at least {self.span}",
            LimitKind.WINDOW: f"{self.amount} to {_in_words(self.least, self.unit)} before {self.at}",
            LimitKind.SHARE: f"{self.percent} % within {self.span}",
            LimitKind.LOCAL: "local",
        }[self.kind]


def _in_words(amount: int, unit: Unit) -> str:
    words = unit.value.replace("-", " ")
    return f"{amount} {words.removesuffix('s') if amount == 1 else words}"
