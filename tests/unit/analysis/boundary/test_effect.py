"""The boundary effect: which steps count, when there is an answer, and that its arithmetic is the textbook's."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.answers import Answer, Status
from analysis.arrays import DAY_US, NEVER
from analysis.boundary.cap import boundary_cap
from analysis.boundary.case_intervals import intervals
from analysis.boundary.effect import Boundary, boundary
from analysis.boundary.influence import influences
from analysis.boundary.strata import Strata
from analysis.findings import About, Kind
from analysis.items import Known
from analysis.steps import UNKNOWN, Steps
from tests.support.planted_steps import LATER, planted, steps_of

CAP = 60 * DAY_US
EVERYBODY = About(agency="")


def status(found: Boundary) -> Status:
    return found.answer.status


def values(seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return stratum, side, value (with ties) and case of some values."""
    rng = np.random.default_rng(seed)
    case, stratum = np.repeat(np.arange(n), 3), np.tile(np.arange(3), n)
    return stratum, rng.random(3 * n) < 0.4, np.round(rng.exponential(5.0, 3 * n)) + stratum, case


def test_one_stratum_is_the_mann_whitney_statistic() -> None:
    _, first, value, case = values(1)
    strata = Strata.of(np.zeros(value.size, dtype=np.int64), first, value, case)
    u = stats.mannwhitneyu(value[first], value[~first]).statistic
    wanted = u / (first.sum() * (~first).sum())
    assert strata.chances()[0] == pytest.approx(wanted, abs=1e-12)
    found = strata.compared(np.ones(60, dtype=np.int64))
    assert found.chance == pytest.approx(wanted, abs=1e-12)
    assert found.difference == pytest.approx(value[first].mean() - value[~first].mean(), abs=1e-12)


def test_strata_are_weighted_by_how_much_they_can_tell() -> None:
    stratum, first, value, case = values(2)
    found = Strata.of(stratum, first, value, case).compared(np.ones(60, dtype=np.int64))
    weights, chances = [], []
    for one in range(3):
        a, b = value[(stratum == one) & first], value[(stratum == one) & ~first]
        weights.append(a.size * b.size / (a.size + b.size))
        chances.append(stats.mannwhitneyu(a, b).statistic / (a.size * b.size))
    assert found.chance == pytest.approx(np.average(chances, weights=weights), abs=1e-12)


def test_the_interval_is_that_of_the_plain_bootstrap_over_cases() -> None:
    stratum, first, value, case = values(3, 20)
    strata = Strata.of(stratum, first, value, case)

    def chance(drawn: np.ndarray) -> float:
        rows = np.concatenate([np.flatnonzero(case == one) for one in drawn.astype(int)])
        above = under = 0.0
        for s in range(3):
            a, b = (value[rows][(stratum[rows] == s) & (first[rows] == side)] for side in (True, False))
            wins = (a[:, None] > b).sum() + (a[:, None] == b).sum() / 2
            above, under = above + wins / (a.size + b.size), under + a.size * b.size / (a.size + b.size)
        return above / under

    plain = stats.bootstrap(
        (np.arange(20),),
        chance,
        n_resamples=99,
        vectorized=False,
        method="percentile",
        rng=np.random.default_rng(7),
    )
    chances, _ = strata.resampled(99, 7)
    assert np.sort(chances) == pytest.approx(np.sort(plain.bootstrap_distribution), abs=1e-12)
    assert np.percentile(chances, (2.5, 97.5)) == pytest.approx(plain.confidence_interval, abs=1e-12)


def test_a_case_moves_the_figures_by_its_influence() -> None:
    strata = Strata.of(*values(4))
    chance, difference = influences(strata)
    many = np.full(60, 1_000_000)
    before = strata.compared(many)
    for case in (0, 17, 59):
        more = many.copy()
        more[case] += 1_000
        after = strata.compared(more)
        assert (after.chance - before.chance) * 1_000 == pytest.approx(chance[case], rel=1e-2, abs=1e-6)
        assert (after.difference - before.difference) * 1_000 == pytest.approx(
            difference[case], rel=1e-2, abs=1e-4
        )


def test_very_many_cases_have_the_interval_that_drawing_them_would_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strata = Strata.of(*values(5, 600))
    drawn = intervals(strata, 1)
    monkeypatch.setattr("analysis.boundary.case_intervals.MOST_DRAWN", 10)
    derived = intervals(strata, 1)
    for one, other in ((drawn.chance, derived.chance), (drawn.days, derived.days)):
        assert other.value == one.value
        assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.2 * (one.high - one.low))
    assert derived.p == pytest.approx(drawn.p, abs=0.05)


def test_a_slower_boundary_is_found_with_its_size_and_its_longest_cases() -> None:
    steps = planted(1, slower=2.0, of_a_case=0.0)
    found = boundary(steps, LATER, boundary_cap(steps, 0, 363), 1)
    assert found.signals
    assert found.covered == 1.0
    assert found.reservation is None
    assert [(row.from_activity, row.to_activity) for row in found.strata] == [(0, 1), (1, 2), (2, 3)]
    longest = np.argmax(np.where(steps.across, steps.ended - steps.started, 0))
    assert found.evidence[0] == steps.case[longest]
    assert len(found.evidence) == 10


