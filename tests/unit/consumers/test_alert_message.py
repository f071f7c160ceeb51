import csv
import io
from collections.abc import Iterable

import orjson
import pytest

from consumers.alerts.message import (
    Kind,
    Line,
    Message,
    body,
    linked,
    ordered,
    pseudonymised,
    restored,
    stored,
)
from consumers.alerts.wording import COLUMNS, list_as_csv, subject, text

CASE = "17ZZ0000160/1"
LINE = Line(
    alert="0b5f0d0c-6f2e-5b5a-9a49-2f4d1f5f0a11",
    what="raised",
    case=CASE,
    rule="H15",
    title="Initial details to the defence",
    sender="cleveland-police",
    receiver="hmcts-magistrates",
    owner="cleveland-police",
    area="cleveland",
    severity="late",
    level=0,
    due="2026-03-27T23:59:59+00:00",
    deadline="2026-03-28T00:59:59.999+00:00",
    days_late=3,
    limit="28 calendar days",
    certainty="C",
    local_target=False,
)
KEY = b"a key of sixteen"


def line(**over: object) -> Line:
    return Line(**{**{name: getattr(LINE, name) for name in Line.__slots__}, **over})


def message(lines: Iterable[Line] = (LINE,), kind: Kind = Kind.SINGLE) -> Message:
    return Message("id-1", "urgent", "cleveland-police", kind, "2026-03-30T08:00:00.000+01:00", tuple(lines))


def test_a_single_message_says_what_is_late_by_how_much_and_who_must_act() -> None:
    said = text(linked(message(), "https://caseflow.example.org/"))
    for part in (
        "H15 Initial details to the defence: overdue",
        "Case:   17ZZ0000160/1",
        "Due:    2026-03-27 23:59 (28 calendar days)",
        "Late:   3 days",
        "cleveland-police must act.",
        "https://caseflow.example.org/alerts?message=id-1",
        "Message id-1",
    ):
        assert part in said


def test_no_subject_holds_a_case_reference() -> None:
    kinds = [message([LINE, LINE], kind) if kind is not Kind.SINGLE else message() for kind in Kind]
    assert not [one for one in kinds if CASE in subject(one)]
    assert subject(message()) == "caseflow: overdue: H15 Initial details to the defence"


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.GROUPED])
def test_a_limit_that_nobody_confirmed_is_called_a_local_target_everywhere(kind: Kind) -> None:
    one = message([line(local_target=True)], kind)
    assert "local target" in text(one)
    assert orjson.loads(body(one))["data"]["alerts"][0]["localTarget"] is True
    [row] = csv.DictReader(io.StringIO(list_as_csv(one)))
    assert row["local_target"] == "yes"


def test_a_grouped_message_counts_by_hand_off_and_names_the_oldest() -> None:
    lines = [
        line(case="C1", due="2026-03-20T12:00:00+00:00"),
        line(case="C2", severity="missing"),
        line(case="C3", rule="V01", title="Victim told"),
        line(case="C4", what="resolved", due="2026-01-01T12:00:00+00:00"),
    ]
    grouped = message(lines, Kind.GROUPED)
    said = text(grouped)
    assert subject(grouped) == "caseflow: 3 hand-offs late or missing, for cleveland-police"
    assert "    2  H15 Initial details to the defence" in said
    assert "    1  V01 Victim told" in said
    assert "Of these: 1 missing, 2 overdue." in said
    assert "Oldest: H15, case C1, due 2026-03-20 12:00" in said
    assert "1 alert resolved: nothing more is to be done there." in said
    data = orjson.loads(body(grouped, "csv"))["data"]
    assert (data["count"], data["oldestDue"], data["csv"]) == (4, "2026-03-20T12:00:00+00:00", "csv")
    assert [(one["handOff"], one["count"]) for one in data["byHandOff"]] == [("H15", 2), ("V01", 1)]


def test_a_message_about_resolved_alerts_alone_asks_for_nothing() -> None:
    resolved = message([line(what="resolved")])
    assert subject(resolved) == "caseflow: resolved: H15 Initial details to the defence"
    assert "must act" not in text(resolved)
    assert "If it was begun again, the later one has a limit, and an alert, of its own." in text(resolved)
    assert (
        subject(message([line(what="resolved"), line(what="resolved", case="C2")], Kind.GROUPED))
        == "caseflow: 2 alerts resolved"
    )


def test_an_escalated_alert_says_that_nobody_has_acknowledged_it() -> None:
    said = text(message([line(what="escalated", level=1)]))
    assert "overdue, not acknowledged" in said
    assert "Level:  1" in said


def test_a_test_says_that_it_is_one_and_tells_of_no_hand_off() -> None:
    test = message([], Kind.TEST)
    assert subject(test) == "caseflow: test of route urgent"
    assert "No hand-off is meant" in text(test)
    assert orjson.loads(body(test))["data"]["kind"] == "test"


def test_the_csv_has_one_row_per_alert_and_runs_nothing_in_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(list_as_csv(message([LINE, line(case="=1+1", due=None)])))))
    assert rows[0] == list(COLUMNS)
    assert [row[0] for row in rows[1:]] == ["17ZZ0000160/1", "'=1+1"]
    assert rows[2][COLUMNS.index("due")] == ""


def test_outside_a_reference_says_nothing_and_stays_the_same_for_a_case() -> None:
    first, second, other = pseudonymised(message([LINE, LINE, line(case="C2", alert="x")]), KEY).lines
    assert first == second
    assert first.case != other.case
    assert first.case.startswith("P-")
    for told in (body, text, list_as_csv):
        said = told(pseudonymised(message(), KEY))
        written = said.decode() if isinstance(said, bytes) else said
        assert CASE not in written
        assert LINE.alert not in written
    assert pseudonymised(message(), b"another key, also long").lines[0].case != first.case


def test_what_is_kept_of_a_message_comes_back_as_it_was() -> None:
    one = message([LINE, line(due=None, days_late=None, area=None)])
    assert restored(stored(one)) == (one.at, one.lines)


def test_a_message_is_a_cloud_event_with_its_id() -> None:
    told = orjson.loads(body(message()))
    assert (told["specversion"], told["id"], told["subject"]) == ("1.0", "id-1", "cleveland-police")
    assert told["time"] == "2026-03-30T08:00:00.000+01:00"


def test_people_read_the_longest_due_first() -> None:
    late, later = line(case="a", due="2026-03-01T00:00:00+00:00"), line(case="b", due=None)
    assert ordered([later, LINE, late]) == (late, LINE, later)
