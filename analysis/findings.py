"""What a detector says of one flow or feed at one judged day: passed, not passed, or not answered."""

from dataclasses import dataclass

from analysis.answers import NOTHING, Effect, Sample, Status
from analysis.items import FlowKey
from models.signal_kinds import SignalKind

Kind = SignalKind
"""The kinds of signal: what a detector's finding may become."""


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about: a flow, or an agency's part in one, or an agency's feed (`agency` alone)."""

    flow: FlowKey | None = None
    agency: str | None = None

    def __post_init__(self) -> None:
        """Refuse a finding about nothing."""
        if self.flow is None and self.agency is None:
            raise ValueError("a finding is about a flow or an agency")


@dataclass(frozen=True, slots=True)
class Finding:
    """One test's answer.

    `p` and `effect` are there exactly where `status` is ok. `large_enough`: the effect floor of its kind holds.
    `expected` is what the usual pace gives (outcomes in the window) and `variance` that number's, as the engine
    has them (0 where a kind has none), `window` the first and the last local day
    looked at, `items` positions in the flow's Items that show it best (longest waits first, 10 at most), `cases`
    numbers of cases for what is not about one flow. `reservation` is what has to be said beside the answer.
    """

    kind: Kind
    about: About
    status: Status
    why: str | None = None
    p: float | None = None
    effect: Effect | None = None
    large_enough: bool = False
    observed: int = 0
    expected: float = 0.0
    variance: float = 0.0
    sample: Sample = NOTHING
    window: tuple[int, int] | None = None
    items: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    reservation: str | None = None

    def __post_init__(self) -> None:
        """Refuse an answered test without its numbers, and an unanswered one with any or without its reason."""
        answered = self.status is Status.OK
        if (self.p is not None) != answered or (self.effect is not None) != answered:
            raise ValueError(f"{self}: p and effect go with `ok` alone")
        if answered == (self.why is not None) or (self.large_enough and not answered):
            raise ValueError(f"{self}: a reason goes with an unanswered test alone")
