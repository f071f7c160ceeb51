"""Is more skipped than usual?"""

from dataclasses import replace

import numpy as np
import pytest

from analysis.answers import Status
from analysis.detectors.missing import missing
from analysis.findings import Finding
from analysis.items import End, FlowKey
from tests.support.silo_flows import SEEDS, YEAR, Drawn, drawn, flow, view

KEY = FlowKey("H", "a", "b")
EFFECT = YEAR + 60


def skipping(seed: int, share: float, rate: float = 6.0) -> Drawn:
    """Draw items of which, begun from EFFECT on, such a share is skipped; before that 2 %."""
    items = drawn(seed, rate, EFFECT + 60)
    more = np.random.default_rng(seed + 100).uniform(size=items.began.size) < share
    items.skipped = np.where(items.began >= EFFECT, more, items.skipped)
    return items


def asked(items: Drawn, slot: int) -> Finding:
    return missing(view(flow(items, KEY), slot))


def test_skips_of_fifteen_instead_of_two_in_a_hundred_are_found() -> None:
    found = [asked(skipping(seed, 0.15), EFFECT + 30) for seed in SEEDS]
    assert sum(one.large_enough and (one.p or 1) <= 1e-3 for one in found) >= 18


def test_as_many_skips_as_usual_are_no_finding() -> None:
    found = [asked(skipping(seed, 0.02), EFFECT + 30) for seed in SEEDS]
    assert sum(one.large_enough and (one.p or 1) <= 0.01 for one in found) <= 1


def test_a_flow_whose_stops_fail_to_come_does_not_skip_more() -> None:
    for seed in SEEDS:
        items = drawn(seed, 6.0, EFFECT + 60, skipped=0.1)
        held = (items.ended >= EFFECT) & ~items.skipped & (np.arange(items.began.size) % 3 > 0)
        items.ended = np.where(held, np.inf, items.ended)
        found = asked(items, EFFECT + 15)
        assert found.p is None or found.p > 1e-3 or not found.large_enough


def test_skips_are_shown_with_the_longest_waits_first() -> None:
    passing = flow(skipping(1, 0.5), KEY)
    found = missing(view(passing, EFFECT + 30))
    assert (passing.items.end[list(found.items)] == End.MISSING).all()
    waits = (passing.ended_slot - passing.started_slot)[list(found.items)]
    assert len(waits) == 10
    assert (np.diff(waits) <= 0).all()


def test_items_that_nobody_needs_are_not_closed() -> None:
    passing = flow(skipping(1, 0.15), KEY)
    ends = passing.items.end.copy()
    ends[ends == End.MISSING] = End.VOID
    found = missing(view(replace(passing, items=replace(passing.items, end=ends)), EFFECT + 30))
    assert (found.status, found.observed) == (Status.NOT_ENOUGH_DATA, 0)


def test_a_proof_that_is_not_known_yet_does_not_count() -> None:
    passing = flow(skipping(1, 0.5), KEY)
    late = replace(passing.items, ended_known=passing.items.ended_known + (1 << 55))
    known = view(passing, EFFECT + 30)
    later = replace(known, flow=replace(passing, items=late))
    assert missing(known).p is not None
    assert missing(later).why == "0 closed and 0 missing, where 30 and 5 are needed"


def test_a_small_flow_answers_that_it_is_too_small() -> None:
    found = asked(skipping(1, 0.15, rate=1.0), EFFECT + 30)
    assert found.status is Status.NOT_ENOUGH_DATA
    assert found.why is not None
    assert found.why.endswith("where 30 and 5 are needed")


def test_a_silent_feed_withholds_the_answer() -> None:
    silent = view(flow(skipping(1, 0.15), KEY), EFFECT + 30, feed_silent=True)
    assert missing(silent).status is Status.WITHHELD


def test_a_baseline_without_any_skip_is_not_taken_for_certainty() -> None:
    items = skipping(1, 0.15)
    items.skipped &= items.began >= EFFECT
    found = asked(items, EFFECT + 30)
    assert 0 < found.expected < 1
    assert found.p == pytest.approx(0, abs=1e-6)
