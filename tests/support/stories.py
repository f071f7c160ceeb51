"""Cases of the partnership told day by day, and what its register makes of them."""

from collections.abc import Iterable
from dataclasses import replace

from models.canonical import Recorded
from models.hand_offs import HandOff
from models.instants import DAY_US
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

FAR = at("2031-01-01T00:00:00")
"""Long after every story: what is still awaited then is overdue."""


def story(text: str) -> list[Recorded]:
    """Return the events of a story: a line `YYYY-MM-DDTHH:MM type name=value ...`; `id=` names an event.

    Values are read as whole numbers, `yes` and `no` as truth, everything else as text.
    """
    return [_event(line.split()) for line in text.splitlines() if line.strip()]


def judged(text: str, now_us: int = FAR, *, by_day: bool = False) -> tuple[HandOff, ...]:
    """Return the hand-offs that the partnership's register sees in a story, at an instant.

    With `by_day` each event is known to its day alone.
    """
    events = story(text)
    if by_day:
        events = [replace(one, time_us=one.time_us // DAY_US * DAY_US, precision="day") for one in events]
    return reading(events, Rules.of(shipped("cleveland-and-durham")), now_us).hand_offs


def states(hand_offs: Iterable[HandOff]) -> dict[str, list[str]]:
    """Return the states of the hand-offs by row, in the order in which they started."""
    found: dict[str, list[str]] = {}
    for one in sorted(hand_offs, key=lambda one: (one.rule, one.started_us)):
        found.setdefault(one.rule, []).append(one.state.value)
    return found


def _event(words: list[str]) -> Recorded:
    time, name, *rest = words
    told = dict(word.split("=", 1) for word in rest)
    over: dict[str, object] = {key: told.pop(key) for key in ("id", "extends") if key in told}
    return recorded(name, time, data={key: _value(text) for key, text in told.items()}, **over)


def _value(text: str) -> str | int | bool:
    if text in ("yes", "no"):
        return text == "yes"
    return int(text) if text.isdigit() else text
