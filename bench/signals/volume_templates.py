"""One year of the synthetic partnership, followed to its end: what a partnership of any size is made of.

Each case is folded and judged by the real code. A larger partnership tells it again and again, shifted by whole
weeks, so that the mix of hand-offs, waits and publication lags is the synthetic partnership's own.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.canonical import Recorded
from models.case import Advanced, Case, at_time, evolve
from models.checks import accept
from models.hand_offs import HandOff, State
from models.instants import to_us
from models.profile import Profile
from models.reading import read
from models.rules import Rules
from models.timeline import Step
from publishers.synthetic.partnership import tell
from publishers.synthetic.world import World

SINCE: Final = datetime(2020, 1, 6, tzinfo=UTC)
BEGUN_BY: Final = datetime(2021, 1, 4, tzinfo=UTC)
UNTIL: Final = datetime(2026, 1, 5, tzinfo=UTC)
"""Cases that begin in the first year are followed for five more: nearly everything has ended."""
NEVER: Final = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """Told cases: their events, hand-offs and steps, each with the number of its case, and when cases began."""

    begun_us: NDArray[np.int64]
    events: list[tuple[int, Recorded]]
    hand_offs: list[tuple[int, HandOff]]
    steps: list[tuple[int, Step]]


def templates(profile: Profile, cases: int, seed: int = 1) -> Templates:
    """Return so many cases, accepted, folded and judged.

    Args:
        profile: `cleveland-and-durham`, or one with its vocabulary.
        cases: that begin in a year.
        seed: of the partnership.
    """
    rules, world = Rules.of(profile), World(profile, seed, 2 * cases)
    told: dict[str, list[Recorded]] = defaultdict(list)
    for number, arrival in enumerate(tell(world, UNTIL, SINCE)):
        event = arrival.event
        place = f"caseflow.{event.stage}", 0, number
        found = accept(event, profile, to_us(event.recordedtime or event.time), place)
        if isinstance(found, Recorded):
            told[arrival.case].append(found)
    begun = {case: min(one.time_us for one in events) for case, events in told.items()}
    kept = [case for case in sorted(begun) if to_us(SINCE) <= begun[case] < to_us(BEGUN_BY)][:cases]
    made = Templates(np.array([begun[case] for case in kept], dtype=np.int64), [], [], [])
    for number, case in enumerate(kept):
        _add(made, number, told[case], rules)
    return made


def _add(made: Templates, number: int, events: list[Recorded], rules: Rules) -> None:
    case = Case(events[0].subject)
    for event in events:
        outcome = evolve(case, event, rules)
        if isinstance(outcome, Advanced):  # what is sent twice is there once
            case = outcome.case
            made.events.append((number, event))
    reading = read(at_time(case, to_us(UNTIL)), rules)
    made.hand_offs.extend((number, one) for one in reading.hand_offs if one.state is not State.NEGATIVE)
    made.steps.extend((number, step) for step in reading.steps)
