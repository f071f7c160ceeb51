"""Conservation of time on the real logs: every second lies between two organisations or inside one."""

from itertools import pairwise

import numpy as np
import pytest

from analysis.mining.conservation import NO_TAILS, Timelines, parts
from tests.support.event_logs import COOK, FINES, event_log

SECOND = 1_000_000


@pytest.mark.parametrize(
    ("folder", "between", "inside"),
    [
        pytest.param(COOK, 91_060_416_000, 65_879_913_600, id="cook-county"),
        pytest.param(FINES, 165_236_803_200, 90_623_923_200, id="traffic-fines"),
    ],
)
def test_the_seconds_of_a_real_log_add_up_exactly(folder: str, between: int, inside: int) -> None:
    log = event_log(folder)
    found = parts(Timelines(log.case, log.time, log.known_org), NO_TAILS)
    totals = found.totals()
    assert (totals.between, totals.inside) == (between * SECOND, inside * SECOND)
    assert (totals.unknown, totals.open) == (0, 0)
    assert totals.elapsed == {COOK: 156_940_329_600, FINES: 255_860_726_400}[folder] * SECOND
    ends = np.flatnonzero(np.diff(log.case, append=-1))
    begins = np.append(0, ends[:-1] + 1)
    lasted = (log.time[ends] - log.time[begins])[log.time[ends] > log.time[begins]]
    assert sorted(one for one in found.by_case().values() if one) == sorted(lasted.tolist())


def test_months_of_the_real_log_add_up_to_the_whole() -> None:
    log = event_log(COOK)
    found = parts(Timelines(log.case, log.time, log.org), NO_TAILS)
    months = np.arange("2018-01", "2020-02", dtype="datetime64[M]").astype("datetime64[us]").astype(np.int64)
    pieces = [found.within(a, b).totals() for a, b in pairwise(months)]
    assert tuple(map(sum, zip(*pieces, strict=True))) == found.totals()
