"""Groups of waits side by side: each against the rest, cut alike, and adjusted for how many there are."""

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.waits.comparison import compared
from analysis.waits.durations import Durations
from analysis.waits.logrank import GroupsLogRank, LogRank, logrank, logrank_of_groups
from analysis.waits.survival import Quantile, RestrictedMean


def waits(times: list[float], n_open: int = 0) -> Durations:
    """Return waits of which the last `n_open` are not over."""
    over = len(times) - n_open
    return Durations(np.array(times, dtype=float), np.arange(len(times)) >= over)


def drawn(seed: int, median: float, size: int = 80) -> Durations:
    times = np.random.default_rng(seed).lognormal(np.log(median), 0.7, size)
    return Durations(np.minimum(times, 40.0), times > 40)


def test_a_slow_area_stands_out_and_an_alike_one_does_not() -> None:
    alike = {"north": drawn(1, 8), "south": drawn(2, 8), "east": drawn(3, 8)}
    found = compared(alike)
    assert isinstance(found.overall, GroupsLogRank)
    assert found.overall.p > 0.05
    slow = compared({**alike, "west": drawn(4, 20)})
    assert isinstance(slow.overall, GroupsLogRank)
    assert slow.overall.p < 1e-6
    west = slow.groups[-1]
    assert west.p is not None
    assert west.p < 1e-6
    assert west.times is not None
    assert west.times < 0.7
    assert isinstance(west.median, Quantile)


def test_each_group_is_held_against_all_others_and_p_is_adjusted_for_their_number() -> None:
    samples = {"a": drawn(5, 8), "b": drawn(6, 10), "c": drawn(7, 13)}
    found = compared(samples)
    raw = []
    for name, group in zip(samples, found.groups, strict=True):
        rest = Durations.together([one for other, one in samples.items() if other != name])
        pace = logrank(samples[name], rest)
        assert group.pace == pace
        assert isinstance(pace, LogRank)
        raw.append(pace.p_different)
    assert [group.p for group in found.groups] == pytest.approx(
        stats.false_discovery_control(np.array(raw), method="bh").tolist(), abs=1e-15
    )
    assert found.overall == logrank_of_groups(tuple(samples.values()))


def test_means_are_cut_where_the_youngest_group_ends_so_that_it_is_not_called_quick() -> None:
    old = waits([float(day) for day in range(1, 41)])
    young = waits([float(day) for day in range(1, 11)] + [10.0] * 30, n_open=30)
    found = compared({"old": old, "young": young})
    assert found.tau == 10
    means = [group.mean for group in found.groups]
    assert all(isinstance(mean, RestrictedMean) for mean in means)
    assert means[0].value == pytest.approx(means[1].value, abs=1e-12)


def test_a_group_that_is_wholly_over_shortens_nothing_however_quick_it_is() -> None:
    quick = waits([float(day % 3) for day in range(40)])
    slow = waits([float(day) for day in range(10, 200)])
    found = compared({"quick": quick, "slow": slow})
    assert found.tau == 199
    means = [group.mean for group in found.groups]
    assert all(isinstance(mean, RestrictedMean) for mean in means)
    assert [mean.value for mean in means] == pytest.approx([0.975, 104.5])


def test_a_small_group_says_so_and_does_not_shorten_the_others() -> None:
    found = compared({"large": drawn(8, 8), "small": waits([1.0, 2.0, 3.0])})
    large, small = found.groups
    assert found.tau is not None
    assert found.tau > 3
    assert isinstance(large.mean, RestrictedMean)
    for figure in (small.mean, small.median):
        assert isinstance(figure, Answer)
        assert figure.status is Status.NOT_ENOUGH_DATA


def test_one_group_alone_is_told_but_not_compared_and_empty_ones_are_left_out() -> None:
    found = compared({"one": drawn(9, 8), "none": waits([])})
    assert [group.name for group in found.groups] == ["one"]
    assert isinstance(found.overall, Answer)
    assert isinstance(found.groups[0].pace, Answer)
    assert found.groups[0].p is None
    assert found.groups[0].times is None
    assert isinstance(found.groups[0].median, Quantile)


def test_nothing_at_all_is_no_group() -> None:
    found = compared({})
    assert found.groups == ()
    assert found.tau is None
    assert isinstance(found.overall, Answer)
