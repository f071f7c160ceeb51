"""Look-back and cohort figures never go together."""

import pytest

from analysis.answers import Answer, Status
from analysis.perspective import MixedViewsError, Perspective, one_view
from analysis.series.weekly import Week
from analysis.waits.cohorts import CohortWeek

DONE = Week(19_723, 5, 5.0, 12, 11, 10, 2, 3.0, 1)
BEGUN = CohortWeek(19_723, 12, 4, Answer.unknown(Status.NOT_ENOUGH_DATA, "young"))


def test_every_figure_carries_its_view() -> None:
    assert (DONE.view, BEGUN.view) == (Perspective.LOOK_BACK, Perspective.COHORT)
    assert one_view([DONE, DONE]) is Perspective.LOOK_BACK


def test_mixing_views_raises_an_error() -> None:
    with pytest.raises(MixedViewsError, match="choose one view"):
        one_view([DONE, BEGUN])


def test_a_table_without_figures_has_no_view() -> None:
    assert one_view([]) is None
