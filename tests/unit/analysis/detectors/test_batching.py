"""Is work taken up, or sent, on some weekdays only?"""

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Status
from analysis.detectors.batching import _given, _p, batching, cost_per_item, pick_up_slots
from analysis.engine.baseline import Baseline
from analysis.engine.expected import at_work, outcomes_in
from analysis.findings import Finding
from analysis.items import FlowKey
from analysis.open_days import OpenDays
from tests.support.silo_flows import CALENDAR, FIRST, SEEDS, YEAR, Drawn, day, drawn, flow, view

KEY = FlowKey("H", "a", "b")
EFFECT = YEAR + 60
WEDNESDAY = 2


def collected(at: np.ndarray, weekday: int) -> np.ndarray:
    """Return the same working days, from EFFECT on put off to the next such weekday."""
    slot = np.floor(at)
    return np.where(at >= EFFECT, slot + (weekday - slot) % 5 + 0.4, at)


def picked_up(seed: int, rate: float) -> Drawn:
    items = drawn(seed, rate, EFFECT + 60)
    items.ended = collected(items.ended, WEDNESDAY)
    return items


def sent(seed: int, rate: float) -> Drawn:
    items = drawn(seed, rate, EFFECT + 60)
    wait, items.began = items.ended - items.began, collected(items.began, WEDNESDAY)
    items.ended = items.began + wait
    return items


def asked(items: Drawn, slot: int, calendar: OpenDays = CALENDAR) -> tuple[Finding, Finding]:
    return batching(view(flow(items, KEY, calendar), slot), calendar)


def fires(finding: Finding) -> bool:
    return finding.large_enough and (finding.p or 1) <= 1e-4


@pytest.mark.parametrize(("rate", "within"), [(2.0, 30), (6.0, 25)])
def test_a_receiver_that_picks_up_on_one_weekday_is_found_and_not_its_sender(
    rate: float, within: int
) -> None:
    found = [asked(picked_up(seed, rate), EFFECT + within) for seed in SEEDS]
    assert sum(fires(receiver) for receiver, _ in found) >= 18
    assert sum(fires(sender) for _, sender in found) == 0


@pytest.mark.parametrize(("rate", "within"), [(2.0, 30), (6.0, 25)])
def test_a_sender_that_sends_on_one_weekday_is_found_and_not_its_receiver(rate: float, within: int) -> None:
    found = [asked(sent(seed, rate), EFFECT + within) for seed in SEEDS]
    assert sum(fires(sender) for _, sender in found) >= 18
    assert sum(fires(receiver) for receiver, _ in found) == 0


def test_an_even_rhythm_is_no_finding_for_either() -> None:
    found = [part for seed in SEEDS for part in asked(drawn(seed, 6.0, EFFECT + 60), EFFECT + 30)]
    assert sum(part.large_enough for part in found) == 0
    assert sum((part.p or 1) <= 0.05 for part in found) <= 5


def test_fridays_declared_short_from_a_day_on_are_no_rhythm() -> None:
    weights = CALENDAR.weights.copy()
    weights[day(EFFECT) - FIRST + 4 :: 7] = 0.2
    short = OpenDays(FIRST, weights)
    for seed in SEEDS[:5]:
        items = drawn(seed, 6.0, EFFECT + 60)
        left_out = np.random.default_rng(seed).uniform(size=items.began.size) < 0.8
        friday = (np.floor(items.began) % 5 == 4) & (items.began >= EFFECT) & left_out
        kept = Drawn(*(getattr(items, name)[~friday] for name in Drawn.__annotations__))
        _, sender = asked(kept, EFFECT + 40, short)
        assert (sender.p or 0) > 0.01
        assert (asked(kept, EFFECT + 40)[1].p or 1) < 0.001  # undeclared, it is one


def test_what_has_always_been_the_rhythm_is_none() -> None:
    items = drawn(3, 6.0, EFFECT + 60)
    slot = np.floor(items.ended)
    mostly = np.arange(slot.size) % 10 < 7
    items.ended = np.where(mostly, slot + (WEDNESDAY - slot) % 5 + 0.4, items.ended)
    friday = np.floor(items.began) % 5 == 4
    kept = Drawn(*(getattr(items, name)[~friday] for name in Drawn.__annotations__))
    for finding in asked(kept, EFFECT + 40):
        assert finding.effect is not None
        assert finding.effect.value < 0.1


def test_the_share_that_would_have_to_move_is_told() -> None:
    receiver, sender = asked(picked_up(1, 6.0), EFFECT + 55)
    assert receiver.effect is not None
    assert receiver.effect.value == pytest.approx(0.8, abs=0.05)
    assert (receiver.about.agency, sender.about.agency) == ("b", "a")
    assert len(receiver.items) == 10


def test_one_weekday_and_one_lag_together_leave_the_receiver_unidentified() -> None:
    items = sent(1, 6.0)
    items.ended = np.where(items.began >= EFFECT, np.floor(items.began) + 3.5, items.ended)
    receiver, sender = asked(items, EFFECT + 55)
    assert receiver.status is Status.NOT_IDENTIFIABLE
    assert fires(sender)


def test_fewer_than_twenty_five_have_no_answer() -> None:
    for part in asked(drawn(1, 0.3, EFFECT + 60), EFFECT):
        assert part.status is Status.NOT_ENOUGH_DATA


def test_a_silent_feed_withholds_the_receivers_part_alone() -> None:
    silent = view(flow(picked_up(1, 6.0), KEY), EFFECT + 40, feed_silent=True)
    receiver, sender = batching(silent, CALENDAR)
    assert (receiver.status, sender.status) == (Status.WITHHELD, Status.OK)


def test_expected_stops_by_day_add_up_to_the_engines() -> None:
    seen = view(flow(drawn(1, 6.0, EFFECT + 60), KEY), EFFECT)
    assert isinstance(seen.baseline, Baseline)
    risk = at_work(seen.waiting, 40)
    by_slot = _given(risk, seen.baseline, risk.until - 40)
    assert by_slot.sum() == pytest.approx(outcomes_in(risk, seen.baseline, 40).expected, rel=1e-12)
    assert by_slot[-5:].sum() == pytest.approx(outcomes_in(risk, seen.baseline, 5).expected, rel=1e-12)


def test_the_chi_square_is_scipys_and_thin_days_are_pooled() -> None:
    did, usual = np.array([12, 8, 5, 9, 6, 0, 0]), np.array([8.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0])
    assert _p(did, usual, 1.0) == pytest.approx(stats.chisquare(did[:5], usual[:5]).pvalue, rel=1e-12)
    did, usual = np.array([12, 8, 5, 9, 5, 1, 0]), np.array([8.0, 8.0, 8.0, 8.0, 7.6, 0.4, 0.0])
    assert _p(did, usual, 1.0) == pytest.approx(
        stats.chisquare([12, 8, 5, 9, 6], [8.0] * 5).pvalue, rel=1e-12
    )


def test_batches_cost_an_item_half_a_gap_beyond_single_days() -> None:
    assert cost_per_item(np.arange(10)) == 0.0
    assert cost_per_item(np.array([20, 0, 5, 10, 15, 15])) == 2.0
    assert cost_per_item(np.array([0, 1, 5])) == (1 + 16) / (2 * 5) - 0.5
    assert cost_per_item(np.array([3, 3])) is None
    assert cost_per_item(pick_up_slots(view(flow(picked_up(1, 6.0), KEY), EFFECT + 55).waiting)) == 2.0
