"""The boundary effect: is the same step slower across organisations than inside one?

The same step is the same two activities, and the same of what is finer, where something tells that (`Steps.finer`:
for the steps of a database the type of court). Comparing all hand-offs with all inside steps would compare
different work, and is done nowhere. Where all steps that are the same belong to one side only, the stage fixes the
organisation, and no amount of such data tells the boundary from the work.

Source: section 6 of docs/silo_signals.md.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analysis.answers import Answer, Effect, Sample, Status
from analysis.arrays import DAY_US, Bools, Codes
from analysis.boundary.case_intervals import intervals
from analysis.boundary.same_steps import FEWEST_A_SIDE, SameStep, SameSteps, both_ways
from analysis.findings import About, Finding, Kind
from analysis.items import Known
from analysis.steps import UNKNOWN, Steps

FEWEST_CASES: Final = 30
LEAST_WEIGHT: Final = 30.0
FLOOR: Final = 0.06
SHOWN: Final = 10
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Boundary:
    """What can be said of the boundary.

    Attributes:
        answer: P(a step across takes longer than the same step inside), 0.5 meaning no effect; or why not.
        days: how many days longer steps across take on average, waits cut at the cap; None without an answer.
        p: two-sided, of P = 0.5; None without an answer.
        cases: cases with steps in the counted strata.
        strata: the counted ones.
        covered: share of the hand-offs asked about whose strata are counted; None where there are none.
        unplaced: steps older than the cap that lasted as long or longer, open or not, and are not compared: nobody
            could say when they began how they would end, or too few of their kind were foreseen on one side.
        evidence: numbers of the cases with the longest steps across in counted strata, longest first.
    """

    answer: Answer
    days: Effect | None = None
    p: float | None = None
    cases: int = 0
    strata: tuple[SameStep, ...] = ()
    covered: float | None = None
    unplaced: int = 0
    evidence: tuple[int, ...] = ()

    @property
    def signals(self) -> bool:
        """Return whether the interval is clear of 0.5 and the effect large enough."""
        effect = self.answer.effect
        return effect is not None and not effect.low <= 0.5 <= effect.high and self.large_enough

    @property
    def large_enough(self) -> bool:
        """Return whether P lies at least 0.06 from 0.5."""
        effect = self.answer.effect
        return effect is not None and abs(effect.value - 0.5) >= FLOOR

    @property
    def reservation(self) -> str | None:
        """Return what has to be said beside the answer: of how few hand-offs it speaks, and what it leaves out."""
        told = []
        if self.covered is not None and self.covered < HALF:
            told.append(f"holds only for {self.covered:.0%} of the hand-offs")
        if self.unplaced:
            told.append(f"{self.unplaced:,} steps that last longer than nearly all others are not compared")
        return "; ".join(told) or None

    def finding(self, about: About, window: tuple[int, int]) -> Finding:
        """Return this as a finding; its interval rules, not its p: `signals` says whether it passes."""
        return Finding(
            kind=Kind.BOUNDARY,
            about=about,
            status=self.answer.status,
            why=self.answer.why,
            p=self.p,
            effect=self.answer.effect,
            large_enough=self.large_enough,
            observed=sum(row.across for row in self.strata),
            sample=self.answer.sample,
            window=window,
            cases=self.evidence,
            reservation=self.reservation if self.answer.effect is not None else None,
        )


def boundary(
    steps: Steps, known: Known, cap: int | Answer, seed: int, pair: tuple[int, int] | None = None
) -> Boundary:
    """Compare steps across organisations with the same steps inside one.

    Args:
        steps: the steps of the period asked about.
        known: what was known when; open steps count with what they had lasted.
        cap: what `boundary_cap` says: M in microseconds, or why there is none.
        seed: of the draws; the same seed gives the same interval.
        pair: codes of sender and receiver, to ask about their hand-offs alone; None: about all.
    """
    seen = _asked_about(steps.known_at(known), pair)
    placed = seen.only(seen.placed)
    cases = np.unique(placed.case).size
    if cases < FEWEST_CASES or not placed.across.any():
        hand_offs = int(np.count_nonzero(placed.across))
        return _too_few(f"{hand_offs} hand-offs, and {cases} cases where {FEWEST_CASES} are needed")
    if not both_ways(placed):
        before = ", before the same type of court" if placed.finer.any() else ""
        why = f"no two activities follow each other both across organisations and inside one{before}: "
        return Boundary(Answer.unknown(Status.NOT_IDENTIFIABLE, f"{why}the stage fixes the organisation"))
    if isinstance(cap, Answer):
        return Boundary(cap)
    until = known.day * DAY_US
    old = seen.only(seen.started + cap <= until)
    return _compared(old, cap, seed, until)


def _compared(old: Steps, cap: int, seed: int, until: int) -> Boundary:
    same = SameSteps.of(old, cap)
    if same is None:
        return _too_few(f"no two activities have {FEWEST_A_SIDE} steps across and {FEWEST_A_SIDE} inside")
    covered = same.covered(old)
    if same.weight < LEAST_WEIGHT or same.cases < FEWEST_CASES:
        had = f"{same.cases} cases with a weight of {same.weight:.0f}"
        return _too_few(f"{had}, where {FEWEST_CASES} and {LEAST_WEIGHT:.0f} are needed", covered)
    found = intervals(same.strata, seed)
    sample = Sample(len(same.steps), int(np.count_nonzero(same.steps.open)))
    return Boundary(
        answer=Answer.known(found.chance, sample),
        days=found.days,
        p=found.p,
        cases=same.cases,
        strata=same.rows(),
        covered=covered,
        unplaced=same.unplaced(old, cap),
        evidence=same.longest(until, SHOWN),
    )


def _asked_about(steps: Steps, pair: tuple[int, int] | None) -> Steps:
    """Return the steps; hand-offs of others than one pair lead, and were foreseen to lead, nobody knows where."""
    if pair is None:
        return steps
    return replace(
        steps,
        to_org=np.where(_concerns(steps.from_org, steps.to_org, pair), steps.to_org, UNKNOWN),
        foreseen_org=np.where(
            _concerns(steps.from_org, steps.foreseen_org, pair), steps.foreseen_org, UNKNOWN
        ),
    )


def _concerns(from_org: Codes, to_org: Codes, pair: tuple[int, int]) -> Bools:
    """Return which steps lead from one of the pair to the other, or stay where they are."""
    concerned: Bools = ((from_org == pair[0]) & (to_org == pair[1])) | (from_org == to_org)
    return concerned


def _too_few(why: str, covered: float | None = None) -> Boundary:
    return Boundary(Answer.unknown(Status.NOT_ENOUGH_DATA, why), covered=covered)
