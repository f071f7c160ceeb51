"""What no flow and no feed may hold: dated outside the laid-out years, or begun nobody knows in which hour."""

from datetime import date

import numpy as np
import pytest

from analysis.arrays import NEVER
from analysis.items import End, FlowKey
from projections.flow_items.assembling import FIELDS, NEGATIVE, assembled
from projections.flow_items.calendars import calendars_between, local_time
from projections.flow_items.feeds import EPOCH_2000_US, by_agency
from tests.support.profiles import shipped
from tests.support.records import at

PROFILE = shipped("cleveland-and-durham")
FIRST_HEARING = FlowKey("H06", "cleveland-police", "hmcts-magistrates")
SECOND_OF_JUNE = (date(2026, 6, 2) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("started", "reason"), [("2026-06-01T23:00:00", "by_day"), ("1999-12-31T10:00:00", "outside")]
)
@pytest.mark.parametrize(
    ("ended", "end"),
    [("2026-06-05T10:00:00", End.STOP), ("2026-05-30T10:00:00", NEGATIVE), ("1999-12-30T10:00:00", NEGATIVE)],
)
def test_what_the_start_alone_leaves_out_stays_so_on_past_days_whatever_its_end_is(
    started, reason, ended, end
):
    known = {"started_known": "2026-06-02T10:00:00", "ended_known": "2026-06-06T10:00:00"}
    instants = {name: at(text) for name, text in ({"started": started, "ended": ended} | known).items()}
    row = dict.fromkeys(FIELDS, NEVER) | {"flow": 0, "case": 1, "end": end} | instants
    columns = {name: np.array([value], dtype=np.int64) for name, value in row.items()}
    keys = [FIRST_HEARING]
    _, left = assembled(columns, keys, local_time(PROFILE.tz), calendars_between(PROFILE, keys))
    for day in ("02", "20"):
        assert left.counts(SECOND_OF_JUNE, at(f"2026-06-{day}T12:00:00"))[reason] == {FIRST_HEARING: 1}


@pytest.mark.parametrize("published", ["1999-12-31T10:00:00", "2051-06-01T10:00:00"])
def test_what_is_said_to_be_published_outside_the_years_of_the_calendars_is_in_no_feed(published):
    occurred, said = [at("2026-06-02T10:00:00")] * 2, [at("2026-06-02T11:00:00"), at(published)]
    columns = {"source": [0, 0], "type": [0, 0], "occurred": occurred, "published": said, "by_day": [0, 0]}
    rows = {name: np.array(column, dtype=np.int64) for name, column in columns.items()}
    for name in ("occurred", "published"):
        rows[name] -= EPOCH_2000_US
    [feed] = by_agency(rows, ["police"], ("charged",), local_time(PROFILE.tz)).values()
    assert feed.published.tolist() == [at("2026-06-02T11:00:00")]
