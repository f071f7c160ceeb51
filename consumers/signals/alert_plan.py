"""What the signals of a day mean for their alerts: raise, restate or end them. Pure.

A concern that is open has one open alert, any other signal none. An improvement asks nobody to act: it has none.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson

from analysis.findings import About
from analysis.items import FlowKey
from analysis.judging.signals import Direction, State
from models.identities import derived_id

ALERT = (
    "id", "signal", "kind", "rule", "title", "sender", "receiver", "owner", "internal", "sentence", "confidence",
    "local_target", "version", "raised_at", "changed_at",
)  # fmt: skip
AUDIT = ("alert", "what", "at", "who", "detail")
OUTBOX = ("alert", "what", "level", "created_at")
WHO = "caseflow"
EVERYBODY = "partnership"
"""Who is asked about what is nobody's own, such as the boundary effect."""
HOW = {
    State.CLOSED: "completed",
    State.CANDIDATE: "late-information",
    State.WITHDRAWN: "late-information",
    State.SUPERSEDED: "superseded",
    State.REBASED: "rebased",
}
"""How a signal that is no longer open ends its alert; one that no evaluation knows any more was none."""

Row = tuple[object, ...]


class Said(NamedTuple):
    """A signal as it stands; names are empty where it is not about one."""

    id: UUID
    kind: str
    rule: str
    sender: str
    receiver: str
    agency: str
    direction: str
    state: str
    sentence: str
    confidence: str

    @property
    def about(self) -> About:
        """What it is about; without any name: all organisations together."""
        flow = FlowKey(self.rule, self.sender, self.receiver) if self.receiver else None
        return About(flow, self.agency if self.agency or flow is None else None)

    @property
    def is_open_concern(self) -> bool:
        """Whether somebody has to be told."""
        return self.state == State.OPEN and self.direction == Direction.CONCERN

    @property
    def asked_first(self) -> str:
        """Whom its alert is addressed to: the agency named, else the receiver, where the work waits; else all."""
        return self.agency or self.receiver or EVERYBODY


class Standing(NamedTuple):
    """The alert of a signal: the open one, or one that a person has resolved."""

    alert: UUID
    signal: UUID
    is_open: bool
    level: int
    sentence: str
    confidence: str


@dataclass(slots=True)
class Plan:
    """Rows by what becomes of them; `restated`: alert, sentence, confidence; `resolved`: alert, how."""

    at: datetime
    day: int
    raised: list[Row] = field(default_factory=list)
    restated: list[Row] = field(default_factory=list)
    resolved: list[Row] = field(default_factory=list)
    audit: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)

    def open(self, said: Said, title: str) -> None:
        """Raise an alert; its id follows from signal and day, so that a repeated day raises no second one."""
        key = UUID(derived_id(str(said.id), "alert", str(self.day)))
        names = (said.rule or None, title, said.sender or None, said.receiver or None, said.asked_first)
        told = (said.sentence, said.confidence, False, self.day, self.at, self.at)
        self.raised.append((key, said.id, said.kind, *names, said.sender == said.receiver != "", *told))
        self._keep(key, "raised", {"kind": said.kind})
        self.outbox.append((key, "raised", 0, self.at))

    def leave_out(self, alerts: Collection[object]) -> None:
        """Raise all but these alerts, which are known."""
        self.raised = [row for row in self.raised if row[0] not in alerts]
        self.audit = [row for row in self.audit if row[0] not in alerts or row[1] != "raised"]
        self.outbox = [row for row in self.outbox if row[0] not in alerts or row[1] != "raised"]

    def restate(self, standing: Standing, said: Said) -> None:
        """Let an open alert say what its signal says now; every day's words stay with the findings."""
        if (standing.sentence, standing.confidence) != (said.sentence, said.confidence):
            self.restated.append((standing.alert, said.sentence, said.confidence))

    def end(self, standing: Standing, state: str | None) -> None:
        """Resolve an alert whose signal is not open any more; None: no evaluation knows it."""
        how = "late-information" if state is None else HOW[State(state)]
        self.resolved.append((standing.alert, how))
        self._keep(standing.alert, "resolved", {"how": how, "signal": state or "unknown"})
        self.outbox.append((standing.alert, "resolved", standing.level, self.at))

    def _keep(self, alert: UUID, what: str, detail: dict[str, str]) -> None:
        self.audit.append((alert, what, self.at, WHO, orjson.dumps(detail).decode()))


def plan(
    said: Iterable[Said], standing: Iterable[Standing], title: Callable[[About], str], at: datetime, day: int
) -> Plan:
    """Return what to do, given the signals as they stand and the alerts that there are.

    What a person resolved stays so for as long as the signal goes on; a new opening has another id.

    Args:
        said: signals that are open, and those whose alert is.
        standing: open alerts of signals, and those that people resolved.
        title: names what a signal is about.
        at: the present instant.
        day: the judged local day, as days since 1970.
    """
    made, signals = Plan(at, day), {one.id: one for one in said}
    by_signal: dict[UUID, Standing] = {}
    for alert in standing:
        if alert.is_open or alert.signal not in by_signal:
            by_signal[alert.signal] = alert
    for one in signals.values():
        if one.is_open_concern and one.id not in by_signal:
            made.open(one, title(one.about))
    for alert in by_signal.values():
        found = signals.get(alert.signal)
        if not alert.is_open:
            continue
        if found is not None and found.is_open_concern:
            made.restate(alert, found)
        else:
            made.end(alert, found.state if found else None)
    return made
