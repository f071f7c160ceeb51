"""Does more come back than usual?"""

import numpy as np

from analysis.answers import Status
from analysis.detectors.ping_pong import ping_pong
from analysis.findings import Finding
from analysis.items import FlowKey
from tests.support.silo_flows import SEEDS, YEAR, Drawn, drawn, flow, view, waits

KEY = FlowKey("H", "a", "b")
EFFECT = YEAR + 60


def returning(seed: int, share: float, rate: float = 6.0) -> Drawn:
    """Draw items of which, begun from EFFECT on, such a share comes back; before that 5 %."""
    items, by = drawn(seed, rate, EFFECT + 60), np.random.default_rng(seed + 100)
    n = items.began.size
    back = np.where(by.uniform(size=n) < share, items.began + waits(by, n), np.inf)
    items.returned = np.where(items.began >= EFFECT, back, items.returned)
    return items


def asked(items: Drawn, slot: int) -> Finding:
    return ping_pong(view(flow(items, KEY), slot))


def test_returns_of_twenty_instead_of_five_in_a_hundred_are_found() -> None:
    found = [asked(returning(seed, 0.2), EFFECT + 40) for seed in SEEDS]
    assert sum(one.large_enough and (one.p or 1) <= 1e-4 for one in found) >= 18


def test_as_many_returns_as_usual_are_no_finding() -> None:
    found = [asked(returning(seed, 0.05), EFFECT + 40) for seed in SEEDS]
    assert sum(one.large_enough and (one.p or 1) <= 0.01 for one in found) <= 1


def test_a_surge_of_arrivals_brings_returns_that_were_to_be_expected() -> None:
    for seed in SEEDS[:10]:
        usual, more = drawn(seed, 6.0, EFFECT + 60), drawn(seed + 50, 6.0, EFFECT + 60)
        late = more.began >= EFFECT
        both = Drawn(
            *(
                np.concatenate([getattr(usual, name), getattr(more, name)[late]])
                for name in Drawn.__annotations__
            )
        )
        found = asked(both, EFFECT + 40)
        assert found.effect is not None
        assert found.effect.value < 1.5 or (found.p or 0) > 0.001


def test_what_came_back_last_is_shown() -> None:
    passing = flow(returning(1, 0.2), KEY)
    found = ping_pong(view(passing, EFFECT + 40))
    back = passing.returned_slot[list(found.items)]
    assert len(found.items) == 10
    assert ((back >= EFFECT + 10) & (back < EFFECT + 40)).all()


def test_fewer_than_thirty_baseline_returns_have_no_answer() -> None:
    found = asked(returning(1, 0.2, rate=1.5), EFFECT + 40)
    assert found.status is Status.NOT_ENOUGH_DATA
    assert found.why is not None
    assert "fewer than 30" in found.why
