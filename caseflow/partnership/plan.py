"""What the demonstration tells: its cases, what is planted in them, and how its days pass."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from infra.clock import Pace
from models.profile import Profile
from publishers.synthetic.plants.planted import Plant, read_plant
from publishers.synthetic.world import World

SEED = 1
CASES_IN_TWO_YEARS = 6_000
HISTORY = timedelta(days=90)
BEHIND = timedelta(days=10)
"""How far behind the wall's clock the demonstration's begins: its days pass until it has caught up."""
LEAD = timedelta(seconds=25)
"""Until the processes are there and the history is imported, the clock stands still."""
PLANTED_FOR = timedelta(days=30)
"""The effects hold since so long before the history ends."""
PLANTS = (
    "slow-pair=cps:police,from={day},factor=3",
    "slow-pair=hmcts-magistrates:witness-care-durham,from={day},factor=4",
    "closure=probation-north-east,from={day},days=4",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a demonstration is: what a second one on the same data goes on from."""

    history_ends: datetime
    reached: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A world, how far it is told, and the pace at which its days pass from there."""

    world: World
    progress: Progress
    pace: Pace

    @property
    def since(self) -> datetime:
        """From when on its cases begin."""
        return self.progress.history_ends - HISTORY

    @property
    def plants(self) -> tuple[Plant, ...]:
        """What is planted."""
        return self.world.plants


def plan(profile: Profile, wall: datetime, speed: float, progress: Progress | None) -> Plan:
    """Return the plan of a demonstration whose processes start at an instant of the wall's clock.

    Args:
        profile: of the partnership.
        wall: now, by the wall's clock.
        speed: how many seconds pass in one.
        progress: of an earlier demonstration on this data; None: a new one.

    Raises:
        ValueError: the profile does not have the vocabulary of the synthetic partnership.
    """
    begins = wall + LEAD
    known = progress or Progress(begins - BEHIND, begins - BEHIND)
    day = (known.history_ends - PLANTED_FOR).date().isoformat()
    plants = tuple(read_plant(text.format(day=day)) for text in PLANTS)
    world = World(profile, SEED, CASES_IN_TWO_YEARS, plants)
    return Plan(world, known, Pace(min(known.reached, begins), begins, speed))


def read_progress(file: Path) -> Progress | None:
    """Return how far the demonstration on some data is; None where there was none."""
    if not file.exists():
        return None
    told = orjson.loads(file.read_bytes())
    return Progress(*(datetime.fromisoformat(told[name]) for name in ("history_ends", "reached")))


def keep_progress(file: Path, progress: Progress) -> None:
    """Write down how far a demonstration is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(orjson.dumps(progress))
