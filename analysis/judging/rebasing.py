"""A person's decision that something else is usual from a day on: which one holds on a day, and what it begins.

Source: sections 0 ("Locked baseline") and 4 ("Limits' life") of docs/silo_signals.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from analysis.answers import Answer, Status
from analysis.arrays import WEEK
from analysis.engine.locking import FEWEST_DAYS
from analysis.findings import About, Kind
from analysis.items import FlowKey
from analysis.judging.memory import Baselines, Key
from analysis.series.weekly import monday_of
from analysis.series.xmr import Rebase
from models.instants import date_of

NO_BASELINE: Final = Answer.unknown(
    Status.NOT_ENOUGH_DATA, "no baseline is locked: too little was done in its window"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """That from a day on something else is usual: of a flow, or of what an agency publishes. Days are local.

    Attributes:
        about: a flow (its waits, returns and charts), or an agency alone (its lags and silences).
        since: the Monday from which the new limits of charts hold.
        decided: the day on which it was decided.
        counts_from: the first day whose evaluation knows of it; no earlier than `since`.
        window: the days that the new baseline is taken from, both included: 26 whole weeks or more.
        by: who decided; why: what explains the change.
    """

    about: About
    since: int
    decided: int
    counts_from: int
    window: tuple[int, int]
    by: str
    why: str

    def __post_init__(self) -> None:
        """Refuse what nobody answers for, and days that make no sense.

        Raises:
            ValueError: the person or the reason is empty; it begins on no Monday, or counts before it begins; its
                window is less than 26 weeks, or not of whole ones; it is about an agency's part in a flow.
        """
        if not (self.by.strip() and self.why.strip()):
            raise ValueError("a rebase names the person who decided it and what explains the shift")
        if monday_of(self.since) != self.since or self.counts_from < self.since:
            raise ValueError("a rebase begins on a Monday, and counts no earlier")
        days = self.window[1] - self.window[0] + 1
        if days < FEWEST_DAYS or days % WEEK:
            raise ValueError("a new baseline takes a window of 26 whole weeks or more")
        if self.about.flow is not None and self.about.agency is not None:
            raise ValueError("a rebase is about a flow or an agency's feed, not about a part of a flow")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions that hold on a local day; `new`: about what one holds that did not on the day before."""

    day: int
    in_force: Mapping[About, Decision] = field(default_factory=dict)
    new: frozenset[About] = frozenset()

    def window(self, about: About) -> tuple[int, int] | None:
        """Return from which days the baseline of a flow or feed is taken; None: nobody decided."""
        found = self.in_force.get(about)
        return None if found is None else found.window

    def without_baseline(self, about: About) -> Answer:
        """Return why nothing is locked for a flow or feed."""
        found = self.in_force.get(about)
        if found is None:
            return NO_BASELINE
        first, last = map(_shown, found.window)
        why = f"its window is not over until {last}"
        if self.day > found.window[1]:
            why = f"too little of its window, {first} to {last}, is known"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, f"rebased from {_shown(found.since)} on, and {why}")


UNDECIDED: Final = Decided(0)
"""Nobody decided anything."""


def decided_on(decisions: Sequence[Decision], day: int) -> Decided:
    """Return the decisions that hold on a local day: of those that count by then the last about each thing.

    Args:
        decisions: in the order in which they were recorded.
        day: the local day.
    """
    now, before = _in_force(decisions, day), _in_force(decisions, day - 1)
    new = frozenset(about for about, one in now.items() if before.get(about) != one)
    return Decided(day, now, new)


def begins_in(decisions: Iterable[Decision], days: range) -> bool:
    """Return whether a decision may begin to count within local days, which then need all that is known."""
    return any(one.counts_from in days for one in decisions)


def without(usual: Baselines, new: frozenset[About]) -> Baselines:
    """Return the baselines that stand when decisions about some flows and feeds begin to count; limits stay."""
    return replace(
        usual,
        waits={key: one for key, one in usual.waits.items() if About(key) not in new},
        returns={key: one for key, one in usual.returns.items() if About(key) not in new},
        lags={agency: one for agency, one in usual.lags.items() if About(agency=agency) not in new},
        silences={agency: one for agency, one in usual.silences.items() if About(agency=agency) not in new},
    )


def rests_on(key: Key, about: About) -> bool:
    """Return whether a signal says that something differs from the baseline of a flow or feed.

    That is what is about the same flow, also an agency's part in it, or the same feed; and the cost that an
    organisation shifts, which is held against the flow of its own work.
    """
    kind, what = key
    if about.flow is None or what.flow is None:
        return what == about
    own = kind is Kind.COST_SHIFT and about.flow.pair == (what.flow.sender, what.flow.sender)
    return own or what.flow == about.flow


def on_charts(decisions: Iterable[Decision], flow: FlowKey) -> tuple[Rebase, ...]:
    """Return the rebases of a flow's weekly charts by rising week; a later decision takes back what it precedes."""
    kept: list[Decision] = []
    for one in decisions:
        if one.about == About(flow):
            kept = [*(earlier for earlier in kept if earlier.since < one.since), one]
    return tuple(Rebase(one.since, one.by, one.why, one.decided) for one in kept)


def _in_force(decisions: Iterable[Decision], day: int) -> dict[About, Decision]:
    return {one.about: one for one in decisions if one.counts_from <= day}


def _shown(day: int) -> str:
    when = date_of(day)
    return f"{when.day} {when:%B %Y}"
