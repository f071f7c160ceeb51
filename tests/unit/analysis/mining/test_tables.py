"""Process-mining tables and work that goes back and forth, on logs small enough to count by hand."""

import numpy as np
import pytest

from analysis.arrays import NEVER
from analysis.mining.event_log import EventLog
from analysis.mining.rework import came_back, ping_pongs, recurring, returned, returns, reworked_cases
from analysis.mining.tables import deviations, directly_follows, handover, summary

HOUR = 3_600_000_000


def log_of(*cases: str) -> EventLog:
    """Return a log of cases such as "Aa Bb": organisation and activity of each event, an hour apart; ? unknown."""
    events = [(f"c{n}", at, word) for n, case in enumerate(cases) for at, word in enumerate(case.split())]
    return EventLog.of(
        [case for case, _, _ in events],
        np.zeros(len(events), dtype=np.int64),
        [word[1] for _, _, word in events],
        np.array([at * HOUR for _, at, _ in events], dtype=np.int64),
        [word[0].strip("?") for _, _, word in events],
    )


def test_every_consecutive_pair_is_in_the_table_the_diagonal_included() -> None:
    table = handover(log_of("Aa Ab Bc", "Aa Bb"))
    assert [(row.before, row.after, row.times.count) for row in table] == [("A", "A", 1), ("A", "B", 2)]
    assert [row.share for row in table] == pytest.approx([1 / 3, 2 / 3])
    assert table[0].times.stdev is None
    assert table[1].times.stdev == 0.0
    assert table[1].times.sum == 7_200.0


def test_equal_times_keep_the_order_of_their_sequence_numbers() -> None:
    log = EventLog.of(["c"] * 3, np.array([2, 0, 1]), ["z", "x", "y"], np.zeros(3, dtype=np.int64), ["A"] * 3)
    assert [(row.before, row.after) for row in directly_follows(log)] == [("x", "y"), ("y", "z")]


def test_an_empty_log_has_empty_tables() -> None:
    log = log_of()
    found = summary(log)
    assert (handover(log), directly_follows(log), deviations(log, 2).pairs) == ((), (), 0)
    assert (found.cases, found.variants, found.case_times, found.between_share) == (0, 0, None, None)


def test_cases_of_one_event_have_no_steps() -> None:
    found = summary(log_of("Aa", "Bb"))
    assert (found.cases, found.transitions, found.hand_offs, found.rework) == (2, 0, 0, {})
    assert (found.starts, found.ends) == ({"a": 1, "b": 1}, {"a": 1, "b": 1})


def test_columns_of_different_lengths_are_no_log() -> None:
    with pytest.raises(ValueError, match="one element per event"):
        EventLog.of(["c"], np.zeros(2, dtype=np.int64), ["a"], np.zeros(1, dtype=np.int64), ["A"])


def test_a_deviation_lies_outside_what_is_usual_for_its_two_activities() -> None:
    usual = ["Aa Ab"] * 20
    late = "Aa Ac Ad Ae Af Ab"
    found = deviations(log_of(*usual, late), 2)
    assert (found.pairs, found.cases, found.late) == (1, 1, 1)


def test_ping_pong_is_there_and_straight_back() -> None:
    found = ping_pongs(log_of("Aa Bb Aa Bb", "Aa Bb Cc", "Aa Bb Bb Aa").steps())
    assert (found.count, found.cases) == (2, 1)
    assert found.by_pair == {(0, 1): 1, (1, 0): 1}


def test_a_return_may_have_stayed_a_while() -> None:
    found = returns(log_of("Aa Bb Aa", "Aa Bb Bb Aa", "Aa Bb Cc Aa").steps())
    assert (found.count, found.cases) == (2, 2)


def test_nothing_goes_back_and_forth_across_an_unknown_organisation() -> None:
    steps = log_of("Aa ?b Aa", "Aa Bb ?b Aa", "?a Bb ?a").steps()
    assert (ping_pongs(steps).count, returns(steps).count) == (0, 0)
    assert (returned(steps) == NEVER).all()


def test_a_return_belongs_to_the_latest_step_that_it_undoes() -> None:
    steps = log_of("Aa Bb Cc Ad Be Bf Ag").steps()
    assert returned(steps).tolist() == [NEVER, NEVER, NEVER, 6 * HOUR, NEVER, NEVER]
    assert came_back(steps) == (5, 1, 2 * 3_600.0)


def test_rework_counts_cases_and_what_is_extra() -> None:
    steps = log_of("Aa Aa Aa Ab Ab", "Aa Ab", "Aa Aa").steps()
    assert [(one.activity, one.cases, one.extra) for one in recurring(steps)] == [(0, 2, 3), (1, 1, 1)]
    assert reworked_cases(steps) == 2


def test_cases_without_steps_have_nothing_that_comes_back() -> None:
    steps = log_of().steps()
    assert (ping_pongs(steps).by_pair, returns(steps).count) == ({}, 0)
    assert (recurring(steps), reworked_cases(steps), came_back(steps)) == ((), 0, (0, 0, None))
