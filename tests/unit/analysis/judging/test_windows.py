"""From which weeks the usual is taken: the first that hold enough and are under way, whatever strays before."""

from datetime import UTC

import numpy as np
import pytest

from analysis.arrays import DAY_US, HOUR_US, NEVER, Ints
from analysis.engine.locking import locked_baseline
from analysis.findings import About
from analysis.hours_known import BY_DAY, known_by_hour
from analysis.items import Flow, FlowKey, Items, Known
from analysis.judging.asking import view_of
from analysis.judging.locking import locked
from analysis.judging.memory import Baselines
from analysis.judging.rebasing import NO_BASELINE, Decided, Decision, decided_on
from analysis.judging.windows import Course, first_day, first_window, next_monday
from analysis.judging.world import World
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from tests.support import hour_flows as hours
from tests.support import silo_flows as made

MONDAY = made.FIRST
WEEKS = 52
A_YEAR = WEEKS * 7
ENDS = MONDAY + A_YEAR
KEY = FlowKey("H04", "police", "cps")
EARLY = MONDAY - 10 * A_YEAR
NOBODY = Decided(0)


def each_day(first: int, count: int, a_day: int = 1) -> Ints:
    return np.repeat(np.arange(first, first + count), a_day)


def window(day: Ints, over: int, least: int = 100) -> tuple[int, int] | None:
    return first_window(Course.of_days(day), WEEKS, over, least)


@pytest.mark.parametrize("weekday", range(7))
def test_it_begins_on_the_first_monday_on_or_after_the_first_start(weekday: int) -> None:
    first = MONDAY + 7 if weekday else MONDAY
    found = window(each_day(MONDAY + weekday, 900), MONDAY + 900)
    assert found == (first, first + A_YEAR - 1)


def test_it_must_be_over() -> None:
    assert window(each_day(MONDAY, 400), ENDS - 1) is None
    assert window(each_day(MONDAY, 400), ENDS) == (MONDAY, ENDS - 1)


@pytest.mark.parametrize("strays", [[EARLY], [EARLY, EARLY + 1000], [EARLY] * 20, [MONDAY - 40]])
def test_stray_early_dates_do_not_begin_it(strays: list[int]) -> None:
    day = np.concatenate([strays, each_day(MONDAY, 900, 3)])
    assert window(day, MONDAY + 900) == (MONDAY, ENDS - 1)


def test_what_began_slowly_begins_it_all_the_same() -> None:
    growing = np.repeat(np.arange(MONDAY, MONDAY + 900), np.linspace(1, 30, 900).astype(np.int64))
    assert window(growing, MONDAY + 900) == (MONDAY, ENDS - 1)


def test_where_the_first_weeks_hold_too_little_the_first_that_hold_enough_count() -> None:
    few = np.concatenate([each_day(MONDAY, 70), each_day(MONDAY + 700, 400)])
    found = window(few, MONDAY + 2000)
    assert found is not None
    assert next_monday(MONDAY + 700) <= found[0] <= MONDAY + 714
    assert window(few[:70], MONDAY + 2000) is None


def test_what_was_not_done_within_it_does_not_count() -> None:
    day = each_day(MONDAY, 900)
    late = np.where(np.arange(900) % 3 == 0, day + A_YEAR, day)
    never = np.where(np.arange(900) % 3 == 0, late, NEVER)
    assert first_window(Course.of_days(day, late), WEEKS, MONDAY + 1500, 242) == (MONDAY, ENDS - 1)
    assert first_window(Course.of_days(day, late), WEEKS, MONDAY + 1500, 244) is None
    assert first_window(Course.of_days(day, never), WEEKS, MONDAY + 1500, 1) is None


def test_a_window_that_has_gone_by_stays_the_one_whatever_comes_later() -> None:
    rng = np.random.default_rng(5)
    day = np.sort(np.concatenate([[EARLY, EARLY + 9], MONDAY + rng.integers(0, 1500, 700)]))
    first = window(day[day < ENDS + 7], ENDS + 7)
    assert first is not None
    later = [window(day[day < ENDS + 7 + n], ENDS + 7 + n) for n in range(0, 1000, 50)]
    assert later == [first] * len(later)


def test_the_first_day_is_that_of_the_first_window_that_holds_enough_and_strays_are_none() -> None:
    days = each_day(MONDAY + 3, 200)
    assert first_day(np.append(days, EARLY), WEEKS, 100) == MONDAY + 3
    assert first_day(np.append(days, EARLY), WEEKS, 300) == EARLY, "nobody can say which are the strays"
    assert first_day(days[:0], WEEKS, 100) is None


def test_the_window_found_is_the_first_in_which_locking_counts_enough() -> None:
    flow = made.flow(made.drawn(3, 0.45, 4 * made.YEAR), KEY)
    at = Known(made.day(4 * made.YEAR) * DAY_US, made.day(4 * made.YEAR))
    risk = flow.waiting(at)
    day, done = flow.items.started[risk.item] // DAY_US, np.where(risk.outcome, risk.end, NEVER)
    mondays = sorted({next_monday(one) for one in day.tolist()} & set(range(MONDAY, at.day - A_YEAR + 1)))
    counted = {one: locked_baseline(risk, one, one + A_YEAR - 1, least=1).completions for one in mondays}
    for least in range(80, 125):
        found = first_window(Course(day, risk.start, done, flow.calendar.slots), WEEKS, at.day, least)
        enough = [one for one in mondays if counted[one] >= least]
        assert found == ((enough[0], enough[0] + A_YEAR - 1) if enough else None)


