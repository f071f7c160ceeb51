"""The evaluation of one day, step by step: clocks, decisions, baselines, tests, signals."""

from dataclasses import dataclass, replace

from analysis.findings import Finding
from analysis.items import Known
from analysis.judging.asking import ask, clocks, ends_week
from analysis.judging.chart_limits import with_limits
from analysis.judging.locking import locked
from analysis.judging.memory import Baselines, Memory
from analysis.judging.rebasing import UNDECIDED, Decided, decided_on, without
from analysis.judging.signals import Signal, ranked
from analysis.judging.tracking import follow, rebased
from analysis.judging.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """What one day came to.

    Attributes:
        day: the local day that was evaluated.
        findings: every test asked, answered or not.
        signals: candidates and open signals, gravest first, and those that ended on this day after them.
        memory: what the evaluation of the next day begins with.
        decided: the decisions of people that held.
    """

    day: int
    findings: tuple[Finding, ...]
    signals: tuple[Signal, ...]
    memory: Memory
    decided: Decided = UNDECIDED


def evaluate(world: World, now_us: int, before: Memory) -> Evaluated:
    """Evaluate the local day that ends at `now_us`; the same world, instant and memory give the same answer.

    Days are evaluated in their order, none left out: a stop counts days in a row, a week ends on its Sunday.

    Args:
        world: everything known, later facts included or not.
        now_us: the midnight that ends the day, UTC microseconds.
        before: what the evaluation of the day before left; empty for the first.

    Raises:
        ValueError: the day has been evaluated already, or one was left out.
    """
    day = world.local.day(now_us) - 1
    if before.day is not None and day != before.day + 1:
        raise ValueError(f"day {day} cannot follow day {before.day}: evaluate every day once, in order")
    known, decided = clocks(world, now_us), decided_on(world.decisions, day)
    usual = without(before.baselines, decided.new)
    if ends_week(day) or before.day is None or decided.new:
        usual = _learnt(world, known, usual, decided)
    asked = ask(world, now_us, known, usual, before.clocks, decided)
    going, rebased_now = rebased(before.tracked, decided.new, day)
    tracked, ended = follow(world, asked, going, usual, now_us, day)
    going_on = ranked([one.signal for one in tracked.values()])
    judged_days = {agency: at.day for agency, at in known.items()}
    left = Memory(day, judged_days, usual, tracked)
    return Evaluated(day, asked.findings, (*going_on, *rebased_now, *ended), left, decided)


def _learnt(world: World, known: dict[str, Known], usual: Baselines, decided: Decided) -> Baselines:
    """Return what is usual, with what can be locked by now; it takes all that is known."""
    found = locked(world, known, usual, decided)
    return replace(found, limits=with_limits(world, known, usual.limits, decided.day))
