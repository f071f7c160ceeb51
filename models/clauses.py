"""Conditions on events: which types, and which values their attributes must have.

An attribute that a condition names but an event does not carry is unknown, and an unknown attribute does not
match, unless the clause lists it under `unknown_matches`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

Attributes = Mapping[str, object]

MOST_DIGITS = 9
GREATEST_NUMBER = 10**MOST_DIGITS - 1
"""Days and counts are smaller; what is greater is a slip, and counting with it would leave the calendar."""


def attribute_text(value: object) -> str | None:
    """Return a text, truth or whole number as conditions compare it; None (unknown) for anything else.

    `true` from JSON and `true` from a CSV file are then the same value.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | str):
        return str(value)
    return None


def attribute_number(value: object) -> int | None:
    """Return a whole number, also one written as text; None (unknown) for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) <= GREATEST_NUMBER else None
    is_number = isinstance(value, str) and len(value) <= MOST_DIGITS and value.isascii() and value.isdigit()
    return int(value) if is_number and isinstance(value, str) else None


def _condition_text(value: object) -> str:
    text = attribute_text(value)
    if text is None:
        raise ValueError("a condition lists texts, whole numbers, true or false")
    return text


Value = Annotated[str, BeforeValidator(_condition_text)]
Bound = Annotated[int, Strict()]


class Verdict(NamedTuple):
    """Whether conditions hold as far as attributes are known, and which of them are unknown."""

    holds: bool
    unknown: tuple[str, ...] = ()


class Conditions(BaseModel):
    """What attributes must be: one of the values listed, a number not below or not above a bound."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    where: Mapping[str, tuple[Value, ...]] = Field(default_factory=dict)
    at_least: Mapping[str, Bound] = Field(default_factory=dict)
    at_most: Mapping[str, Bound] = Field(default_factory=dict)

    @property
    def attributes(self) -> frozenset[str]:
        """The names of the attributes that are read."""
        return frozenset((*self.where, *self.at_least, *self.at_most))

    def verdict(self, attributes: Attributes) -> Verdict:
        """Return whether nothing known speaks against the conditions, and what is not known."""
        unknown: list[str] = []
        for name, holds in self._checks:
            value = attributes.get(name)
            found = None if value is None else holds(value)
            if found is False:
                return _FAILS
            if found is None:
                unknown.append(name)
        return Verdict(holds=True, unknown=tuple(dict.fromkeys(unknown))) if unknown else _HOLDS

    @cached_property
    def _checks(self) -> tuple[tuple[str, Callable[[object], bool | None]], ...]:
        """What each attribute must be, as functions that answer None where its value says nothing."""
        return (
            *((name, partial(_is_one_of, values=frozenset(values))) for name, values in self.where.items()),
            *((name, partial(_is_in_bound, bound=n, sign=1)) for name, n in self.at_least.items()),
            *((name, partial(_is_in_bound, bound=n, sign=-1)) for name, n in self.at_most.items()),
        )


_HOLDS, _FAILS = Verdict(holds=True), Verdict(holds=False)


def _is_one_of(value: object, values: frozenset[str]) -> bool | None:
    text = attribute_text(value)
    return None if text is None else text in values


def _is_in_bound(value: object, bound: int, sign: int) -> bool | None:
    number = attribute_number(value)
    return None if number is None else (number - bound) * sign >= 0


class Clause(Conditions):
    """Events of these types whose attributes meet the conditions."""

    events: tuple[str, ...] = Field(min_length=1)
    unknown_matches: frozenset[str] = frozenset()

    def matches(self, event_type: str, attributes: Attributes) -> bool:
        """Return whether an event of this short type with these attributes is meant."""
        if event_type not in self.events:
            return False
        if not self._checks:
            return True
        found = self.verdict(attributes)
        return found.holds and all(name in self.unknown_matches for name in found.unknown)


def any_matches(clauses: Sequence[Clause], event_type: str, attributes: Attributes) -> bool:
    """Return whether one of the clauses means this event."""
    return any(clause.matches(event_type, attributes) for clause in clauses)
