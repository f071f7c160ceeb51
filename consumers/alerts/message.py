"""What a message says: case references and hand-offs, and no person; pure."""

import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from consumers.alerts.line import Line
from models.routes import What

SOURCE = "/caseflow/alerts"
TYPE = "caseflow.alerts.message.v1"


class Kind(StrEnum):
    """How many alerts a message tells of, and on what occasion."""

    SINGLE = "single"
    GROUPED = "grouped"
    DIGEST = "digest"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one receiver. `id` is what the receiver recognises a repeat by; `at` when it was made."""

    id: str
    route: str
    receiver: str
    kind: Kind
    at: str
    lines: tuple[Line, ...]
    link: str | None = None

    @property
    def unsettled(self) -> tuple[Line, ...]:
        """The lines that somebody has to act upon."""
        return tuple(line for line in self.lines if line.what != What.RESOLVED)

    @property
    def oldest(self) -> Line | None:
        """The line with the earliest due instant among those to act upon; None: no due instant is known."""
        dated = [line for line in self.unsettled if line.due is not None]
        return min(dated, key=lambda line: (line.due or "", line.case or ""), default=None)

    @property
    def signals(self) -> tuple[Line, ...]:
        """The lines that tell of signals."""
        return tuple(line for line in self.lines if line.signal is not None)

    def by_hand_off(self) -> list[tuple[str, str, bool, int]]:
        """Return row, title, whether it is a local target, and count of those to act upon: most first."""
        lines = [line for line in self.unsettled if line.signal is None]
        counts = Counter((line.rule or "", line.title, line.local_target) for line in lines)
        return [(*key, n) for key, n in sorted(counts.items(), key=lambda found: (-found[1], found[0]))]


def linked(message: Message, start: str | None) -> Message:
    """Return the message with its link, where the installation has a place to look at alerts."""
    return (
        message
        if start is None
        else replace(message, link=f"{start.rstrip('/')}/alerts?message={message.id}")
    )


def pseudonymised(message: Message, key: bytes) -> Message:
    """Return the message for a receiver outside: references that say nothing, and stay the same for a case.

    Ids of alerts follow from the case, so they are replaced as well.
    """
    return replace(
        message,
        lines=tuple(
            replace(line, case=_pseudonym(key, line.case), alert=_keyed_id(key, line.alert))
            for line in message.lines
        ),
    )


def body(message: Message, csv: str | None = None) -> bytes:
    """Return a message as a CloudEvent in JSON; `csv` is the same list as text, for grouped messages."""
    oldest = message.oldest
    data: dict[str, Any] = {
        "route": message.route,
        "receiver": message.receiver,
        "kind": message.kind,
        "count": len(message.lines),
        "byHandOff": [
            {"handOff": rule, "title": title, "localTarget": local, "count": count}
            for rule, title, local, count in message.by_hand_off()
        ],
        "oldestDue": oldest.due if oldest else None,
        "link": message.link,
        "alerts": [line.told for line in message.lines],
    }
    if csv is not None:
        data["csv"] = csv
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": message.id,
            "source": SOURCE,
            "type": TYPE,
            "subject": message.receiver,
            "time": message.at,
            "datacontenttype": "application/json",
            "data": data,
        }
    )


def stored(message: Message) -> str:
    """Return what of a message is kept with its delivery, as JSON text: `restored` takes it back."""
    return orjson.dumps({"at": message.at, "lines": [asdict(line) for line in message.lines]}).decode()


def restored(text: str) -> tuple[str, tuple[Line, ...]]:
    """Return `at` and the lines of a message that was kept."""
    content = orjson.loads(text)
    return content["at"], tuple(Line(**line) for line in content["lines"])


def ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines as people read them: the longest due first, those without a due instant last."""
    return tuple(
        sorted(lines, key=lambda line: (line.due is None, line.due or "", line.case or "", line.rule or ""))
    )


def _pseudonym(key: bytes, case: str | None) -> str | None:
    return None if case is None else f"P-{_keyed(key, 'case', case)[:16]}"


def _keyed(key: bytes, kind: str, text: str) -> str:
    return hmac.new(key, f"{kind}\x1f{text}".encode(), sha256).hexdigest()


def _keyed_id(key: bytes, alert: str) -> str:
    return str(UUID(_keyed(key, "alert", alert)[:32]))
