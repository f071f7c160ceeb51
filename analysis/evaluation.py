"""The evaluation of one day, step by step: clocks, baselines, tests, signals."""

from dataclasses import dataclass

from analysis.asking import ask, clocks, ends_week
from analysis.findings import Finding
from analysis.locking import locked
from analysis.memory import Memory
from analysis.signals import Signal, ranked
from analysis.tracking import follow
from analysis.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """What one day came to.

    Attributes:
        day: the local day that was evaluated.
        findings: every test asked, answered or not.
        signals: candidates and open signals, gravest first, and those that ended on this day after them.
        memory: what the evaluation of the next day begins with.
    """

    day: int
    findings: tuple[Finding, ...]
    signals: tuple[Signal, ...]
    memory: Memory


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
    known = clocks(world, now_us)
    learn = ends_week(day) or before.day is None
    usual = locked(world, known, before.baselines) if learn else before.baselines
    asked = ask(world, now_us, known, usual, before.clocks)
    tracked, ended = follow(world, asked, before.tracked, usual, now_us, day)
    going_on = ranked([one.signal for one in tracked.values()])
    judged_days = {agency: at.day for agency, at in known.items()}
    return Evaluated(day, asked.findings, (*going_on, *ended), Memory(day, judged_days, usual, tracked))