def test_the_finding_carries_what_the_boundary_says() -> None:
    steps = planted(1, slower=2.0, cases=100)
    found = boundary(steps, LATER, CAP, 1)
    said = found.finding(EVERYBODY, (0, 400))
    assert (said.kind, said.status, said.effect) == (Kind.BOUNDARY, Status.OK, found.answer.effect)
    assert said.observed == np.count_nonzero(steps.across)
    assert said.cases == found.evidence
    nothing = boundary(steps, LATER._replace(day=0), CAP, 1).finding(EVERYBODY, (0, 400))
    assert (nothing.status, nothing.p, nothing.large_enough) == (Status.NOT_ENOUGH_DATA, None, False)


def test_where_activities_fix_the_organisation_no_data_would_tell() -> None:
    steps = planted(1, shares=(0.0, 1.0, 0.0))
    assert status(boundary(steps, LATER, CAP, 1)) is Status.NOT_IDENTIFIABLE


def test_too_few_cases_or_steps_are_said_to_be_too_few() -> None:
    few = planted(1, cases=20)
    assert status(boundary(few, LATER, CAP, 1)) is Status.NOT_ENOUGH_DATA
    rare = planted(1, shares=(0.01, 0.01, 0.01), cases=300)
    found = boundary(rare, LATER, CAP, 1)
    assert status(found) is Status.NOT_ENOUGH_DATA
    assert "10 steps across" in (found.answer.why or "")
    light = planted(1, shares=(0.25, 0.0, 0.0), cases=60)
    assert "weight" in (boundary(light, LATER, CAP, 1).answer.why or "")
    none = planted(1, shares=(0.0, 0.0, 0.0))
    assert status(boundary(none, LATER, CAP, 1)) is Status.NOT_ENOUGH_DATA


def test_an_answer_about_a_minority_of_hand_offs_says_so() -> None:
    found = boundary(planted(1, shares=(0.5, 1.0, 1.0)), LATER, CAP, 1)
    assert found.covered == pytest.approx(0.2, abs=0.02)
    assert found.reservation is not None
    assert found.reservation.startswith(f"holds only for {found.covered:.0%} of the hand-offs")
    assert found.finding(EVERYBODY, (1, 2)).reservation == found.reservation


