"""Conservation of time: the parts of a case add up to the whole, to the microsecond."""

import numpy as np
import pytest

from analysis.answers import Status
from analysis.mining.conservation import (
    NO_TAILS,
    WAITING_WITHIN_HAND_OFFS,
    Parts,
    Tails,
    Timelines,
    Totals,
    parts,
)
from analysis.steps import UNKNOWN

POLICE, CPS, COURT = 0, 1, 2


def timelines(*events: tuple[int, int, int]) -> Timelines:
    return Timelines(*np.array(events, dtype=np.int64).reshape(-1, 3).T)


def tails(*rows: tuple[int, int, int, int]) -> Tails:
    return Tails(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def spans(found: Parts) -> list[tuple[int, int, int, int]]:
    return list(
        zip(
            found.sender.tolist(),
            found.receiver.tolist(),
            found.start.tolist(),
            found.end.tolist(),
            strict=True,
        )
    )


ONE = timelines((7, 10, POLICE), (7, 15, POLICE), (7, 40, CPS), (7, 41, UNKNOWN), (7, 60, COURT))


def test_time_between_two_events_is_inside_or_a_hand_off_or_unknown() -> None:
    found = parts(ONE, NO_TAILS)
    assert spans(found) == [(0, 0, 10, 15), (0, 1, 15, 40), (1, -1, 40, 41), (-1, 2, 41, 60)]
    assert found.totals() == Totals(inside=5, between=25, unknown=20, open=0)
    assert found.totals().elapsed == 60 - 10


def test_an_unfinished_case_has_a_tail_up_to_the_judged_clock() -> None:
    found = parts(ONE, tails((7, COURT, COURT, 100)))
    assert found.totals() == Totals(inside=45, between=25, unknown=20, open=40)
    waiting = parts(ONE, tails((7, CPS, COURT, 100))).totals()
    assert (waiting.between, waiting.open, waiting.elapsed) == (65, 40, 100 - 10)


def test_a_case_with_one_event_has_only_a_tail() -> None:
    one = timelines((1, 10, POLICE), (2, 3, CPS))
    assert spans(parts(one, tails((2, CPS, COURT, 20)))) == [(CPS, COURT, 3, 20)]
    assert len(parts(one, NO_TAILS).case) == 0


def test_a_period_cuts_parts_at_its_edges() -> None:
    found = parts(ONE, NO_TAILS).within(12, 41)
    assert spans(found) == [(0, 0, 12, 15), (0, 1, 15, 40), (1, -1, 40, 41)]
    assert found.totals().elapsed == 41 - 12


def test_sums_by_pair_and_by_case() -> None:
    two = timelines((9, 0, POLICE), (9, 5, CPS), (3, 0, POLICE), (3, 7, CPS), (3, 8, CPS))
    found = parts(two, tails((3, CPS, CPS, 10)))
    assert found.by_pair() == {(POLICE, CPS): 12, (CPS, CPS): 3}
    assert found.by_case() == {3: 10, 9: 5}
    assert found.where(found.case == 9).totals() == Totals(0, 5, 0, 0)


def test_moving_an_event_inside_one_organisations_run_changes_no_hand_off() -> None:
    def hand_offs(at: int) -> tuple[int, dict[tuple[int, int], int]]:
        found = parts(timelines((1, 0, POLICE), (1, at, POLICE), (1, 50, POLICE), (1, 70, CPS)), NO_TAILS)
        return found.totals().between, found.where(found.is_between).by_pair()

    assert hand_offs(10) == hand_offs(40) == (20, {(POLICE, CPS): 20})


def test_times_of_no_length_count_nothing() -> None:
    tied = parts(timelines((1, 5, POLICE), (1, 5, CPS), (1, 5, POLICE)), tails((1, POLICE, POLICE, 5)))
    assert tied.totals() == Totals(0, 0, 0, 0)
    assert tied.by_case() == {1: 0}


def test_no_cases_have_no_time() -> None:
    assert parts(timelines(), NO_TAILS).totals().elapsed == 0


def test_an_order_that_would_make_negative_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="in the order of their times"):
        timelines((1, 5, POLICE), (1, 4, CPS))
    with pytest.raises(ValueError, match="side by side"):
        timelines((1, 5, POLICE), (2, 4, CPS), (1, 6, CPS))


@pytest.mark.parametrize(
    "wrong", [tails((8, 0, 0, 90)), tails((7, 0, 0, 59)), tails((7, 0, 0, 90), (7, 0, 0, 90))]
)
def test_a_tail_that_fits_no_case_is_refused(wrong: Tails) -> None:
    with pytest.raises(ValueError, match="tail"):
        parts(ONE, wrong)


def test_waiting_and_work_within_a_hand_off_cannot_be_told_apart() -> None:
    assert WAITING_WITHIN_HAND_OFFS.status is Status.NOT_IDENTIFIABLE