def told_by_day(until: int) -> Flow:
    """Return two years of short waits in office hours, a third of the ends before a local day known to the day."""
    plain = hours.flow(*hours.drawn(4, 30, 2 * hours.YEAR + 400))
    third = np.random.default_rng(1).random(len(plain.items)) < 0.3
    return Flow.of(KEY, plain.items, hours.OFFICE, third & (plain.items.ended // DAY_US < until))


def in_hours(flow: Flow) -> World:
    local = LocalTime.of(UTC, (hours.FIRST - 70) * DAY_US, (hours.FIRST + 3 * A_YEAR) * DAY_US)
    return World({KEY: flow}, {}, dict.fromkeys(("police", "cps"), hours.DAYS), local)


def test_a_window_whose_ends_are_known_by_day_is_passed_over_for_the_next_that_is_known_by_hour() -> None:
    flow, known = told_by_day(hours.FIRST + 140), {"cps": hours.known(2 * hours.YEAR)}
    usual = locked(in_hours(flow), known, Baselines(), NOBODY).waits[KEY]
    assert usual.first_day > hours.FIRST
    assert known_by_hour(flow, usual.first_day, usual.last_day + 1, hours.EVER)
    assert not known_by_hour(flow, usual.first_day - 7, usual.last_day - 6, hours.EVER)


def test_while_no_window_is_known_by_hour_that_is_the_reason() -> None:
    at = hours.known(hours.YEAR + 40)
    by_day, by_hour = (told_by_day(hours.FIRST + until) for until in (300, 0))
    for flow, why in ((by_day, BY_DAY), (by_hour, NO_BASELINE)):
        seen = view_of(in_hours(flow), flow, at, Baselines(), feed_silent=False)
        assert seen.baseline == why
    window = (hours.FIRST, hours.FIRST + A_YEAR - 1)
    rebase = Decision(About(KEY), window[0], at.day - 1, at.day - 1, window, "Ann Smith", "a new office")
    decided = decided_on([rebase], at.day)
    assert view_of(in_hours(by_day), by_day, at, Baselines(), decided, feed_silent=False).baseline == BY_DAY


def test_the_window_of_lags_is_the_first_with_enough_of_the_commonest_type() -> None:
    """In the first year 120 messages of six types come, later twelve times as many of one of them."""
    first = np.arange(120) * made.YEAR / 120
    later = made.YEAR + np.arange(720) * made.YEAR / 360
    codes = np.concatenate([np.arange(120) % 6, np.full(720, 4)])
    lag = np.full(codes.size, HOUR_US, dtype=np.int64)
    feed = made.feed(np.concatenate([first, later]), lag, tuple("abcdef"), codes)
    local = LocalTime.of(UTC, (EARLY - 70) * DAY_US, (MONDAY + 9 * A_YEAR) * DAY_US)
    seen = World({}, {"b": feed}, {"b": made.CALENDAR}, local)
    day = made.day(3 * made.YEAR)
    found = locked(seen, {"b": Known(day * DAY_US, day)}, Baselines(), NOBODY)
    assert found.silences["b"].first_day == MONDAY
    assert found.lags["b"].first_day > MONDAY
    assert found.lags["b"].usual_us == {"e": HOUR_US}


def stray(flow: Flow, day: int) -> Flow:
    """Return the flow in which another case is told at once of which everything lies on an early day."""
    last = OpenDays.weekdays(EARLY - 70, 30 * A_YEAR)
    instant = day * DAY_US + 9 * HOUR_US
    one = {"case": 10**9, "end": 1, "due": NEVER, "returned": NEVER, "returned_known": NEVER}
    columns = {name: np.append(getattr(flow.items, name), one.get(name, instant)) for name in Items.__slots__}
    columns["end"] = columns["end"].astype(np.int8)
    return Flow.of(KEY, Items(**columns), last)


def world(flow: Flow, **settings: int) -> World:
    local = LocalTime.of(UTC, (EARLY - 70) * DAY_US, (MONDAY + 9 * A_YEAR) * DAY_US)
    return World({KEY: flow}, {}, dict.fromkeys(("police", "cps"), flow.calendar), local, **settings)


def test_a_case_dated_ten_years_early_does_not_keep_a_flow_from_its_usual_pace() -> None:
    slot = made.YEAR + 10
    known = {"cps": Known(made.day(slot) * DAY_US + HOUR_US, made.day(slot))}
    flow = made.flow(made.drawn(1, 6, slot), KEY)
    usual = locked(world(stray(flow, EARLY + 3)), known, Baselines(), NOBODY).waits[KEY]
    alone = locked(world(flow), known, Baselines(), NOBODY).waits[KEY]
    assert (usual.first_day, usual.completions) == (MONDAY, alone.completions)
    assert usual.content() == alone.content()


def test_a_window_that_the_partnership_fixed_is_the_only_one() -> None:
    slot = 3 * made.YEAR
    known = {"cps": Known(made.day(slot) * DAY_US + HOUR_US, made.day(slot))}
    flow = stray(made.flow(made.drawn(1, 6, slot), KEY), EARLY + 3)
    fixed = world(flow, baseline_first_day=MONDAY + 21)
    assert locked(fixed, known, Baselines(), NOBODY).waits[KEY].first_day == MONDAY + 21
    empty = world(flow, baseline_first_day=EARLY)
    assert locked(empty, known, Baselines(), NOBODY).waits == {}


def test_returns_are_counted_in_the_window_of_the_waits() -> None:
    slot = made.YEAR + 10
    known = {"cps": Known(made.day(slot) * DAY_US + HOUR_US, made.day(slot))}
    found = locked(
        world(stray(made.flow(made.drawn(1, 6, slot), KEY), EARLY + 3)), known, Baselines(), NOBODY
    )
    assert (found.returns[KEY].first_day, found.returns[KEY].last_day) == (MONDAY, ENDS - 1)
