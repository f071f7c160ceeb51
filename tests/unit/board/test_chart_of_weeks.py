"""XmR charts: every week is a mark, flags differ by shape, and equal series give equal bytes."""

import numpy as np

from analysis.series.xmr import Better, Rebase, Scale, Settings, chart
from board.charts.xmr import xmr_chart
from board.charts.xmr_words import Charted
from tests.support.drawings import is_for_everybody, letters, marks

MONDAY = 20_451
ABOUT = Charted("Late", "%", "H04 Charging decision, A to B", "look-back: what was completed in the week")
STEADY = [30.0, 34, 28, 31, 35, 27, 33, 29, 32, 30, 34, 28, 31, 33]


def drawn(values: list[float], *, skipped: int | None = None, **settings: object) -> str:
    weeks = MONDAY + 7 * np.arange(len(values) + 1)
    kept = np.delete(weeks, len(values) if skipped is None else skipped)
    made = Settings(Better.LOWER, **settings)
    return xmr_chart(chart(kept.astype(np.int64), np.array(values), made), ABOUT)


def test_the_same_series_gives_the_same_bytes_for_everybody() -> None:
    svg = drawn(STEADY)
    assert svg == drawn(STEADY)
    assert is_for_everybody(svg)


def test_every_ordinary_week_is_one_open_point() -> None:
    assert len(marks(drawn(STEADY), "point")) == len(STEADY)
    assert not marks(drawn(STEADY), "flag")
    assert "no week differs from the usual" in letters(drawn(STEADY))


def test_a_week_outside_the_limits_is_a_flag_that_says_why() -> None:
    svg = drawn([*STEADY, 70.0])
    (flag,) = marks(svg, "flag")
    assert "70.0 %: outside, concern" in flag
    assert "the last week is a concern (outside)" in letters(svg)
    assert len(marks(svg, "point")) == len(STEADY)


def test_few_weeks_have_trial_limits_and_say_so() -> None:
    assert "upper trial limit" in letters(drawn(STEADY[:8]))
    assert "upper limit" in letters(drawn(STEADY))


def test_no_line_crosses_a_week_without_a_point() -> None:
    assert marks(drawn(STEADY), "series") == ["29 Dec 2025 to 30 Mar 2026"]
    assert marks(drawn(STEADY, skipped=5), "series") == [
        "29 Dec 2025 to 26 Jan 2026",
        "9 Feb 2026 to 6 Apr 2026",
    ]


def test_a_rebase_is_drawn_with_who_and_why_below_and_old_limits_stay() -> None:
    rebase = Rebase(MONDAY + 7 * 14, "A. Jones", "two lawyers more", MONDAY + 7 * 16)
    svg = drawn([*STEADY, 12.0, 14, 11, 13, 12, 15, 11], rebases=(rebase,))
    assert "new limits from 6 Apr 2026" in letters(svg)
    below = "New limits from 6 Apr 2026, decided by A. Jones on 20 Apr 2026: two lawyers more"
    assert below in letters(svg)
    assert below in svg.partition("</desc>")[0]
    assert svg.count("stroke-dasharray") >= 6


def test_what_a_person_wrote_is_no_formula() -> None:
    rebase = Rebase(MONDAY + 7 * 14, "A. Jones", "from $2m to $3^", MONDAY + 7 * 16)
    assert "from $2m to $3^" in letters(drawn([*STEADY, 12.0, 14, 11], rebases=(rebase,)))


def test_waits_are_drawn_by_logarithm_and_ticked_in_days() -> None:
    svg = drawn([10.0, 12, 9, 14, 30, 11, 10, 13, 8, 12, 40, 10], scale=Scale.LOG_DAYS)
    assert "log(1 + days)" in letters(svg)
    assert " 20 " in letters(svg)
