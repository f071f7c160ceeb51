"""Does an organisation become faster at its neighbour's cost?"""

from dataclasses import replace

import numpy as np

from analysis.answers import Status
from analysis.detectors.cost_shift import _sooner, cost_shift
from analysis.findings import Finding
from analysis.items import FlowKey
from analysis.view import View
from tests.support.silo_flows import SEEDS, YEAR, Drawn, drawn, flow, view, waits

OWN, PASSING = FlowKey("H0", "a", "a"), FlowKey("H1", "a", "b")
EFFECT = YEAR + 60
JUDGED = EFFECT + 40
SEVEN = SEEDS[:7]


def views(
    seed: int, *, faster: float = 1.0, returned: float = 0.05, slower: float = 1.0
) -> tuple[View, View]:
    """Return A's own work (half the usual wait) and what it passes on; effects hold for what begins from EFFECT on.

    What comes back is worked on by A once more and passed on again, as often as it comes back.
    """
    own, passing = list[Drawn](), list[Drawn]()
    cases = list[np.ndarray]()
    began, by = drawn(seed, 6.0, JUDGED + 20).began, np.random.default_rng(seed + 100)
    case = np.arange(began.size)
    while began.size:
        n, never = began.size, np.full(began.size, np.inf)
        worked = began + 0.5 * waits(by, n) * np.where(began >= EFFECT, faster, 1.0)
        hit = worked >= EFFECT
        taken = worked + waits(by, n) * np.where(hit, slower, 1.0)
        back = np.where(by.uniform(size=n) < np.where(hit, returned, 0.05), worked + waits(by, n), np.inf)
        own.append(Drawn(began, worked, never < 0, never))
        passing.append(Drawn(worked, taken, never < 0, back))
        cases.append(case)
        again = back < JUDGED + 20
        began, case = back[again], case[again]
    laid_out = [view(_flow(rounds, cases, key), JUDGED) for rounds, key in ((own, OWN), (passing, PASSING))]
    return laid_out[0], laid_out[1]


def _flow(rounds: list[Drawn], cases: list[np.ndarray], key: FlowKey):
    every = Drawn(*(np.concatenate([getattr(one, name) for one in rounds]) for name in Drawn.__annotations__))
    laid_out = flow(every, key)
    return replace(laid_out, items=replace(laid_out.items, case=np.concatenate(cases)))


def fires(finding: Finding) -> bool:
    return finding.large_enough and (finding.p or 1) <= 1e-3


def test_own_work_faster_while_more_comes_back_is_cost_shifting() -> None:
    found = [cost_shift(*views(seed, faster=0.6, returned=0.2)) for seed in SEEDS]
    assert sum(map(fires, found)) >= 18


def test_own_work_faster_while_cases_wait_longer_at_the_neighbour_is_cost_shifting() -> None:
    assert all(fires(cost_shift(*views(seed, faster=0.6, slower=2.0))) for seed in SEVEN)


def test_own_work_faster_alone_is_no_cost_shifting() -> None:
    assert not any(fires(cost_shift(*views(seed, faster=0.6))) for seed in SEEDS)


def test_more_returns_alone_are_no_cost_shifting() -> None:
    assert not any(fires(cost_shift(*views(seed, returned=0.2))) for seed in SEVEN)


def test_nothing_planted_is_no_cost_shifting() -> None:
    assert not any(fires(cost_shift(*views(seed))) for seed in SEVEN)


def test_what_ends_sooner_in_the_end_is_an_improvement_for_all() -> None:
    pairs = [views(seed, faster=0.2, returned=0.15) for seed in SEVEN]
    sooner = [pair for pair in pairs if _sooner(*pair)]
    assert len(sooner) >= 6
    assert all((cost_shift(*pair).p or 1) < 0.1 and not cost_shift(*pair).large_enough for pair in sooner)


def test_cases_that_cannot_be_followed_are_no_cost_shifting() -> None:
    inside, passing = views(1, faster=0.6, returned=0.2)
    strange = replace(passing.flow, items=replace(passing.flow.items, case=-1 - passing.flow.items.case))
    assert _sooner(inside, replace(passing, flow=strange)) is None
    assert not cost_shift(inside, replace(passing, flow=strange)).large_enough


def test_the_finding_is_about_what_is_passed_on_and_who_does() -> None:
    inside, passing = views(1, faster=0.6, returned=0.2)
    found = cost_shift(inside, passing)
    assert (found.about.flow, found.about.agency) == (PASSING, "a")
    assert passing.flow.items.returned[list(found.items)].max() < passing.known.now_us


def test_one_arm_without_an_answer_leaves_the_other_to_decide() -> None:
    inside, passing = views(1, faster=0.6, slower=2.0)
    few = replace(passing, returns=view(flow(drawn(1, 1.0, JUDGED), PASSING), JUDGED).returns)
    assert fires(cost_shift(inside, few))


def test_a_silent_neighbour_withholds_the_answer() -> None:
    inside, passing = views(1)
    silent = replace(
        passing, feed_silent=True, returns=view(flow(drawn(1, 1.0, JUDGED), PASSING), JUDGED).returns
    )
    assert cost_shift(inside, silent).status is Status.NOT_ENOUGH_DATA
    assert cost_shift(replace(inside, feed_silent=True), passing).status is Status.WITHHELD
