"""A signal opens after two passes in a row and closes after three clear weeks; a stop has rules of its own."""

from analysis.judging import hysteresis
from analysis.judging.hysteresis import Judged, Track, Turn


def weeks(*told: str) -> list[Turn]:
    """Judge a row of weeks: `P` passed, `c` clear (raw p above 0.05), `-` neither; return what each changed."""
    track, turns = None, []
    for day, one in enumerate("".join(told)):
        track, turn = hysteresis.weekly(track, passed=one == "P", clear=one == "c", day=day * 7)
        turns.append(turn)
    return turns


def days(*ratios: float) -> list[Turn]:
    track: Track | None = Track(since=0, opened=0)
    turns = []
    for day, ratio in enumerate(ratios, start=1):
        track, turn = hysteresis.stop(track, fires=False, ratio=ratio, day=day)
        turns.append(turn)
        if track is None:
            break
    return turns


def test_one_pass_is_a_candidate_and_two_in_a_row_open() -> None:
    assert weeks("PP") == [Turn.NONE, Turn.OPENED]


def test_two_passes_with_a_week_between_do_not_open() -> None:
    assert weeks("P-P") == [Turn.NONE, Turn.DROPPED, Turn.NONE]


def test_an_open_signal_closes_after_three_clear_weeks_in_a_row() -> None:
    assert weeks("PPccc")[-1] is Turn.CLOSED
    assert Turn.CLOSED not in weeks("PPcc-cc")


def test_a_week_neither_passed_nor_clear_keeps_it_open() -> None:
    assert weeks("PP--------")[2:] == [Turn.NONE] * 8


def test_what_closed_needs_two_passes_again() -> None:
    assert weeks("PPcccPP")[-2:] == [Turn.NONE, Turn.OPENED]


def test_the_identity_is_the_day_of_the_first_pass() -> None:
    first = hysteresis.weekly(None, passed=True, clear=False, day=70)
    second = hysteresis.weekly(first.track, passed=True, clear=False, day=77)
    assert second.track == Track(since=70, opened=77, passes=2)


def test_a_stop_opens_at_once() -> None:
    assert hysteresis.stop(None, fires=True, ratio=0.1, day=5) == Judged(
        Track(since=5, opened=5), Turn.OPENED
    )
    assert hysteresis.stop(None, fires=False, ratio=0.1, day=5) == Judged(None, Turn.NONE)


def test_five_days_above_six_tenths_close_a_stop() -> None:
    assert days(0.7, 0.7, 0.7, 0.7, 0.7)[-1] is Turn.CLOSED


def test_five_days_above_three_tenths_turn_a_stop_into_a_slow_pair() -> None:
    assert days(0.4, 0.5, 0.4, 0.5, 0.4)[-1] is Turn.TURNED


def test_a_day_of_trickle_between_starts_the_count_anew() -> None:
    assert set(days(0.4, 0.4, 0.4, 0.4, 0.2, 0.4, 0.4, 0.4, 0.4)) == {Turn.NONE}


def test_a_silence_opens_and_ends_with_the_fact() -> None:
    silent = hysteresis.at_once(None, fires=True, day=3)
    assert silent.turn is Turn.OPENED
    assert hysteresis.at_once(silent.track, fires=True, day=4) == Judged(silent.track, Turn.NONE)
    assert hysteresis.at_once(silent.track, fires=False, day=5) == Judged(None, Turn.CLOSED)
