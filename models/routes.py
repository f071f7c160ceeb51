"""Routes of a profile: which alerts go to whom, by which channel; addresses are not in here.

An alert is about a hand-off or about a silo signal; a route takes the ones or the others.
"""

from collections.abc import Set as AbstractSet
from datetime import time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StringConstraints, model_validator

from models.signal_kinds import SignalKind

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Level = Annotated[int, Strict(), Field(ge=0)]


class Channel(StrEnum):
    """By which way a message leaves."""

    KAFKA = "kafka"
    WEBHOOK = "webhook"
    EMAIL = "email"
    CHAT = "chat"


class Severity(StrEnum):
    """How late a hand-off is, or that it never happened."""

    LATE = "late"
    VERY_LATE = "very-late"
    SEVERE = "severe"
    MISSING = "missing"


class What(StrEnum):
    """What has to be told about an alert."""

    RAISED = "raised"
    RISEN = "risen"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class Notice(NamedTuple):
    """What routes look at: who must act, by which row, how late, where, and at which level of escalation.

    Of a signal `kind` is known, and neither severity nor area; its row only where it is about one.
    """

    what: What
    owner: str
    rule: str | None
    severity: Severity | None
    area: str | None
    level: int
    kind: SignalKind | None = None


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class AlertSettings(_Part):
    """How patient alerts are. Hours are elapsed time; `digest_at` is a local time of the profile."""

    escalate_after_hours: tuple[Annotated[float, Field(gt=0)], ...] = (24, 72)
    group_from: Annotated[int, Strict(), Field(ge=2)] = 5
    at_most_per_minute: Annotated[int, Strict(), Field(ge=1)] = 20
    digest_at: time = time(7, 30)
    park_after_hours: Annotated[float, Field(gt=0)] = 24

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.escalate_after_hours)):
            raise ValueError("escalate_after_hours rises from level to level: put the hours in order")
        if self.digest_at.tzinfo is not None:
            raise ValueError("digest_at is a local time: write it without an offset, such as 07:30")
        return self


class Route(_Part):
    """One way for alerts to leave. An empty list asks for nothing: every owner, every row, every level.

    `signals`: it takes alerts of silo signals, of these `kinds`, and none of single hand-offs.
    `receiver` is whom the messages are for; left out, it is the agency that must act, each getting its own.
    `target` names an address in the installation's targets file; left out, the one named like the receiver.
    """

    name: Name
    owners: frozenset[Name] = frozenset()
    rules: frozenset[str] = frozenset()
    severities: frozenset[Severity] = frozenset()
    areas: frozenset[Name] = frozenset()
    levels: frozenset[Level] = frozenset()
    signals: StrictBool = False
    kinds: frozenset[SignalKind] = frozenset()
    channel: Channel
    receiver: Name | None = None
    target: Name | None = None
    digest: StrictBool = False
    outside: StrictBool = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.channel is Channel.KAFKA and self.target is not None:
            raise ValueError("kafka has one topic for all alerts: remove target")
        if self.digest and self.channel is not Channel.EMAIL:
            raise ValueError("only e-mail has a morning digest: remove digest or take channel email")
        if self.kinds and not self.signals:
            raise ValueError("kinds are of signals: add signals = true, or remove kinds")
        if self.signals and (self.severities or self.areas):
            raise ValueError("a signal has no severity and no area: remove severities and areas")
        return self

    def wants(self, notice: Notice) -> bool:
        """Return whether a notice goes this way; a resolved one follows its raising and is never asked for."""
        return (
            notice.what is not What.RESOLVED
            and self.signals is (notice.kind is not None)
            and _among(notice.kind, self.kinds)
            and _among(notice.owner, self.owners)
            and _among(notice.rule, self.rules)
            and _among(notice.severity, self.severities)
            and _among(notice.area, self.areas)
            and self._reaches(notice)
        )

    def receiver_of(self, owner: str) -> str:
        """Return whom a message about this owner's hand-off is for."""
        return self.receiver or owner

    def target_for(self, receiver: str) -> str:
        """Return the name of the receiver's address in the targets file."""
        return self.target or receiver

    def _reaches(self, notice: Notice) -> bool:
        """Whoever was told at a lower level is told of a higher severity too, but not of the escalation."""
        if not self.levels or notice.level in self.levels:
            return True
        return notice.what is What.RISEN and min(self.levels) <= notice.level


class RouteList(_Part):
    """routes.toml; a profile without that file has no routes, and its alerts are in the database alone."""

    alerts: AlertSettings = AlertSettings()
    routes: tuple[Route, ...] = Field(default=(), alias="route")

    def named(self, name: str) -> Route | None:
        """Return a route by its name."""
        return next((route for route in self.routes if route.name == name), None)

    def wanting(self, notice: Notice) -> tuple[Route, ...]:
        """Return the routes that a notice takes, in the order of the file."""
        return tuple(route for route in self.routes if route.wants(notice))


def _among(value: str | None, wanted: AbstractSet[str]) -> bool:
    return not wanted or value in wanted
