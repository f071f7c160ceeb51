"""Hand-offs as arrays: calendars laid out, numbers of texts, binary rows parsed, flows assembled."""

import struct
from datetime import date

import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.items import End, FlowKey, Known
from analysis.judging.memory import Baselines, Memory
from models.calendars import Calendar
from models.profile_parts import Reduced
from models.reading import read
from models.rules import Rules
from projections.flow_items.binary import NotFixedWidthError, Parser, codes
from projections.flow_items.calendars import FIRST, calendars_between, calendars_of, local_time, open_days
from projections.flow_items.numbers import number_of
from projections.flow_items.reach import reach_over
from projections.flow_items.readings import flows_of
from tests.support.cases import fold
from tests.support.profiles import shipped
from tests.support.records import at, recorded

PROFILE = shipped("cleveland-and-durham")
RULES = Rules.of(PROFILE)
FILE = FlowKey("H03", "cleveland-police", "cps-north-east")
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)


def day_of(text):
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


def weight(calendar, text):
    return calendar.weights[day_of(text) - FIRST]


def test_weekends_and_holidays_are_closed_and_single_days_may_be_open():
    calendar = Calendar(name="c", holidays="GB-ENG", closed={date(2026, 6, 3)}, open={date(2026, 6, 6)})
    laid = open_days(calendar)
    told = ["2026-12-24", "2026-12-25", "2026-12-28", "2026-06-03", "2026-06-06", "2026-06-07", "2026-06-08"]
    assert [weight(laid, day) for day in told] == [1, 0, 0, 0, 1, 0, 1]


def test_every_day_laid_out_is_the_calendars_own():
    calendar = PROFILE.calendars["england-and-wales"]
    laid = open_days(calendar)
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + n) for n in range(5 * 366)]
    assert [weight(laid, day.isoformat()) > 0 for day in days] == [
        calendar.is_working_day(day) for day in days
    ]


def test_a_reduced_strength_counts_on_open_days_alone():
    days = {"from": date(2026, 12, 24), "to": date(2026, 12, 29), "strength": 0.4}
    laid = open_days(Calendar(name="c", holidays="GB-ENG"), [Reduced(**days)])
    told = ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-29", "2026-12-30"]
    assert [weight(laid, day) for day in told] == [1, 0.4, 0, 0.4, 1]


def test_agencies_of_one_calendar_share_its_arrays():
    found = calendars_of(PROFILE, ["cps-north-east", "hmcts-crown", "victim"])
    assert len({id(one) for one in found.values()}) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    # What PostgreSQL answers to `SELECT hashtextextended(text, 0)`; the integration tests ask it.
    [("", -6939563903564495251), ("17ZZ0000160/1", -3496639902161479757)],
)
def test_a_text_has_the_number_that_the_database_gives_it(text, number):
    assert number_of(text) == number


def copied(*rows):
    packed = (struct.pack(">hiqih", 2, 8, a, 2, b) for a, b in rows)
    return SIGNATURE + b"".join(packed) + struct.pack(">h", -1)


async def parsed(data, at_once, **coded):
    parser = Parser({"a": 8, "b": 2}, coded)
    for first in range(0, len(data), at_once):
        await parser.feed(data[first : first + at_once])
    return parser.columns()


@pytest.mark.parametrize("at_once", [1, 7, 1000])
async def test_binary_rows_are_parsed_however_they_are_cut(at_once):
    found = await parsed(copied((5, 1), (-6, 2), (NEVER, 3)), at_once)
    assert (found["a"].tolist(), found["b"].tolist()) == ([5, -6, NEVER], [1, 2, 3])


async def test_no_rows_are_empty_columns():
    assert [column.size for column in (await parsed(copied(), 100)).values()] == [0, 0]


async def test_known_numbers_become_small_codes():
    found = await parsed(copied((5, 1), (9, 2), (7, 3)), 100, a=[7, 5])
    assert (found["a"].tolist(), found["a"].dtype) == ([1, -1, 0], np.int16)
    assert codes(np.array([5]), []).tolist() == [-1]


async def test_a_null_is_refused():
    null = SIGNATURE + struct.pack(">hiih", 2, -1, 2, 4) + bytes(8) + struct.pack(">h", -1)
    with pytest.raises(NotFixedWidthError):
        await parsed(null, 100)


def told(name, time, **over):
    return recorded(name, time, published_us=at(time) + 3_600_000_000, **over)


def flow_of(*events, now="2026-07-01T00:00:00"):
    hand_offs = read(fold(events, RULES, at(now)), RULES).hand_offs
    found, left_out = flows_of({"C1": hand_offs}, PROFILE)
    return found, left_out


