"""One alert as a message tells it; pure."""

from dataclasses import asdict, dataclass
from typing import Any

OF_SIGNALS = ("signal", "kind", "sentence", "confidence")
OF_HAND_OFFS = (
    "case",
    "area",
    "severity",
    "due",
    "deadline",
    "days_late",
    "limit",
    "certainty",
    "local_target",
)
_NAMES = {"rule": "handOff", "days_late": "daysLate", "local_target": "localTarget"}


@dataclass(frozen=True, slots=True)
class Line:
    """One alert as a message tells it. Instants are RFC 3339 in local time; `days_late` counts local days.

    It tells of a hand-off, or of a signal: then `signal` and what follows it are known, and no case is.
    """

    alert: str
    what: str
    case: str | None
    rule: str | None
    title: str
    sender: str | None
    receiver: str | None
    owner: str
    area: str | None
    severity: str | None
    level: int
    due: str | None
    deadline: str | None
    days_late: int | None
    limit: str | None
    certainty: str | None
    local_target: bool
    signal: str | None = None
    kind: str | None = None
    sentence: str | None = None
    confidence: str | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What receivers read: of a hand-off nothing that only a signal has, and the other way round."""
        foreign = OF_SIGNALS if self.signal is None else OF_HAND_OFFS
        return {_NAMES.get(name, name): value for name, value in asdict(self).items() if name not in foreign}
