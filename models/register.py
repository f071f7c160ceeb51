"""The register of hand-offs: which event starts a wait, which ends it, who must act, and by when."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from models.clauses import Attributes, Clause, attribute_text
from models.limits import Count, Limit, LimitKind

ABOUT_EVENT = "aboutEvent"
"""The attribute in which an event names the event that it answers."""

DEFAULT_EARLY_DAYS = 2


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Roles = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class WaitOwner(StrEnum):
    """Who must bring about the stop."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Restart(StrEnum):
    """What a second start before the stop does: opens its own wait, changes nothing, or takes its place."""

    EACH = "each"
    FIRST = "first"
    LATEST = "latest"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Start(Clause):
    """What opens a wait; with `at`, the clock starts on the local date in that attribute."""

    at: str | None = None


class Reply(Clause):
    """What comes back to a start: a stop, or a return of the work.

    `match`: only to one whose start has the same values in these attributes. `about`: one that names the event
    it answers answers that alone.
    """

    match: Names = ()
    about: bool = False

    def answers(self, start_id: str, start: Attributes, event_type: str, stop: Attributes) -> bool:
        """Return whether an event may answer this start.

        An attribute of `match` that is unknown on either side matches nothing.
        """
        if not self.matches(event_type, stop):
            return False
        for name in self.match:
            wanted = attribute_text(start.get(name))
            if wanted is None or wanted != attribute_text(stop.get(name)):
                return False
        named = attribute_text(stop.get(ABOUT_EVENT)) if self.about else None
        return named is None or named in (start_id, attribute_text(start.get(ABOUT_EVENT)))


class Stop(Reply):
    """What closes a wait.

    `at`: it is judged on the local date in that attribute. `start_at`: the wait is counted from the local date in
    that attribute of the stop.
    """

    at: str | None = None
    start_at: str | None = None


class Return(Reply):
    """What sends back the work that was handed over, before its stop, by it or after it."""


class Missing(Clause):
    """What proves that the stop never happened, and how many days after the proof that is said."""

    grace_days: Count = 0


class Pause(_Part):
    """Between these two the clock stands still."""

    from_events: tuple[str, ...] = Field(min_length=1)
    to_events: tuple[str, ...] = Field(min_length=1)


class ForEach(Clause):
    """One wait for each distinct value of `key` among these events; their `attributes` serve the limits."""

    key: str
    attributes_kept: tuple[str, ...] = Field(default=(), alias="attributes")


class Anchor(Clause):
    """The event that tells the date a limit leads to, in its attribute `at`."""

    at: str


class Extension(Clause):
    """An event that moves the due day to the date in its attribute `until`, if the limit had not lapsed."""

    until: str


class Rule(_Part):
    """One row of the register. Without a receiver it is an internal step: timed, and not a hand-off."""

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    note: str = ""
    sender: Roles = Field(min_length=1)
    receiver: Roles = ()
    owner: WaitOwner = WaitOwner.SENDER
    restart: Restart = Restart.EACH
    optional: bool = False
    early_days: Count = DEFAULT_EARLY_DAYS
    follows: Names = ()
    starts: tuple[Start, ...] = Field(alias="start", min_length=1)
    stops: tuple[Stop, ...] = Field(alias="stop", min_length=1)
    returned: tuple[Return, ...] = ()
    missing: tuple[Missing, ...] = ()
    over: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()
    pauses: tuple[Pause, ...] = Field(default=(), alias="pause")
    for_each: ForEach | None = None
    anchor: Anchor | None = None
    extension: Extension | None = None
    limits: tuple[Limit, ...] = Field(default=(), alias="limit")
    standards: tuple[Limit, ...] = Field(default=(), alias="standard")

    @model_validator(mode="after")
    def _is_one_wait(self) -> Self:
        if self.internal and self.owner is WaitOwner.RECEIVER:
            raise ValueError("owner = receiver needs a receiver: name one, or let the sender own the wait")
        if any(limit.kind is not LimitKind.MAX for limit in self.standards):
            raise ValueError("a standard beside the limit is of kind max")
        return self

    @property
    def internal(self) -> bool:
        """Whether one organisation does both: a step that is timed, not a hand-off."""
        return not self.receiver

    @property
    def owners(self) -> Roles:
        """The roles that must bring about the stop; the first is named, the others share the duty."""
        return self.sender if self.owner is WaitOwner.SENDER else self.receiver

    @property
    def start_events(self) -> tuple[str, ...]:
        """The types that may open a wait, each once."""
        return tuple(dict.fromkeys(name for clause in self.starts for name in clause.events))

    @cached_property
    def stop_events(self) -> frozenset[str]:
        """The types that may close a wait."""
        return frozenset(name for clause in self.stops for name in clause.events)

    @cached_property
    def event_types(self) -> frozenset[str]:
        """Every type that judging by this row looks at: no other event can change its hand-offs."""
        named = {name for _, clause in self.clauses() for name in clause.events}
        paused = {name for pause in self.pauses for name in (*pause.from_events, *pause.to_events)}
        return frozenset(named | paused)

    def clauses(self) -> Iterator[tuple[tuple[str | int, ...], Clause]]:
        """Yield every condition on events with its place in the file."""
        many = {
            "start": self.starts,
            "stop": self.stops,
            "returned": self.returned,
            "missing": self.missing,
            "over": self.over,
            "unless": self.unless,
        }
        for name, clauses in many.items():
            for number, clause in enumerate(clauses):
                yield (name, number), clause
        single = {"for_each": self.for_each, "anchor": self.anchor, "extension": self.extension}
        for name, one in single.items():
            if one is not None:
                yield (name,), one
        for table, limits in (("limit", self.limits), ("standard", self.standards)):
            for number, limit in enumerate(limits):
                if limit.given is not None:
                    yield (table, number, "given"), limit.given

    def start_of(self, event_type: str, attributes: Attributes) -> Start | None:
        """Return by which clause this event opens a wait; None: it does not."""
        for clause in self.starts_by_type.get(event_type, ()):
            if clause.matches(event_type, attributes):
                return clause
        return None

    @cached_property
    def starts_by_type(self) -> Mapping[str, tuple[Start, ...]]:
        """The clauses by which an event of a type may open a wait."""
        return {name: tuple(c for c in self.starts if name in c.events) for name in self.start_events}

    @cached_property
    def return_events(self) -> frozenset[str]:
        """The types that may send the work back."""
        return frozenset(name for clause in self.returned for name in clause.events)

    @cached_property
    def over_events(self) -> frozenset[str]:
        """The types from which on nothing may be awaited any more."""
        return frozenset(name for clause in self.over for name in clause.events)
