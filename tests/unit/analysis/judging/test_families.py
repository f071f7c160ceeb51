"""Families of tests: pace and shape once a week, lags every day, and the false discovery rate within each."""

from dataclasses import replace

import pytest

from analysis.answers import Effect, Status
from analysis.findings import About, Finding, Kind
from analysis.items import FlowKey
from analysis.judging.families import adjusted, passed

# Benjamini and Hochberg's own example (1995, table of 15 comparisons, thrombolysis trial).
RAW = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip


def finding(number: int, p: float, kind: Kind = Kind.SLOW_PAIR) -> Finding:
    flow = FlowKey(f"H{number:02}", "a", "b")
    return Finding(
        kind, About(flow), Status.OK, p=p, effect=Effect(0.5, 0.4, 0.6, "times"), large_enough=True
    )


def test_the_adjusted_values_are_those_of_a_hand_worked_table() -> None:
    findings = [finding(number, p) for number, p in enumerate(RAW)]
    by = adjusted(findings)
    # p(i) * 15 / i, then the running minimum from the greatest down.
    worked = [p * 15 / (rank + 1) for rank, p in enumerate(RAW)]
    for rank in range(len(worked) - 2, -1, -1):
        worked[rank] = min(worked[rank], worked[rank + 1])
    assert [by[one] for one in findings] == pytest.approx(worked, abs=1e-12)
    assert sum(by[one] <= 0.05 for one in findings) == 4  # as the paper finds


def test_the_order_of_the_tests_is_irrelevant() -> None:
    findings = [finding(number, p) for number, p in enumerate(RAW)]
    assert adjusted(findings[::-1]) == adjusted(findings)


def test_unanswered_tests_leave_the_family() -> None:
    silent = Finding(Kind.MISSING, About(FlowKey("H01", "a", "b")), Status.NOT_ENOUGH_DATA, why="no proofs")
    one = finding(1, 0.004)
    assert adjusted([one, silent]) == {one: 0.004}


@pytest.mark.parametrize("kind", [Kind.STOP, Kind.FEED_SILENCE, Kind.BOUNDARY])
def test_kinds_with_rules_of_their_own_are_in_no_family(kind: Kind) -> None:
    assert adjusted([finding(1, 0.004, kind)]) == {}


def test_a_week_without_answers_has_no_family() -> None:
    assert adjusted([]) == {}


def test_a_test_passes_when_it_is_sure_and_the_effect_is_large_enough() -> None:
    one = finding(1, 0.001)
    assert passed(one, 0.01)
    assert not passed(one, 0.0101)
    assert not passed(replace(one, large_enough=False), 0.001)


def test_each_family_is_adjusted_by_itself() -> None:
    pace, shape, lag = finding(1, 0.004), finding(2, 0.005, Kind.MISSING), finding(3, 0.001, Kind.PUBLISH_LAG)
    assert adjusted([pace, shape, lag]) == {pace: 0.004, shape: 0.005, lag: 0.001}
    other = finding(4, 0.5, Kind.IMPROVED)
    assert adjusted([pace, other, shape])[pace] == pytest.approx(0.008)


def test_a_daily_family_passes_at_a_fifth_of_the_level() -> None:
    lag = finding(3, 0.001, Kind.PUBLISH_LAG)
    assert passed(lag, 0.002)
    assert not passed(lag, 0.0021)
