"""A run judged day by day: which signals open, when, and when they end."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.findings import About, Finding, Kind
from analysis.judging.evaluation import evaluate
from analysis.judging.memory import Memory
from analysis.judging.signals import State
from analysis.judging.world import World
from bench.signals.days import WEEK, Days, calendar_day


@dataclass(frozen=True, slots=True)
class Opening:
    """A signal that opened, and how many working days after the effect began (negative: before it)."""

    kind: Kind
    about: About
    after: int
    from_stop: bool
    """It is a slow pair that was a stop before."""


@dataclass(frozen=True, slots=True)
class Evening:
    """What the evaluation of a day found: its findings, the signals that opened, how many are open."""

    after: int
    findings: tuple[Finding, ...]
    opened: tuple[Opening, ...]
    still_open: frozenset[tuple[Kind, About]]


def evenings(looked_at: World, days: Days, first_week: int, effect_week: int) -> Iterator[Evening]:
    """Evaluate every day of the judged weeks from `first_week` on, each at the midnight that ends it."""
    memory, before = Memory(), frozenset[tuple[Kind, About]]()
    effect = days.judged_week(effect_week)
    for day in days.evenings(first_week):
        evaluated = evaluate(looked_at, days.ends_us(day), memory)
        memory = evaluated.memory
        after = _working_days_until(day + 1) - effect
        going_on = frozenset((one.kind, one.about) for one in evaluated.signals if one.state is State.OPEN)
        turned = {
            one.about for one in evaluated.signals if one.kind is Kind.STOP and one.state is State.SUPERSEDED
        }
        opened = tuple(
            Opening(kind, about, after, kind is Kind.SLOW_PAIR and about in turned)
            for kind, about in sorted(going_on - before, key=str)
        )
        yield Evening(after, evaluated.findings, opened, going_on)
        before = going_on


def _working_days_until(day: int) -> int:
    weeks, weekday = divmod(day - calendar_day(0), 7)
    return weeks * WEEK + min(weekday, WEEK)
