"""Alerts on a screen: the same facts in a wide table and on two narrow lines."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from caseflow.alerts_rows import Times
from caseflow.alerts_text import limit_of, print_alert, print_alerts, state_of
from models.instants import to_us
from projections.alerts.queries import AlertRow, AuditRow

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
TIMES = Times(ZoneInfo("Europe/London"), NOW)
LATE = AlertRow(
    id=UUID("bea76432-e4b7-5d65-b194-5e9f7abed1fe"),
    hand_off=UUID(int=1),
    case_ref="17ZZ0000160/1",
    rule="H04",
    title="Full file to the prosecutor",
    sender="cleveland-police",
    receiver="cps-north-east",
    owner="cleveland-police",
    internal=False,
    area="cleveland",
    severity="very-late",
    level=0,
    state="open",
    due_us=to_us(datetime(2026, 2, 20, tzinfo=UTC)) - 1,
    overdue_us=None,
    time_limit="28 calendar days",
    certainty="C",
    local_target=False,
    raised_at=NOW,
    changed_at=NOW,
    snoozed_until=None,
    acknowledged_by=None,
    acknowledged_at=None,
    resolved_at=None,
    resolved_how=None,
    resolved_by=None,
    resolved_why=None,
    version=1,
)


def printed(rows: list[AlertRow], width: int) -> str:
    text = io.StringIO()
    print_alerts(Console(file=text, width=width, markup=False, highlight=False), rows, TIMES)
    assert max(map(len, text.getvalue().splitlines()), default=0) <= width
    return text.getvalue()


@pytest.mark.parametrize("width", [80, 100, 139, 140, 160])
def test_a_row_fits_every_screen_and_tells_the_same(width: int) -> None:
    words = " ".join(printed([replace(LATE, certainty="K", local_target=True)], width).split())
    for fact in (
        "bea76432",
        "very late",
        "17ZZ0000160/1",
        "cleveland-police",
        "19 Feb 2026",
        "12.4 d",
        "open",
    ):
        assert fact in words
    assert "target)" in words


@pytest.mark.parametrize(
    ("limit", "local", "said"),
    [
        ("28 calendar days", False, "28 calendar days"),
        ("28 calendar days", True, "28 calendar days (local target)"),
        ("local", True, "local target"),
        (None, True, "local target"),
    ],
)
def test_a_limit_that_nobody_confirmed_is_called_a_local_target(
    limit: str | None, local: bool, said: str
) -> None:
    assert limit_of(replace(LATE, time_limit=limit, local_target=local)) == said


def test_a_state_says_who_has_it_in_hand_how_far_it_rose_and_until_when_it_sleeps() -> None:
    later = NOW + timedelta(days=2)
    row = replace(LATE, state="acknowledged", acknowledged_by="Ann", level=1, snoozed_until=later)
    assert state_of(row, TIMES) == "acknowledged by Ann, level 1, snoozed until 06 Mar 2026 09:00"
    assert state_of(replace(LATE, snoozed_until=NOW), TIMES) == "open"
    ended = replace(LATE, state="resolved", resolved_how="person", resolved_by="Ann", resolved_at=NOW)
    assert state_of(ended, TIMES) == "resolved by Ann"
    assert state_of(replace(ended, resolved_how="completed", resolved_by="caseflow"), TIMES) == "completed"


def test_lateness_ends_with_the_alert() -> None:
    ended = replace(LATE, resolved_at=NOW - timedelta(days=2))
    assert TIMES.late_s(LATE) == pytest.approx(12.375 * 86_400, abs=1e-3)
    assert TIMES.late_s(ended) == pytest.approx(10.375 * 86_400, abs=1e-3)
    assert TIMES.late_s(replace(LATE, due_us=None)) is None


def test_what_happened_to_an_alert_is_told_in_words() -> None:
    text = io.StringIO()
    due = LATE.due_us
    happened = [
        AuditRow(NOW, "caseflow", "raised", None, {"severity": "late"}),
        AuditRow(NOW, "caseflow", "risen", None, {"severity": ["late", "severe"], "due_us": [due, None]}),
        AuditRow(NOW, "Ann\x1b[2J", "resolved", "told by phone", {"how": "person"}),
    ]
    print_alert(Console(file=text, width=120, markup=False, highlight=False), LATE, happened, TIMES)
    assert text.getvalue().splitlines()[-3:] == [
        "04 Mar 2026 09:00  raised by caseflow (severity late)",
        "04 Mar 2026 09:00  risen by caseflow (severity late → severe; due 19 Feb 2026 → -)",
        r"04 Mar 2026 09:00  resolved by Ann\x1b[2J: told by phone (how person)",
    ]


def test_an_alert_that_ended_without_an_answer_says_what_that_may_mean() -> None:
    ended = replace(LATE, state="resolved", resolved_how="withdrawn", resolved_by="caseflow", resolved_at=NOW)
    text = io.StringIO()
    for row in (ended, replace(ended, resolved_how="completed")):
        print_alert(Console(file=text, width=200, markup=False, highlight=False), row, [], TIMES)
    assert text.getvalue().count("because") == 1
    assert "a later start, with a limit of its own, took its place" in text.getvalue()


SLOW = replace(
    LATE,
    hand_off=None,
    case_ref=None,
    severity=None,
    area=None,
    due_us=None,
    time_limit=None,
    certainty=None,
    title="Police to CPS, charging decision",
    signal=UUID(int=2),
    kind="slow_pair",
    sentence="Police to CPS, charging decision: 31 were completed where the usual pace gives 62.",
    confidence="moderate",
)


@pytest.mark.parametrize("width", [80, 140, 160])
def test_an_alert_of_a_signal_is_listed_without_case_limit_and_due_day(width: int) -> None:
    words = " ".join(printed([SLOW, LATE], width).split())
    assert words.index("signal") < words.index("very late")
    assert "slow pair: Police to CPS" in words
    for nothing in ("None", "at no known time"):
        assert nothing not in words


def test_an_alert_of_a_signal_is_shown_by_its_sentence_and_how_sure_it_is() -> None:
    text = io.StringIO()
    print_alert(Console(file=text, width=160, markup=False, highlight=False), SLOW, [], TIMES)
    said = text.getvalue()
    assert str(SLOW.sentence) in said
    assert "confidence moderate" in said
    assert "None" not in said
    assert SLOW.subject == "signal slow pair: Police to CPS, charging decision"
    assert LATE.subject == "H04 of case 17ZZ0000160/1"
