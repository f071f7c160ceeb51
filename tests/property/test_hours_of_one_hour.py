"""Open hours of one hour a day are open days: the same slots, baselines and expectations, to the last bit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.arrays import DAY_US, HOUR_US, NEVER
from analysis.engine.baseline import Baseline
from analysis.engine.expected import outcomes_in_each
from analysis.engine.locking import locked_baseline
from analysis.engine.open_over import open_over
from analysis.items import End, Flow, FlowKey, Items, Known
from analysis.open_days import OpenDays
from analysis.open_hours import OpenHours

FIRST = 19_723
SPAN = 400
WINDOW = (FIRST, FIRST + 26 * 7 - 1)
LAST_HOUR = 23 * 60, 24 * 60
"""Whatever happens on an open day happens before it is over, and counts in it."""


def items(by: np.random.Generator) -> Items:
    n = int(by.integers(150, 400))
    started = FIRST * DAY_US + np.sort(by.integers(0, SPAN * 24 - 1, n)) * HOUR_US
    ended = started + (by.lognormal(np.log(60), 1.0, n) * HOUR_US).astype(np.int64)
    ended = np.where((ended < (FIRST + SPAN) * DAY_US) & (by.random(n) < 0.95), ended, NEVER)
    end = np.where(ended == NEVER, End.NONE, np.where(by.random(n) < 0.9, End.STOP, End.MISSING)).astype(
        np.int8
    )
    never = np.full(n, NEVER)
    return Items(np.arange(n), started, started, ended, ended, end, never, never, never)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), day=st.integers(27 * 7, SPAN - 1))
def test_open_hours_of_one_hour_a_day_are_open_days(seed: int, day: int) -> None:
    by = np.random.default_rng(seed)
    weights = OpenDays.weekdays(FIRST, SPAN + 30).weights * by.choice([1.0, 1.0, 1.0, 0.5], SPAN + 30)
    days = OpenDays(FIRST, weights)
    told, at = items(by), Known(1 << 61, FIRST + day)
    one, other = (
        Flow.of(FlowKey("H", "a", "b"), told, layout) for layout in (days, OpenHours(days, *LAST_HOUR))
    )
    assert np.array_equal(one.started_slot, other.started_slot)
    assert np.array_equal(one.ended_slot, other.ended_slot)
    in_days, in_hours = one.waiting(at), other.waiting(at)
    usual, again = (locked_baseline(risk, *WINDOW, least=30) for risk in (in_days, in_hours))
    assert isinstance(usual, Baseline)
    assert isinstance(again, Baseline)
    alike = {"rhythm", "counted_in"}  # of a week, and of a day
    known, found = ({k: v for k, v in b.content().items() if k not in alike} for b in (usual, again))
    assert known == found
    assert outcomes_in_each(in_days, usual, (5, 20)) == outcomes_in_each(in_hours, again, (5, 20))
    assert open_over(in_days, usual, 3) == open_over(in_hours, again, 3)