def test_young_steps_wait_until_they_could_have_lasted_as_long_as_the_cap() -> None:
    steps = planted(1)
    day = int(steps.started.max() // DAY_US)
    found = boundary(steps, LATER._replace(day=day), CAP, 1)
    old = steps.started + CAP <= day * DAY_US
    assert found.answer.sample.n == np.count_nonzero(old)


def test_open_steps_count_with_the_cap_where_their_end_was_foreseen() -> None:
    steps = planted(1)
    stuck = steps.across & (steps.case % 2 == 0)
    blocked = replace(steps, ended=np.where(stuck, NEVER, steps.ended))
    found = boundary(blocked, LATER, CAP, 1)
    assert found.answer.sample.n_open == np.count_nonzero(stuck)
    assert found.signals
    nothing = np.full(len(steps), UNKNOWN)
    unforeseen = replace(blocked, foreseen_activity=nothing, foreseen_org=nothing)
    survivors = boundary(unforeseen, LATER, CAP, 1)
    assert survivors.unplaced == np.count_nonzero(blocked.ended - blocked.started > CAP)
    assert survivors.answer.sample.n_open == 0


def test_who_counts_is_settled_when_the_cap_has_passed() -> None:
    steps = planted(1, slower=2.0)
    nothing = np.full(len(steps), UNKNOWN)
    some = steps.case % 3 == 0
    foreseen = [np.where(some, told, nothing) for told in (steps.foreseen_activity, steps.foreseen_org)]
    steps = replace(steps, finer=some * 1, foreseen_activity=foreseen[0], foreseen_org=foreseen[1])
    steps = steps.only(steps.started + CAP <= 300 * DAY_US)
    then, later = (boundary(steps, LATER._replace(day=day), CAP, 1) for day in (300, 4_000))
    assert then.answer.sample.n_open > later.answer.sample.n_open == 0
    assert (then.answer.effect, then.days, then.strata) == (later.answer.effect, later.days, later.strata)
    assert then.unplaced == later.unplaced > 0


def interrupted(steps: Steps, seed: int, side: np.ndarray) -> Steps:
    """Return steps of which those of a side end otherwise than foreseen where something comes between."""
    rng = np.random.default_rng(seed)
    between = steps.started + (rng.exponential(8.0, len(steps)) * DAY_US).astype(np.int64)
    other = side & (between < steps.ended)
    return replace(
        steps,
        ended=np.where(other, between, steps.ended),
        ended_known=np.where(other, between, steps.ended_known),
        to_activity=np.where(other, 99, steps.to_activity),
    )


def test_where_one_side_is_interrupted_more_the_boundary_is_not_blamed() -> None:
    found, dropped = [], []
    for seed in range(20):
        steps = planted(seed, shares=(0.5, 0.5, 0.5))
        broken = interrupted(steps, seed, ~steps.across)
        found.append(boundary(broken, LATER, CAP, seed).answer.effect.value)
        kept = broken.only(broken.to_activity != 99)
        dropped.append(boundary(kept, LATER, CAP, seed).answer.effect.value)
    assert np.mean(found) == pytest.approx(0.50, abs=0.015)
    assert np.mean(dropped) > 0.60, "those that were not interrupted were the quick ones"


def test_what_was_foreseen_on_one_side_alone_is_compared_by_what_ended_in_time() -> None:
    steps = planted(1)
    nothing = np.full(len(steps), UNKNOWN)
    foreseen = [
        np.where(steps.across, told, nothing) for told in (steps.foreseen_activity, steps.foreseen_org)
    ]
    stuck = steps.across & (steps.case % 2 == 0)
    one_sided = replace(
        steps,
        ended=np.where(stuck, NEVER, steps.ended),
        foreseen_activity=foreseen[0],
        foreseen_org=foreseen[1],
    )
    found = boundary(one_sided, LATER, CAP, 1)
    assert found.answer.sample.n == np.count_nonzero(one_sided.ended - one_sided.started <= CAP)
    assert (found.answer.sample.n_open, found.signals) == (0, False)


def test_one_pair_can_be_asked_about_alone() -> None:
    steps = planted(1, slower=2.0)
    third = np.where(steps.across & (steps.case % 2 == 0), 2, steps.to_org)
    quick = np.where(third == 2, (steps.ended - steps.started) // 2, steps.ended - steps.started)
    mixed = replace(steps, to_org=third, foreseen_org=third, ended=steps.started + quick)
    assert boundary(mixed, LATER, CAP, 1, (0, 1)).signals
    assert not boundary(mixed, LATER, CAP, 1, (0, 2)).signals
    assert status(boundary(mixed, LATER, CAP, 1, (2, 0))) is Status.NOT_ENOUGH_DATA


def test_court_types_are_compared_apart() -> None:
    days = np.where(np.arange(400)[:, None] % 2 == 0, 2.0, 30.0) * np.ones((400, 1))
    rng = np.random.default_rng(1)
    across = rng.random((400, 1)) < np.where(days == 2.0, 0.2, 0.8)
    steps = steps_of(days, across, np.zeros(400))
    mixed = boundary(steps, LATER, CAP, 1).answer.effect
    apart = boundary(replace(steps, finer=steps.case % 2), LATER, CAP, 1).answer.effect
    assert mixed.value > 0.7
    assert (apart.low, apart.value, apart.high) == (0.5, 0.5, 0.5)


def test_the_cap_is_the_95_percent_quantile_of_what_the_baseline_knew() -> None:
    days = np.arange(1.0, 201.0)[:, None]
    steps = steps_of(days, np.zeros((200, 1), dtype=bool), np.zeros(200))
    assert boundary_cap(steps, 0, 363) == 190 * DAY_US
    assert isinstance(boundary_cap(steps, 0, 100), Answer)
    short = boundary_cap(steps, 0, 182)
    assert isinstance(short, Answer)
    assert "had not ended" in (short.why or "")


def test_the_cap_counts_what_had_been_published() -> None:
    days = np.arange(1.0, 201.0)[:, None]
    steps = steps_of(days, np.zeros((200, 1), dtype=bool), np.zeros(200))
    told = np.where(steps.ended <= 185 * DAY_US, steps.ended, 500 * DAY_US)
    late = replace(steps, ended_known=told)
    assert boundary_cap(late, 0, 363) == boundary_cap(late, 0, 363, 500 * DAY_US) == 190 * DAY_US
    before = boundary_cap(late, 0, 363, 499 * DAY_US)
    assert isinstance(before, Answer)
    assert "had not ended" in (before.why or "")


def test_what_was_not_yet_known_is_an_open_step_that_awaits_nobody_knows_what() -> None:
    steps = steps_of(np.array([[2.0, 3.0, 4.0]]), np.array([[True, False, True]]), np.zeros(1))
    foreseen = [np.array([UNKNOWN, UNKNOWN, code]) for code in (3, 1)]
    late = replace(
        steps, ended_known=steps.ended_known + 10, foreseen_activity=foreseen[0], foreseen_org=foreseen[1]
    )
    known = Known(now_us=5 * DAY_US, day=6)
    found: Steps = late.known_at(known)
    assert found.started.tolist() == [0, 2 * DAY_US, 5 * DAY_US]
    assert found.ended.tolist() == [2 * DAY_US, NEVER, NEVER]
    assert found.open.tolist() == [False, True, True]
    assert found.to_activity.tolist() == [1, UNKNOWN, 3]
    assert found.placed.tolist() == [True, False, True]