REFERRED = told("charge.referred-to-cps", "2026-06-02T23:30:00")
CPS = {"source": "cps-north-east", "owner": "cps-north-east"}


def test_instants_are_local_and_what_was_published_is_utc():
    rejected = told("charge.file-rejected", "2026-06-05T10:00:00", **CPS)
    items = flow_of(REFERRED, rejected)[0][FILE].items
    assert (items.started[0] // DAY_US, items.started[0] % DAY_US) == (day_of("2026-06-03"), 30 * 60 * 10**6)
    assert items.started_known[0] == REFERRED.published_us
    assert items.end.tolist() == [End.STOP]
    assert items.ended[0] == rejected.time_us + 3_600_000_000
    assert (items.returned[0], items.returned_known[0]) == (items.ended[0], rejected.published_us)


def test_what_is_open_has_not_ended_and_what_is_proved_missing_has():
    [open_] = [flow_of(REFERRED)[0][FILE].items]
    assert (open_.end[0], open_.ended[0], open_.ended_known[0], open_.due[0]) == (
        End.NONE,
        NEVER,
        NEVER,
        NEVER,
    )
    decided = told("charge.decision-made", "2026-06-05T10:00:00", **CPS)
    gone = flow_of(REFERRED, decided)[0][FILE].items
    assert (gone.end[0], gone.ended_known[0]) == (End.MISSING, decided.time_us + 7 * DAY_US)


def test_where_nobody_knows_the_publication_it_counts_as_known_at_once():
    items = flow_of(recorded("charge.referred-to-cps", "2026-06-02T10:00:00"))[0][FILE].items
    assert items.started_known[0] == at("2026-06-02T10:00:00")


def counts(left_out, day, now):
    return left_out.counts(day_of(day), at(now))


def test_what_stopped_before_it_started_is_in_no_flow_and_counted_since_both_were_told():
    early = told("charge.file-accepted", "2026-06-02T10:00:00", **CPS)
    found, left_out = flow_of(REFERRED, early)
    assert FILE not in found
    both_told = "2026-06-03T00:30:00"
    assert counts(left_out, "2026-06-03", both_told) == {"negative": {FILE: 1}, "outside": {}, "by_day": {}}
    assert counts(left_out, "2026-06-03", "2026-06-03T00:29:59")["negative"] == {}
    assert counts(left_out, "2027-06-01", both_told)["negative"] == {FILE: 1}
    assert counts(left_out, "2027-06-02", both_told)["negative"] == {}, "it began more than a year before"
    assert left_out.doubtful[FILE].count(day_of("2026-06-03"), at(both_told)) == 1


def test_what_is_dated_outside_the_years_of_the_calendars_is_in_no_flow_and_counted_from_when_it_was_told():
    long_ago = recorded(
        "charge.referred-to-cps", "1999-12-31T10:00:00", published_us=at("2026-06-02T10:00:00")
    )
    found, left_out = flow_of(long_ago)
    assert FILE not in found
    assert counts(left_out, "2026-06-02", "2026-06-02T23:00:00") == {
        "negative": {},
        "outside": {FILE: 1},
        "by_day": {},
    }
    assert counts(left_out, "2026-06-01", "2026-06-01T23:00:00")["outside"] == {}


def test_the_flows_of_equal_hand_offs_are_equal_in_any_order():
    cases = {f"C{n}": (told("charge.referred-to-cps", f"2026-06-{n:02}T10:00:00"),) for n in range(1, 9)}
    hand_offs = {case: read(fold(events, RULES), RULES).hand_offs for case, events in cases.items()}
    one = flows_of(hand_offs, PROFILE)[0][FILE].items
    other = flows_of(dict(reversed(hand_offs.items())), PROFILE)[0][FILE].items
    for name in one.__slots__:
        assert (getattr(one, name) == getattr(other, name)).all()


def test_a_flow_counts_in_the_open_days_of_its_receiver():
    flow = flow_of(REFERRED)[0][FILE]
    known = Known(at("2026-06-10T00:00:00"), day_of("2026-06-10"))
    assert (flow.waiting(known).until - flow.waiting(known).start[0]).tolist() == 5


FIRST_HEARING = FlowKey("H06", "cleveland-police", "hmcts-magistrates")
COURT = {"source": "hmcts-magistrates", "owner": "hmcts-magistrates"}


def in_custody(time, **over):
    return told("charge.charged", time, data={"remandStatus": "custody"}, **over)


def test_a_flow_whose_limit_is_short_counts_in_the_open_hours_of_its_receiver():
    held = told("court.first-hearing-held", "2026-06-04T09:30:00", **COURT)
    flow = flow_of(in_custody("2026-06-02T22:10:00"), held)[0][FIRST_HEARING]
    first = flow.calendar.slot(day_of("2026-06-03"))
    assert flow.calendar.counted_in == "open hours, 09:00 to 17:00"
    assert (flow.started_slot - first).tolist() == [0], "at night: the next morning at nine"
    assert (flow.ended_slot - first).tolist() == [8 + 1], "half past ten on the wall"


def test_only_rows_whose_limits_are_all_short_are_counted_in_hours():
    keys = [FlowKey(row.id, "cps-north-east", "cleveland-police") for row in PROFILE.rules]
    counted = calendars_between(PROFILE, keys)
    by_the_clock, in_the_office = (
        {key.rule for key, one in counted.items() if one.counted_in == f"open hours, {hours}"}
        for hours in ("00:00 to 24:00", "09:00 to 17:00")
    )
    assert by_the_clock == {"H01", "H40", "H41"}, "limits in hours"
    assert in_the_office == {"H06", "H24", "H32", "V04", "V05"}, "limits of a day"
    saturday = day_of("2026-06-06")
    custody = counted[FlowKey("H01", "cps-north-east", "cleveland-police")]
    assert custody.slot(saturday + 1) - custody.slot(saturday) == 24
    rest = {one.counted_in for key, one in counted.items() if key.rule not in by_the_clock | in_the_office}
    assert rest == {"open days"}
    discovered = FlowKey("", "cleveland-police", "cps-direct")
    assert calendars_between(PROFILE, [discovered])[discovered].counted_in == "open days"


def test_what_began_on_a_day_is_left_out_of_hours_and_counted():
    found, left_out = flow_of(in_custody("2026-06-01T23:00:00", precision="day"))
    assert FIRST_HEARING not in found
    assert counts(left_out, "2026-06-02", "2026-06-03T00:00:00")["by_day"] == {FIRST_HEARING: 1}
    assert left_out.doubtful[FIRST_HEARING].count(day_of("2026-06-02"), at("2026-06-03T00:00:00")) == 1


def test_what_is_known_to_its_day_is_seen_by_its_precision_whatever_time_of_day_it_bears():
    found, left_out = flow_of(in_custody("2026-06-02T00:00:00", precision="day"))
    assert FIRST_HEARING not in found
    assert counts(left_out, "2026-06-02", "2026-06-03T00:00:00")["by_day"] == {FIRST_HEARING: 1}
    held = told("court.first-hearing-held", "2026-06-04T00:00:00", precision="day", **COURT)
    flow = flow_of(in_custody("2026-06-03T10:00:00"), held)[0][FIRST_HEARING]
    assert flow.ended_by_day.tolist() == [True]


def test_a_role_counts_in_the_hours_that_all_its_holders_share():
    reception = FlowKey("H24", "cleveland-police", "prison")
    assert calendars_between(PROFILE, [reception])[reception].counted_in == "open hours, 00:00 to 24:00"


def test_what_ended_on_a_day_ended_in_its_last_open_hour():
    held = told("court.first-hearing-held", "2026-06-02T23:00:00", precision="day", **COURT)
    flow = flow_of(in_custody("2026-06-03T10:00:00"), held)[0][FIRST_HEARING]
    first = flow.calendar.slot(day_of("2026-06-03"))
    assert (flow.started_slot - first, flow.ended_slot - first) == (2, 7)
    assert flow.ended_by_day.tolist() == [True]


def test_the_first_day_and_a_week_read_all_items_and_a_day_what_was_open_or_happened_lately():
    sunday, now_us = day_of("2026-06-07"), at("2026-06-07T23:00:00")
    first = reach_over(Memory(), PROFILE, range(sunday, sunday + 1), now_us)
    assert (first.items_us, first.learning, first.feeds_us < now_us) == (-NEVER, True, True)
    week = reach_over(Memory(sunday - 1), PROFILE, range(sunday, sunday + 1), now_us)
    assert (week.items_us, week.feeds_us < now_us, week.learning) == (-NEVER, True, True)
    assert "cps-north-east" in week.whole_feeds
    assert "vspg" not in week.whole_feeds
    locked = Memory(sunday, baselines=Baselines(cap_us=1))
    day = reach_over(locked, PROFILE, range(sunday + 1, sunday + 2), now_us)
    assert (day.items_us > now_us - 500 * DAY_US, day.whole_feeds, day.steps_us) == (True, (), None)
    both = reach_over(Memory(sunday - 2), PROFILE, range(sunday - 1, sunday + 1), now_us - DAY_US)
    assert (both.items_us, both.feeds_us) == (-NEVER, week.feeds_us - DAY_US)
    assert all(now_us <= one.until_us <= now_us + DAY_US for one in (first, week, both))


def test_local_time_is_laid_out_once():
    assert local_time(PROFILE.tz) is local_time(PROFILE.tz)
