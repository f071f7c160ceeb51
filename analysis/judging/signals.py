"""The signal record: what boundary costs time, since when, how sure, and what would make it go away."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.answers import Effect, Sample
from analysis.findings import About, Kind
from analysis.judging.confidence import Confidence
from models.identities import derived_id


class Direction(StrEnum):
    """Whether a signal asks for attention or tells of something that became better."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"


class State(StrEnum):
    """How a signal stands."""

    CANDIDATE = "candidate"
    """It passed once; it opens when it passes again."""
    OPEN = "open"
    CLOSED = "closed"
    """It was clear three times in a row."""
    WITHDRAWN = "withdrawn"
    """Late data explain it."""
    SUPERSEDED = "superseded"
    """Another kind says it better: a stop that became a slow pair, a slow pair that became a stop."""
    REBASED = "rebased"
    """A person decided that something else is usual: what it was held against holds no more."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal as it stands on the day it was last judged.

    Days are local day numbers. `excess_days` is item-days a week beyond the limit (or beyond the usual pace where
    there is none); `share` that excess as a share of all cases' time in the same window. Both are None where they
    cannot be said, as is `arrivals_ratio` for a feed. `cases` are numbers of the cases that show it best, the
    longest waits first. `p_adjusted` is None for kinds that are in no weekly family.
    """

    kind: Kind
    about: About
    state: State
    since: int
    opened: int | None
    ended: int | None
    last_judged: int
    window: tuple[int, int]
    measure: str
    effect: Effect
    p: float
    p_adjusted: float | None
    observed: int
    expected: float
    sample: Sample
    excess_days: float | None
    share: float | None
    arrivals_ratio: float | None
    confidence: Confidence
    cases: tuple[int, ...]
    sentence: str
    goes_away_if: str

    @property
    def id(self) -> str:
        """Its identity: the kind, what it is about, and the day it first passed."""
        return identity(self.kind, self.about, self.since)

    @property
    def direction(self) -> Direction:
        """Concern or improvement."""
        return Direction.IMPROVEMENT if self.kind is Kind.IMPROVED else Direction.CONCERN


def identity(kind: Kind, about: About, since: int) -> str:
    """Return the id of a signal: the same facts give the same id in every evaluation."""
    rule, sender, receiver = about.flow or ("", "", "")
    return derived_id("signal", kind.value, rule, sender, receiver, about.agency or "", str(since))


def ranked(signals: list[Signal]) -> list[Signal]:
    """Return signals, gravest first: by excess days a week, then share, then confidence; low confidence last.

    Improvements come after every concern.
    """
    order = list(Confidence)
    return sorted(
        signals,
        key=lambda one: (
            one.direction is Direction.IMPROVEMENT,
            one.confidence is Confidence.LOW,
            -(one.excess_days or 0.0),
            -(one.share or 0.0),
            order.index(one.confidence),
            one.id,
        ),
    )
