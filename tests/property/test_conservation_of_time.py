"""Whatever the events of a case are, its parts of time add up to the whole: per case, period and area."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.mining.conservation import Parts, Tails, Timelines, parts
from analysis.steps import UNKNOWN

TIMES = st.integers(0, 400 * 86_400_000_000) | st.integers(0, 40)
"""Microseconds over a year, and crowded ones, so that ties are common."""
EVENTS = st.lists(st.tuples(TIMES, st.integers(UNKNOWN, 3)), min_size=1, max_size=8)
TAIL = st.none() | st.tuples(st.integers(UNKNOWN, 3), st.integers(UNKNOWN, 3), st.integers(0, 10**13))
CASES = st.lists(st.tuples(EVENTS, TAIL), max_size=6)


class Drawn(NamedTuple):
    """The parts of some cases, and how long each lasted from its first event to its end."""

    parts: Parts
    lasted: dict[int, int]


def drawn(cases: list[tuple[list[tuple[int, int]], tuple[int, int, int] | None]]) -> Drawn:
    rows, ends, lasted = [], [], {}
    for case, (told, tail) in enumerate(cases):
        events = sorted(told, key=lambda event: event[0])
        rows += [(case, at, org) for at, org in events]
        lasted[case] = events[-1][0] - events[0][0]
        if tail is not None:
            ends.append((case, tail[0], tail[1], events[-1][0] + tail[2]))
            lasted[case] += tail[2]
    timelines = Timelines(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)
    return Drawn(parts(timelines, Tails(*np.array(ends, dtype=np.int64).reshape(-1, 4).T)), lasted)


@given(CASES)
def test_the_parts_of_every_case_add_up_to_its_time(cases) -> None:
    found = drawn(cases)
    assert found.parts.totals().elapsed == sum(found.lasted.values())
    assert sum(found.parts.by_pair().values()) == sum(found.lasted.values())
    by_case = found.parts.by_case()
    assert all(by_case.get(case, 0) == lasted for case, lasted in found.lasted.items())


@given(CASES, st.lists(TIMES, min_size=1, max_size=5))
def test_periods_add_up_to_the_whole(cases, cuts: list[int]) -> None:
    found = drawn(cases).parts
    edges = [0, *sorted(cuts), 1 << 60]
    periods = [found.within(a, b).totals() for a, b in pairwise(edges)]
    assert tuple(map(sum, zip(*periods, strict=True))) == found.totals()


@given(CASES, st.integers(0, 63))
def test_areas_add_up_to_the_whole(cases, area: int) -> None:
    found = drawn(cases).parts
    here = np.array([bool(area >> case & 1) for case in found.case.tolist()], dtype=bool)
    both = (found.where(here).totals(), found.where(~here).totals())
    assert tuple(map(sum, zip(*both, strict=True))) == found.totals()


@given(EVENTS, st.integers(0, 3), st.integers(0, 1000), st.integers(0, 1000))
def test_moving_an_event_inside_a_run_moves_no_hand_off(events, org: int, step: int, rest: int) -> None:
    """Three events of one organisation follow; the middle one moves."""

    def hand_offs(at: int) -> dict[tuple[int, int], int]:
        last = max(time for time, _ in events)
        run = [(last, org), (last + at, org), (last + step + rest, org)]
        found = drawn([([*events, *run], None)]).parts
        return found.where(found.is_between | found.is_unknown).by_pair()

    assert hand_offs(0) == hand_offs(step)


@given(CASES, st.data())
def test_a_late_event_leaves_the_sum_an_identity(cases, data: st.DataObject) -> None:
    if not cases:
        return
    late = data.draw(st.tuples(st.integers(0, 40), st.integers(UNKNOWN, 3)))
    events, tail = cases[0]
    found = drawn([([*events, late], tail), *cases[1:]])
    assert found.parts.totals().elapsed == sum(found.lasted.values())
