"""The share of a flow that no average may hold is that of a year, as it was known on the day."""

import numpy as np

from analysis.arrays import DAY_US
from analysis.items import FlowKey
from analysis.judging.doubts import Doubtful, doubtful_share
from tests.support import silo_flows as made

FLOW = made.flow(made.drawn(1, 6, 2 * made.YEAR), FlowKey("H04", "police", "cps"))
DAY = made.day(made.YEAR + 10)
NOW_US = (DAY + 1) * DAY_US
NEVER_MET = Doubtful(np.array([DAY - 364, DAY + 1]), np.array([0, 0]))


def of_the_year(day: int) -> int:
    began = FLOW.items.started // DAY_US
    told = FLOW.items.started_known <= (day + 1) * DAY_US
    return int(np.count_nonzero((began > day - 364) & (began <= day) & told))


def doubtful(n: int, known_us: int = 0) -> Doubtful:
    return Doubtful(np.full(n, DAY - 5), np.full(n, known_us))


def test_a_flow_of_which_nothing_was_left_out_has_no_doubts() -> None:
    assert doubtful_share(FLOW, None, DAY, NOW_US) == 0.0
    assert doubtful_share(FLOW, NEVER_MET, DAY, NOW_US) == 0.0


def test_it_is_the_share_of_what_began_in_the_year() -> None:
    assert doubtful_share(FLOW, doubtful(40), DAY, NOW_US) == 40 / (40 + of_the_year(DAY))


def test_what_is_told_later_changes_no_earlier_day() -> None:
    both = doubtful(40).joined(doubtful(60, NOW_US + 1))
    assert doubtful_share(FLOW, both, DAY, NOW_US) == doubtful_share(FLOW, doubtful(40), DAY, NOW_US)
    tomorrow = doubtful_share(FLOW, both, DAY + 1, NOW_US + DAY_US)
    assert tomorrow == 100 / (100 + of_the_year(DAY + 1))
