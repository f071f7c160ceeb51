"""The monthly report from invented facts: signals of the month, two views apart, and nothing that tells of few."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from analysis.answers import Effect, Sample
from analysis.arrays import DAY_US, NEVER
from analysis.feeds import Feed
from analysis.findings import About, Kind
from analysis.items import Flow, FlowKey, Items
from analysis.judging.confidence import Confidence
from analysis.judging.memory import Baselines
from analysis.judging.signals import Direction, State
from analysis.judging.world import World
from analysis.local_time import LocalTime
from analysis.official.suppression import Mark
from analysis.open_days import OpenDays
from analysis.perspective import Perspective
from board.document.parts import Bullets, Paragraph, Section, Table
from caseflow.errors import CommandError
from caseflow.monthly import small_numbers
from caseflow.monthly.completed_cases import completed_cases
from caseflow.monthly.facts import Facts, month_before
from caseflow.monthly.flow_month import flow_month
from caseflow.monthly.hand_offs import completed, started, still_open
from caseflow.monthly.in_short import in_short
from caseflow.monthly.month import month_of
from caseflow.monthly.told_by import feeds
from caseflow.monthly.what_changed import what_changed, what_to_look_at
from caseflow.monthly.where_time_went import where_time_went
from models.instants import to_us
from projections.feeds.queries import FeedRow
from projections.silo_signals.queries import SignalRow
from projections.whose_time.queries import Share
from tests.support.official_rows import official, row
from tests.support.profiles import shipped

LONDON = ZoneInfo("Europe/London")
NOW_US = to_us(datetime(2026, 7, 20, 12, tzinfo=UTC))
JUNE = month_of("2026-06", NOW_US, LONDON)
FIRST = 20_605
"""1 June 2026."""
KEY = FlowKey("H04", "cps-north-east", "cleveland-police")
CALENDAR = OpenDays.weekdays(FIRST - 400, 900)


def flow(waits: list[tuple[int, int | None]], *, limit: int = 10) -> Flow:
    """Return a flow: the day of June on which each item starts, and how many days it waits (None: open)."""
    start = np.array([FIRST + day - 1 for day, _ in waits]) * DAY_US + DAY_US // 2
    wait = np.array([NEVER if w is None else w * DAY_US for _, w in waits])
    end = np.where(wait == NEVER, NEVER, start + np.minimum(wait, 1 << 60))
    ended = np.where(wait == NEVER, 0, 1).astype(np.int8)
    never = np.full(len(waits), NEVER)
    items = Items(np.arange(len(waits)), start, start, end, end, ended, start + limit * DAY_US, never, never)
    return Flow.of(KEY, items, CALENDAR)


def signal(**over: object) -> SignalRow:
    told = SignalRow(
        id=UUID(int=1),
        kind=Kind.SLOW_PAIR,
        about=About(KEY),
        direction=Direction.CONCERN,
        state=State.OPEN,
        since=date(2026, 6, 7),
        opened=date(2026, 6, 14),
        ended=None,
        last_judged=date(2026, 7, 19),
        window=(date(2026, 6, 22), date(2026, 7, 19)),
        measure="completed, against the usual pace",
        effect=Effect(0.5, 0.34, 0.71, "times"),
        p=0.001,
        p_adjusted=0.004,
        observed=31,
        expected=62.0,
        sample=Sample(80, 44, 500),
        excess_days=310.0,
        share=0.02,
        arrivals_ratio=1.0,
        confidence=Confidence.HIGH,
        evidence=[],
        sentence="CPS to police: 31 were completed where the usual pace gives 62",
        goes_away_if="22 more are completed",
        versions={},
        written_at=datetime(2026, 7, 20, tzinfo=UTC),
    )
    return replace(told, **over)


def facts(signals: list[SignalRow], waits: list[tuple[int, int | None]] | None = None) -> Facts:
    one = flow(waits or [(1 + n, 5) for n in range(12)])
    local = LocalTime.of(LONDON, 0, 1 << 52)
    month = flow_month(one, {}, JUNE)
    return Facts(
        profile=shipped("cleveland-and-durham"),
        month=JUNE,
        world=World({KEY: one}, {}, {}, local),
        usual=Baselines(),
        signals=signals,
        judged=True,
        flows=[month],
        before=[flow_month(one, {}, month_before(JUNE))],
        times=[Share("a", "b", 30.0, 10.0, 12, 60.0, 5.0), Share("a", "a", 60.0, 0.0, 40, 60.0, 1.0),
               Share("b", "c", 10.0, 0.0, 3, 10.0, 3.0)],
        times_before=[Share("a", "b", 10.0, 0.0, 12, 60.0, 5.0), Share("a", "a", 90.0, 0.0, 40, 60.0, 1.0)],
        feeds=[],
        official=official([]),
    )  # fmt: skip


def words(section: Section) -> str:
    parts = []
    for part in section.parts:
        match part:
            case Paragraph(text):
                parts.append(text)
            case Bullets(items):
                parts += [" ".join(item) for item in items]
            case Table():
                parts += [" | ".join(row) for row in part.rows]
            case _:
                continue
    return "\n".join(parts)


def test_without_a_month_it_is_the_last_one_that_is_over() -> None:
    assert month_of(None, NOW_US, LONDON) == JUNE
    assert (JUNE.title, JUNE.days, JUNE.over) == ("June 2026", (FIRST, FIRST + 30), True)
    assert month_before(JUNE).title == "May 2026"


@pytest.mark.parametrize("text", ["June", "2026-13", "2026-6", "2026-08"])
def test_no_month_or_one_to_come_is_a_sentence(text: str) -> None:
    with pytest.raises(CommandError, match="--month"):
        month_of(text, NOW_US, LONDON)


def test_a_month_begins_and_ends_at_local_midnights() -> None:
    period = JUNE.period
    assert period.first_us == to_us(datetime(2026, 5, 31, 23, tzinfo=UTC))
    assert period.last_us - period.first_us == 30 * DAY_US
    assert period.first_day_us == FIRST * DAY_US


def test_what_opened_what_ended_and_what_is_open_stand_apart() -> None:
    over = signal(
        id=UUID(int=2), kind=Kind.STOP, opened=date(2026, 5, 4), ended=date(2026, 6, 20), state=State.CLOSED
    )
    later = signal(id=UUID(int=3), kind=Kind.MISSING, opened=date(2026, 7, 5))
    better = signal(id=UUID(int=4), kind=Kind.IMPROVED, direction=Direction.IMPROVEMENT)
    found = facts([signal(), over, later, better])
    changed, look = words(what_changed(found)), words(what_to_look_at(found))
    assert "Slow pair. CPS to police: 31 were completed" in changed
    assert "Improvements that opened" in changed
    assert "closed: it was clear three times" in changed
    assert "missing" not in (changed + look).lower()
    assert look.count("\n") == 0
    assert "slow pair" in look
    assert "0.50 times (0.34 to 0.71) | 310 | 2.0 % | high" in look
    assert "1 concern and 1 improvement are open; 2 opened in it, and 1 ended" in words(in_short(found))


def test_what_was_open_stands_gravest_first_also_where_it_has_ended_since() -> None:
    unsure = signal(id=UUID(int=2), confidence=Confidence.LOW, excess_days=900.0)
    ended = signal(id=UUID(int=3), state=State.CLOSED, ended=date(2026, 7, 5), excess_days=500.0)
    look = what_to_look_at(facts([signal(), unsure, ended]))
    assert [row[4] for row in look.parts[0].rows] == ["500", "310", "900"]


def test_a_signal_whose_sentence_tells_of_few_is_told_by_its_effect() -> None:
    few = signal(sentence="CPS to police: 3 were completed where the usual pace gives 62")
    said = words(what_changed(facts([few])))
    assert "3 were completed" not in said
    assert "completed, against the usual pace 0.50 times (0.34 to 0.71)" in said


def test_without_a_judged_day_the_report_says_so() -> None:
    assert "No day has been judged yet" in words(what_changed(replace(facts([]), judged=False)))


def test_look_back_and_cohort_count_different_items_and_say_which() -> None:
    waits = [(n, 20) for n in range(1, 16)] + [(29, 3), (29, None), (30, None)] + [(-20, 30)] * 11
    found = facts([], waits)
    (month,) = found.flows
    assert (month.completed.view, month.started.view) == (Perspective.LOOK_BACK, Perspective.COHORT)
    assert month.completed.stopped == 10 + 11
    assert month.started.started == 18
    assert "look-back" in completed(found).parts[0].definition
    assert "cohort" in started(found).parts[0].definition


def test_counts_of_few_and_what_they_would_give_away_are_hidden() -> None:
    # Twenty started and nineteen are open: the one that ended must not follow from the difference.
    shown = words(started(facts([], [(5, 3)] + [(5, None)] * 19)))
    assert "| 20 |" not in shown or "| 19 |" not in shown
    few = words(completed(facts([], [(5, 3)] * 3)))
    assert "| <5 | - | - | - | -" in few


def test_a_share_needs_both_of_its_parts_to_be_large() -> None:
    assert small_numbers.share(3, 50) == small_numbers.share(47, 50) == "-"
    assert small_numbers.share(5, 9) == "-"
    assert small_numbers.share(10, 40) == "25.0 %"
    assert small_numbers.share(0, 40) == "0.0 %"
    assert [small_numbers.count(n) for n in (0, 1, 4, 5)] == ["0", "<5", "<5", "5"]


def test_what_is_open_past_its_limit_is_counted_in_days_that_accrued_in_the_month() -> None:
    found = facts([], [(1, None)] * 12)
    assert found.flows[0].overdue == 12
    assert found.flows[0].excess_days == pytest.approx(12 * 19.5, abs=0.01)
    assert "| 12 | " in words(still_open(found))
    assert "234 days past due accrued" in words(in_short(found))


def test_time_of_few_steps_is_added_up_and_every_share_is_of_all() -> None:
    section = where_time_went(facts([]))
    said = words(section)
    assert "40.0 % of all cases' time in June 2026 lay between organisations" in said
    assert "a to b | 30.0 % | 10.0 % | 10.0 % | 12 | 5 s" in said
    assert "1 other pair | 10.0 %" in said
    assert "b to c" not in said


def test_the_latest_quarter_stands_beside_the_one_before_with_its_definition() -> None:
    rows = [row("2026-Q1", 40, 90), row("2026-Q2", 50, 84), row("2026-Q2", 30, 60, court="Teesside")]
    section = completed_cases(replace(facts([]), official=official(rows)))
    table, change = (part for part in section.parts if isinstance(part, Table))
    assert table.title == "2026 Q2 (Apr-Jun)"
    assert [cells[:3] for cells in table.rows] == [
        ("Magistrates", "Cleveland", "50"), ("Magistrates", "Cleveland: Teesside", "30"),
    ]  # fmt: skip
    assert "look-back" in table.definition
    assert change.title == "Change of the median since 2026 Q1 (Jan-Mar), in days"
    assert list(change.rows[0]) == ["Magistrates", "Cleveland", "50", "40", "0", "0", "0", "-6"]
    assert list(change.rows[1]) == ["Magistrates", "Cleveland: Teesside", "30", "0", "-", "-", "-", "-"]


def test_the_change_of_a_hidden_figure_is_hidden_and_small_counts_are_nowhere() -> None:
    rows = [row("2026-Q1", 3, None, Mark.SMALL), row("2026-Q2", 12, None, Mark.HIDDEN)]
    said = words(completed_cases(replace(facts([]), official=official(rows, left_out=2))))
    assert "Magistrates | Cleveland | [c] | <5 | - | - | - | -" in said
    assert "Left out, as a date is missing or before the one it follows: <5 of 2026 Q2 (Apr-Jun)." in said
    assert " 12 " not in said


def test_a_quarter_that_the_courts_have_not_told_of_yet_is_provisional() -> None:
    rows = [row("2026-Q2", 50, 84)]
    found = facts([])
    told = completed_cases(replace(found, official=official(rows, told_until=FIRST + 30)))
    untold = completed_cases(replace(found, official=official(rows, told_until=FIRST + 29)))
    assert "provisional" not in words(told)
    assert "2026 Q2 (Apr-Jun) is provisional" in words(untold)
    assert untold.parts[1].title == "2026 Q2 (Apr-Jun), provisional"


def test_without_completed_cases_the_section_says_so() -> None:
    assert "No case that counts was completed" in words(completed_cases(facts([])))


def test_what_an_agency_dated_after_its_own_publication_is_counted_as_a_slip_of_the_data() -> None:
    lag_us = np.array([60, -1, -5, 60]) * 1_000_000
    published = JUNE.now_us + np.array([-3, -2, -1, 1])  # the last one is not known yet
    of_police = Feed(
        "police", published - lag_us, published, lag_us, lag_us > 1 << 60, np.zeros(4, dtype=np.int64)
    )
    at = datetime(2026, 7, 1, tzinfo=UTC)
    told = facts([])
    rows = [FeedRow(source, 4, 0, at, at, 1.0, 1.0, 1.0) for source in ("police", "court")]
    found = feeds(replace(told, world=replace(told.world, feeds={"police": of_police}), feeds=rows))
    [table] = [part for part in found.parts if isinstance(part, Table)]
    assert table.headings[-1] == "dated ahead"
    assert [row[-1] for row in table.rows] == ["2", "-"]
