"""How judgements compare with the truth, and what they cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import NamedTuple

LATE = frozenset({"met_late", "overdue"})
"""The states of a hand-off that was done late, or is not done and late."""


class Order(StrEnum):
    """In which order the events come."""

    ARRIVAL = "arrival"
    SHUFFLED = "shuffled"


class Key(NamedTuple):
    """What names a hand-off both in the truth and in a judgement."""

    rule: str
    case: str
    start_event: str
    about: str | None


@dataclass(frozen=True)
class Tally:
    """Counts of some cases, and the CPU seconds of telling, accepting and folding their events."""

    cases: int = 0
    events: int = 0
    refused: int = 0
    hand_offs: int = 0
    late: int = 0
    found: int = 0
    invented: int = 0
    other_state: int = 0
    without_truth: int = 0
    telling_s: float = 0.0
    accepting_s: float = 0.0
    folding_s: float = 0.0

    @property
    def overlooked(self) -> int:
        """Late hand-offs that were not judged late."""
        return self.late - self.found

    @property
    def precision(self) -> float:
        """The share of the late judgements that are true; 1 where there are none."""
        said = self.found + self.invented
        return self.found / said if said else 1.0

    @property
    def recall(self) -> float:
        """The share of the late hand-offs that were judged late; 1 where there are none."""
        return self.found / self.late if self.late else 1.0


def compared(judged: Mapping[Key, str], true: Mapping[Key, str], spent: Tally) -> Tally:
    """Compare states by hand-off, added to what was counted before.

    A hand-off that only the judgements know must not be late; one that only the truth knows has another state.
    """
    said = {key for key, state in judged.items() if state in LATE}
    late = {key for key, state in true.items() if state in LATE}
    return replace(
        spent,
        hand_offs=len(true),
        late=len(late),
        found=len(said & late),
        invented=len(said - late),
        without_truth=len(judged.keys() - true.keys()),
        other_state=sum(judged.get(key) != state for key, state in true.items()),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    several = list(tallies)
    return Tally(**{one.name: sum(getattr(tally, one.name) for tally in several) for one in fields(Tally)})
