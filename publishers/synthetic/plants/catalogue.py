"""The one catalogue of planted effects and harmless disturbances: the scenarios of the silo signals.

Each has its row (S1 to S16), one sentence and its parameters with their defaults. An effect is data; what it does
to a wait is a pure function of `publishers.synthetic.plants.waits`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Target(StrEnum):
    """What an effect is planted on."""

    PAIR = "sender:receiver"
    AGENCY = "agency"
    EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry: its name, its scenario, what it does, on what, and its own parameters with their defaults.

    Every effect also has `from` and `to`: the local days between which it holds.
    """

    name: str
    scenario: str
    sentence: str
    target: Target
    harmless: bool = False
    parameters: Mapping[str, float] = field(default_factory=dict)


_EFFECTS: Final = (
    Effect(
        "slow-pair",
        "S1",
        "Waits between the two last longer by a factor.",
        Target.PAIR,
        parameters={"factor": 2.0},
    ),
    Effect(
        "stopped-flow",
        "S2",
        "Nothing passes between the two any more but a trickle.",
        Target.PAIR,
        parameters={"trickle": 0.05},
    ),
    Effect(
        "receiver-weekday",
        "S3",
        "The receiver takes up what came on one weekday (1 = Monday).",
        Target.PAIR,
        parameters={"weekday": 2},
    ),
    Effect(
        "sender-weekday",
        "S4",
        "The sender sends on one weekday (1 = Monday).",
        Target.PAIR,
        parameters={"weekday": 2},
    ),
    Effect(
        "returns",
        "S5",
        "The receiver sends a greater share back.",
        Target.PAIR,
        parameters={"share": 0.2},
    ),
    Effect(
        "publish-lag",
        "S6",
        "The agency's whole feed comes days late.",
        Target.AGENCY,
        parameters={"days": 5},
    ),
    Effect(
        "closure",
        "S7",
        "The agency is closed for some days, as it has declared.",
        Target.AGENCY,
        harmless=True,
        parameters={"days": 10},
    ),
    Effect(
        "reduced-capacity",
        "S8",
        "For some days the agency works at a part of its strength; it has declared a little more.",
        Target.AGENCY,
        harmless=True,
        parameters={"days": 10, "strength": 0.4, "declared": 0.5},
    ),
    Effect(
        "surge",
        "S9",
        "For some days more cases begin, by a factor.",
        Target.EVERYBODY,
        harmless=True,
        parameters={"factor": 2.0, "days": 60},
    ),
    Effect(
        "improved-pair",
        "S10",
        "Waits between the two become shorter by a factor.",
        Target.PAIR,
        parameters={"factor": 0.6},
    ),
    Effect(
        "skips",
        "S11",
        "A greater share of what should pass between the two never does.",
        Target.PAIR,
        parameters={"share": 0.15},
    ),
    Effect(
        "cost-shift",
        "S12",
        "The sender's own work becomes quicker, and more of it comes back from the receiver.",
        Target.PAIR,
        parameters={"factor": 0.6, "share": 0.2},
    ),
    Effect(
        "urgent-only",
        "S13",
        "An urgent share still passes between the two, and quickly; the rest stops.",
        Target.PAIR,
        parameters={"share": 0.2, "factor": 0.6},
    ),
    Effect(
        "bad-dates",
        "S14",
        "A share of events comes with an impossible date first, and a share is known to the day only.",
        Target.EVERYBODY,
        harmless=True,
        parameters={"share": 0.01},
    ),
    Effect(
        "boundary",
        "S15",
        "Every wait between two organisations lasts longer by a factor, no wait inside one.",
        Target.EVERYBODY,
        parameters={"factor": 1.3},
    ),
    Effect("null", "S16", "Nothing is planted.", Target.EVERYBODY, harmless=True),
)

CATALOGUE: Final[Mapping[str, Effect]] = {effect.name: effect for effect in _EFFECTS}
