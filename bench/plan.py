"""How much one benchmark run measures."""

from dataclasses import dataclass

from bench.candidates import Load


@dataclass(frozen=True)
class PathPlan:
    """The whole path: events of one burst, bursts, seconds of the two steady loads."""

    events: int
    rounds: int
    latency_s: float
    steady_s: float


@dataclass(frozen=True)
class Plan:
    """A run: events of each load, rounds of the comparison, and the whole path."""

    events: dict[Load, int]
    rounds: int
    path: PathPlan


def plan(rounds: int, *, quick: bool) -> Plan:
    """Return what to measure; quick answers whether everything runs, its rates are not worth quoting."""
    if quick:
        few = {Load.MANY: 60_000, Load.FEW: 20_000, Load.CANONICAL: 60_000}
        return Plan(few, 1, PathPlan(10_000, 1, latency_s=5, steady_s=15))
    many = {Load.MANY: 300_000, Load.FEW: 60_000, Load.CANONICAL: 300_000}
    return Plan(many, rounds, PathPlan(60_000, rounds, latency_s=20, steady_s=90))
