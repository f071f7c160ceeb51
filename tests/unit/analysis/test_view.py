import numpy as np
import pytest

from analysis.answers import Answer
from analysis.engine.expected import outcomes_in
from tests.support.waits import SLOTS, arrivals, calendar, ends, flow_of, usual_of, view_of

UNTIL = SLOTS + 60


def drawn(surge: float = 1.0):
    rng = np.random.default_rng(4)
    start = arrivals(rng, 30, 400)
    more = arrivals(rng, 30 * (surge - 1), 400)
    start = np.sort(np.concatenate([start, more[more >= SLOTS]]))
    return flow_of(start, ends(rng, start), calendar())


def test_the_window_of_a_view_is_judged_against_its_baseline() -> None:
    view = view_of(drawn(), UNTIL)
    assert view.outcomes == outcomes_in(view.waiting, usual_of(view.waiting), 20)
    assert view.window() == (view.flow.calendar.days[UNTIL - 20], view.flow.calendar.days[UNTIL - 1])


@pytest.mark.parametrize("surge", [1.0, 2.0])
def test_the_ratio_of_arrivals_tells_a_surge(surge: float) -> None:
    assert view_of(drawn(surge), UNTIL).arrivals_ratio() == pytest.approx(surge, abs=0.25)


def test_without_a_baseline_nothing_is_expected_and_no_ratio_told() -> None:
    view = view_of(drawn(), 200, weeks=20)
    assert isinstance(view.baseline, Answer)
    assert (view.outcomes, view.arrivals_ratio()) == (None, None)
