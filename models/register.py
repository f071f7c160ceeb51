"""The register of hand-offs: which event starts a wait, which ends it, who must act, and by when.

An attribute that a condition names but an event does not carry is unknown, and an unknown attribute does not
match, unless the clause lists it under `unknown_matches`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, model_validator

from models.calendars import Period, Roll, Unit

Count = Annotated[int, Strict(), Field(ge=0)]


def attribute_text(value: object) -> str | None:
    """Return a text, truth or whole number as conditions compare it; None (unknown) for anything else.

    `true` from JSON and `true` from a CSV file are then the same value.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | str):
        return str(value)
    return None


def _condition_text(value: object) -> str:
    text = attribute_text(value)
    if text is None:
        raise ValueError("a condition lists texts, whole numbers, true or false")
    return text


Value = Annotated[str, BeforeValidator(_condition_text)]


class WaitOwner(StrEnum):
    """Who must bring about the stop."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Restart(StrEnum):
    """What a second start before the stop does: opens its own wait, changes nothing, or moves the start."""

    EACH = "each"
    FIRST = "first"
    LATEST = "latest"


class LimitKind(StrEnum):
    """A maximum to judge against, or a local target whose number nobody has given."""

    MAX = "max"
    LOCAL = "local"


class Certainty(StrEnum):
    """How sure a limit is: D, K and E show as a local target until an owner confirms them."""

    CONFIRMED = "C"
    IN_SERVICE_CODE = "P"
    DATED = "D"
    COMMON_KNOWLEDGE = "K"
    ESTIMATED = "E"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Limit(Period):
    """How long a wait may last, for starts from `since` to `until` (both included; None: no bound known)."""

    kind: LimitKind
    amount: Count = 0
    unit: Unit = Unit.CALENDAR_DAYS
    roll: Roll = Roll.NONE
    calendar: str | None = None
    certainty: Certainty
    source: str

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.kind is LimitKind.MAX and "amount" not in self.model_fields_set:
            raise ValueError("a limit of kind max needs its amount; use kind local where no number is known")
        if self.needs_calendar and self.calendar is None:
            raise ValueError("working days and a roll forward need a calendar: name one of calendars.toml")
        return self

    @property
    def needs_calendar(self) -> bool:
        """Whether counting reads working days."""
        return self.kind is LimitKind.MAX and (self.unit is Unit.WORKING_DAYS or self.roll is Roll.FORWARD)

    @property
    def text(self) -> str:
        """What a person reads: `28 calendar days`, `24 hours`, `local`."""
        if self.kind is LimitKind.LOCAL:
            return "local"
        words = self.unit.value.replace("-", " ")
        return f"{self.amount} {words.removesuffix('s') if self.amount == 1 else words}"


class Clause(_Part):
    """Events of these types, each attribute of `where` having one of the values listed for it."""

    events: tuple[str, ...] = Field(min_length=1)
    where: Mapping[str, tuple[Value, ...]] = Field(default_factory=dict)
    unknown_matches: frozenset[str] = frozenset()

    def matches(self, event_type: str, attributes: Mapping[str, object]) -> bool:
        """Return whether an event of this short type with these attributes is meant."""
        return event_type in self.events and all(
            self._has_one_of(values, attribute_text(attributes.get(name)), name)
            for name, values in self.where.items()
        )

    def _has_one_of(self, values: tuple[str, ...], found: str | None, name: str) -> bool:
        return name in self.unknown_matches if found is None else found in values


class Start(Clause):
    """What opens a wait; with `at`, the clock starts on the local date in that attribute."""

    at: str | None = None


class Stop(Clause):
    """What closes a wait; with `match`, only one whose start has the same value in that attribute."""

    match: str | None = None


class Missing(Clause):
    """What proves that the stop never happened, and how many days after the proof that is said."""

    grace_days: Count = 0


class Rule(_Part):
    """One standard hand-off of the register."""

    id: str
    title: str
    sender: str
    receiver: str
    owner: WaitOwner
    start: Start
    stop: Stop
    restart: Restart = Restart.EACH
    missing: Missing | None = None
    limits: tuple[Limit, ...] = Field(default=(), alias="limit")

    @property
    def owner_role(self) -> str:
        """The role that must bring about the stop."""
        return self.sender if self.owner is WaitOwner.SENDER else self.receiver

    @property
    def clauses(self) -> dict[str, Clause]:
        """The conditions by the name of their table."""
        named: dict[str, Clause] = {"start": self.start, "stop": self.stop}
        return named if self.missing is None else {**named, "missing": self.missing}

    def limit_in_force(self, on: date) -> Limit | None:
        """Return the limit for a wait that starts on this local day; None where the register gives none."""
        return next((limit for limit in self.limits if limit.includes(on)), None)

    def starts(self, event_type: str, attributes: Mapping[str, object]) -> bool:
        """Return whether this event opens a wait."""
        return self.start.matches(event_type, attributes)

    def stops(
        self, start_attributes: Mapping[str, object], event_type: str, attributes: Mapping[str, object]
    ) -> bool:
        """Return whether this event may close a wait whose start had these attributes.

        Where the row has a `match`, an attribute that is unknown on either side matches nothing.
        """
        if not self.stop.matches(event_type, attributes):
            return False
        match = self.stop.match
        if match is None:
            return True
        wanted = attribute_text(start_attributes.get(match))
        return wanted is not None and wanted == attribute_text(attributes.get(match))

    def proves_missing(self, event_type: str, attributes: Mapping[str, object]) -> bool:
        """Return whether this event proves that a stop not seen yet never happened."""
        return self.missing is not None and self.missing.matches(event_type, attributes)
