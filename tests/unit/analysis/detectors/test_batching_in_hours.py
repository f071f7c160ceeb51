"""Is work taken up, or sent, in some hours of the day only? In flows that are counted in open hours."""

import numpy as np
import pytest

from analysis.answers import Status
from analysis.detectors.batching import _given, batching, cost_per_item, pick_up_slots
from analysis.engine.baseline import Baseline
from analysis.engine.expected import at_work, outcomes_in
from analysis.findings import Finding
from analysis.judging.circumstances import circumstances
from analysis.judging.world import World
from analysis.view import View
from tests.support.hour_flows import A_DAY, DAYS, YEAR, drawn, flow, view
from tests.support.silo_flows import LOCAL

LOOK = YEAR + 40 * A_DAY
SEEDS = range(6)


def at_three(ended: np.ndarray) -> np.ndarray:
    """Return ends collected until the seventh hour of the day: three o'clock."""
    hour = np.floor(ended) % A_DAY
    wait = np.where(hour <= 6, 6 - hour, 14 - hour)
    return np.where(ended >= YEAR, np.floor(ended) + wait + 0.3, ended)


def asked(seen: View) -> tuple[Finding, Finding]:
    return batching(seen, DAYS)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_receiver_that_picks_up_in_one_hour_of_the_day_is_found_and_its_sender_is_not(seed: int) -> None:
    began, ended = drawn(seed, 30, LOOK)
    receiver, sender = asked(view(flow(began, at_three(ended)), LOOK))
    assert receiver.large_enough
    assert receiver.effect is not None
    assert receiver.effect.value > 0.5
    assert not sender.large_enough


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sender_that_sends_in_one_hour_of_the_day_is_found_and_its_receiver_is_not(seed: int) -> None:
    began, ended = drawn(seed, 30, LOOK)
    sent = at_three(began)
    order = np.argsort(sent)
    receiver, sender = asked(view(flow(sent[order], (sent + ended - began)[order]), LOOK))
    assert sender.large_enough
    assert not receiver.large_enough


@pytest.mark.parametrize("seed", SEEDS)
def test_who_works_as_usual_is_not_found(seed: int) -> None:
    found = asked(view(flow(*drawn(seed, 30, LOOK)), LOOK))
    assert [one.status for one in found] == [Status.OK, Status.OK]
    assert not any(one.large_enough for one in found)


def test_a_rhythm_that_the_baseline_had_is_none() -> None:
    began, ended = drawn(1, 30, LOOK)
    hour = np.floor(ended) % A_DAY
    always = np.floor(ended) + np.where(hour <= 6, 6 - hour, 14 - hour) + 0.3
    receiver, _ = asked(view(flow(began, always), LOOK))
    assert not receiver.large_enough


def test_what_is_expected_by_the_hour_adds_up_to_the_engines() -> None:
    seen = view(flow(*drawn(2, 30, LOOK)), LOOK)
    assert isinstance(seen.baseline, Baseline)
    risk = at_work(seen.waiting, 40)
    given = _given(risk, seen.baseline, risk.since(40))
    assert given.size == 40 * A_DAY
    assert given.sum() == pytest.approx(outcomes_in(risk, seen.baseline, 40).expected, rel=1e-12)


def test_what_batches_cost_is_told_in_open_hours() -> None:
    began, ended = drawn(3, 100, LOOK)
    seen = view(flow(began, at_three(ended)), LOOK)
    assert cost_per_item(pick_up_slots(seen.waiting)) == 8 / 2 - 0.5
    receiver, _ = asked(seen)
    beside = circumstances(World({}, {}, {}, LOCAL), receiver, seen)
    assert (beside.lost, beside.unit, beside.open_days) == (3.5, "open hours", 40)
