"""What a judgement means for the alert of its hand-off: raise, rise, restate or end it. Pure.

A hand-off that is overdue or missing has one open alert, as severe as it is late; any other has none.
"""

from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple, Self, cast
from uuid import UUID

from consumers.projector.changes import HAND_OFF_COLUMNS, Row
from models.limits import Certainty
from models.routes import Severity


class How(StrEnum):
    """How a hand-off ends its alert. People end alerts at the desk."""

    COMPLETED = "completed"
    LATE_INFORMATION = "late-information"
    WITHDRAWN = "withdrawn"


class Shown(NamedTuple):
    """What an alert repeats of its hand-off, so that it can be read and told without it."""

    title: str
    sender: str
    receiver: str
    area: str | None
    due_us: int | None
    overdue_us: int | None
    time_limit: str | None
    certainty: str | None
    local_target: bool


class Said(NamedTuple):
    """What a change says of one hand-off. Where it was removed, only the first four and `version` are known."""

    id: UUID
    case_ref: str
    state: str
    rule: str
    title: str
    sender: str
    receiver: str
    owner: str | None
    internal: bool
    area: str | None
    tier: int | None
    due_us: int | None
    overdue_us: int | None
    time_limit: str | None
    certainty: str | None
    version: int
    importing: bool

    @classmethod
    def of(cls, row: Row, *, importing: bool) -> Self:
        """Return what a row of `hand_off_change` says."""
        return cls._make((*_of_row(row), importing))

    @property
    def must_act(self) -> str:
        """The agency that must bring about the stop."""
        return self.owner or self.receiver

    @property
    def severity(self) -> Severity | None:
        """How late it is; None: not late."""
        match self.state:
            case "overdue":
                return WORSE[self.tier or 0]
            case "missing":
                return Severity.MISSING
            case _:
                return None

    @property
    def shown(self) -> Shown:
        """What the alert repeats. Where nobody has confirmed the limit, or there is none, people must be told."""
        return Shown(
            self.title,
            self.sender,
            self.receiver,
            self.area,
            self.due_us,
            self.overdue_us,
            self.time_limit,
            self.certainty,
            self.certainty not in _CONFIRMED,
        )


class OpenAlert(NamedTuple):
    """The alert of a hand-off that is not resolved, as far as judging goes on from it."""

    id: UUID
    owner: str
    severity: Severity
    level: int
    shown: Shown


class Standing(NamedTuple):
    """What is known of a hand-off's alerts.

    settled: the greatest severity that a person has resolved, None where nobody has.
    version: of the last change that touched any of them, -1 where there is none.
    """

    open: OpenAlert | None = None
    settled: Severity | None = None
    version: int = -1


class Raise(NamedTuple):
    """Open an alert of this severity."""

    severity: Severity


class Restate(NamedTuple):
    """Let an open alert say what its hand-off now says, this severity among it."""

    alert: OpenAlert
    severity: Severity

    @property
    def risen(self) -> bool:
        """Whether it is worse than before, and so has to be told again."""
        return rank(self.severity) > rank(self.alert.severity)


class Resolve(NamedTuple):
    """End an open alert."""

    alert: OpenAlert
    how: How


Action = Raise | Restate | Resolve

WORSE = tuple(Severity)
"""From the mildest to the worst; the first three are the tiers of what is overdue."""
NO_ALERTS = Standing()
HOW = {
    "met_late": How.COMPLETED,
    "met": How.LATE_INFORMATION,
    "open": How.LATE_INFORMATION,
    "negative": How.LATE_INFORMATION,
    "void": How.WITHDRAWN,
    "removed": How.WITHDRAWN,
}
_CONFIRMED = frozenset(one for one in Certainty if not one.is_local_target)
_of_row = cast("itemgetter[Row]", itemgetter(*(HAND_OFF_COLUMNS.index(name) for name in Said._fields[:-1])))


def rank(severity: Severity) -> int:
    """Return how bad a severity is: a greater one is worse."""
    return WORSE.index(severity)


def decide(said: Said, standing: Standing) -> tuple[Action, ...]:
    """Return what to do, in order; nothing for a change that the alerts have seen already.

    Imported history raises no alert, but one that is open follows its hand-off. What a person has resolved is
    raised again only when it is worse than what they resolved. An alert whose hand-off now awaits another agency
    ends for the one that was told, and a new one is raised for the other.
    """
    if said.version <= standing.version:
        return ()
    severity, now = said.severity, standing.open
    if severity is None:
        return () if now is None else (Resolve(now, HOW[said.state]),)
    if now is None:
        settled = standing.settled is not None and rank(severity) <= rank(standing.settled)
        return () if said.importing or settled else (Raise(severity),)
    if now.owner != said.must_act:
        ended = Resolve(now, How.LATE_INFORMATION)
        return (ended,) if said.importing else (ended, Raise(severity))
    return (Restate(now, severity),)
