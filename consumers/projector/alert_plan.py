"""What a batch does to alerts, as rows for a few statements. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

import orjson

from consumers.projector.alert_decisions import (
    NO_ALERTS,
    Action,
    Raise,
    Resolve,
    Restate,
    Said,
    Shown,
    Standing,
    decide,
)
from models.identities import derived_id

ALERT = (
    "id",
    "hand_off",
    "case_ref",
    "rule",
    "owner",
    "internal",
    "severity",
    *Shown._fields,
    "version",
    "raised_at",
    "changed_at",
)
AUDIT = ("alert", "what", "at", "who", "detail")
OUTBOX = ("alert", "what", "level", "created_at")
WHO = "caseflow"
"""Who acts where no person does."""

Row = tuple[object, ...]


@dataclass(slots=True)
class Plan:
    """Rows by what becomes of them.

    `resolved`: id, how, version. `restated`: id, severity, version, whether it has risen, whether people would
    see a difference, and the fields of Shown. `raised`, `audit`, `outbox`: rows of ALERT, AUDIT and OUTBOX.
    """

    at: datetime
    resolved: list[Row] = field(default_factory=list)
    restated: list[Row] = field(default_factory=list)
    raised: list[Row] = field(default_factory=list)
    audit: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)

    def add(self, said: Said, action: Action) -> None:
        """Add one action of `decide`, what stays of it in the audit, and what has to be told."""
        match action:
            case Raise(severity):
                key = UUID(derived_id(str(said.id), "alert", str(said.version)))
                of_hand_off = (said.id, said.case_ref, said.rule, said.must_act, said.internal)
                times = (self.at, self.at)
                self.raised.append((key, *of_hand_off, severity.value, *said.shown, said.version, *times))
                self._keep(key, "raised", {"severity": severity.value})
                self._tell(key, "raised", 0)
            case Resolve(alert, how):
                self.resolved.append((alert.id, how.value, said.version))
                self._keep(alert.id, "resolved", {"how": how.value, "hand_off": said.state})
                self._tell(alert.id, "resolved", alert.level)
            case Restate(alert, severity):
                differs = _differences(action, said)
                told = (alert.id, severity.value, said.version, action.risen, bool(differs))
                self.restated.append((*told, *said.shown))
                if differs:
                    self._keep(alert.id, "risen" if action.risen else "restated", differs)
                if action.risen:
                    self._tell(alert.id, "risen", alert.level)
            case _:
                assert_never(action)

    def _keep(self, alert: UUID, what: str, detail: Mapping[str, object]) -> None:
        self.audit.append((alert, what, self.at, WHO, orjson.dumps(detail).decode()))

    def _tell(self, alert: UUID, what: str, level: int) -> None:
        self.outbox.append((alert, what, level, self.at))


def plan(said: Iterable[Said], standing: Mapping[UUID, Standing], at: datetime) -> Plan:
    """Return what to do about the last judgements of a batch, given the alerts that there are."""
    made = Plan(at)
    for one in said:
        for action in decide(one, standing.get(one.id, NO_ALERTS)):
            made.add(one, action)
    return made


def _differences(action: Restate, said: Said) -> dict[str, list[object]]:
    """Return what was shown and what is shown now, by name, where the two differ."""
    was = {"severity": action.alert.severity.value} | action.alert.shown._asdict()
    now = {"severity": action.severity.value} | said.shown._asdict()
    return {name: [was[name], now[name]] for name in was if was[name] != now[name]}
