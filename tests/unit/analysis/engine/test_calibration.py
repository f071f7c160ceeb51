"""With no effect the difference from what is expected has mean 0 and standard deviation 1, at every volume.

A small form with fixed seeds: 40 flows a volume, each judged in the 13 separate windows of a year.
"""

import numpy as np
import pytest

from analysis.engine.expected import Expected, outcomes_in, p_high, p_low
from analysis.engine.open_over import open_over
from tests.support.waits import SLOTS, arrivals, as_of, calendar, ends, usual_of

DAYS = calendar()
FLOWS = 40
STEP = 20


def judged(per_week: float) -> tuple[list[Expected], list[Expected]]:
    """Return the outcomes of separate windows, and the items open past an old age at their ends."""
    done, old = [], []
    for seed in range(FLOWS):
        rng = np.random.default_rng([seed, int(per_week)])
        start = arrivals(rng, per_week, 2 * SLOTS)
        end = ends(rng, start)
        usual = usual_of(as_of(start, end, SLOTS, DAYS))
        age = usual.quantile(0.9)
        assert age is not None
        for until in range(SLOTS + STEP, 2 * SLOTS + 1, STEP):
            risk = as_of(start, end, until, DAYS)
            done.append(outcomes_in(risk, usual, STEP))
            old.append(open_over(risk, usual, age))
    return done, old


@pytest.mark.parametrize("per_week", [5, 10, 30, 60])
def test_without_an_effect_nothing_is_found_more_often_than_by_chance(per_week: float) -> None:
    done, old = judged(per_week)
    z = [(one.observed - one.expected) / one.variance**0.5 for one in done]
    assert abs(np.mean(z)) < 0.1
    assert abs(np.std(z) - 1) < 0.1
    assert np.mean([p_low(one) < 0.05 for one in done]) < 0.065
    assert np.mean([p_high(one) < 0.05 for one in done]) < 0.065
    answered = [one for one in old if one.expected >= 1]
    assert np.mean([p_high(one) <= 0.01 for one in answered]) < 0.02
