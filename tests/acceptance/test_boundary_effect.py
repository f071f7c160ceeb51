"""The boundary effect: not to be told on the real logs, found where it was planted, absent where it was not."""

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US
from analysis.boundary.cap import boundary_cap
from analysis.boundary.effect import boundary
from analysis.steps import Steps
from tests.support.event_logs import COOK, FINES, event_log
from tests.support.planted_steps import LATER, UNEQUAL, planted

SEEDS = range(20)


def asked(steps: Steps, seed: int = 1):
    return boundary(steps, LATER, boundary_cap(steps, 0, 363), seed)


@pytest.mark.parametrize("folder", [COOK, FINES])
def test_on_both_real_logs_the_stage_fixes_the_organisation(folder: str) -> None:
    steps = event_log(folder).steps()
    first = int(steps.started.min()) // DAY_US
    known = LATER._replace(day=100_000)
    cap = boundary_cap(steps, first, first + 363)
    found = boundary(steps, known, cap, 1)
    assert found.answer.status is Status.NOT_IDENTIFIABLE
    assert "the stage fixes the organisation" in (found.answer.why or "")
    assert (found.answer.effect, found.days, found.p, found.strata) == (None, None, None, ())
    for sender, receiver in {(a, b) for a, b in zip(steps.from_org, steps.to_org, strict=True) if a != b}:
        status = boundary(steps, known, cap, 1, (sender, receiver)).answer.status
        assert status is Status.NOT_IDENTIFIABLE


def test_a_planted_boundary_is_found() -> None:
    found = [asked(planted(seed, slower=1.3, of_a_case=0.0), seed) for seed in SEEDS]
    assert sum(one.signals for one in found) >= 18
    assert all(one.days is not None and one.days.low > 0 for one in found)


def test_where_cases_differ_much_its_interval_is_still_clear_of_no_effect() -> None:
    found = [asked(planted(seed, slower=1.3), seed).answer.effect for seed in SEEDS]
    assert np.mean([one.value for one in found]) == pytest.approx(0.58, abs=0.01)
    assert sum(one.low > 0.5 for one in found) >= 19


def test_sides_mixed_unequally_over_slow_and_quick_steps_are_no_boundary() -> None:
    chances, pooled, false = [], [], 0
    for seed in SEEDS:
        steps = planted(seed, shares=UNEQUAL)
        one = asked(steps, seed)
        chances.append(one.answer.effect.value)
        false += one.signals
        wait, across = steps.ended - steps.started, steps.across
        u = stats.mannwhitneyu(wait[across], wait[~across]).statistic
        pooled.append(u / (across.sum() * (~across).sum()))
    assert np.mean(chances) == pytest.approx(0.50, abs=0.01)
    assert np.mean(pooled) == pytest.approx(0.71, abs=0.02)
    assert false <= 1


def test_without_a_baseline_there_is_no_answer() -> None:
    steps = planted(1)
    found = boundary(steps, LATER, boundary_cap(steps, 0, 100), 1)
    assert isinstance(boundary_cap(steps, 0, 100), Answer)
    assert found.answer.status is Status.NOT_ENOUGH_DATA
