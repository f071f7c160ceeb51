"""How much one run measures."""

from dataclasses import dataclass

from bench.delays.storms import Storm


@dataclass(frozen=True)
class Sizes:
    """Deadlines, the seconds over which they lie, storms, hand-offs and seconds of an outage, synthetic cases."""

    deadlines: int
    over_s: float
    storms: tuple[Storm, ...]
    outage: int
    outage_s: float
    cases: int


FULL = Sizes(
    deadlines=200,
    over_s=60.0,
    storms=(
        Storm("storm", 500),
        Storm("storm_over_1s", 500, within_s=1.0),
        Storm("great_storm", 5_000, lead_s=30.0, required=False),
    ),
    outage=100,
    outage_s=60.0,
    cases=200_000,
)
FEW = Sizes(
    deadlines=20,
    over_s=10.0,
    storms=(Storm("storm", 50, lead_s=12.0),),
    outage=10,
    outage_s=40.0,
    cases=2_000,
)
