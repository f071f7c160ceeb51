"""How a stop answers: dates that are told, words told again or amended, times known to the day only."""

from dataclasses import replace

import pytest

from models.hand_offs import State
from models.instants import DAY_US
from tests.support.register_lines import due
from tests.support.register_table import YJS, Wait, judged, last_moment, local, said, what
from tests.unit.register import arrest_to_charge as charge
from tests.unit.register import court_papers as court
from tests.unit.register import custody_time_limits as custody
from tests.unit.register import first_hearing as first
from tests.unit.register import release_and_recall as recall
from tests.unit.register import sentence, supervision

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-04 10:00"


def name(told):
    return getattr(told, "row", None) or str(told)


def test_a_report_in_time_for_the_court_may_still_miss_the_standard():
    line = due(sentence.H20, MONDAY, "2026-04-02", "")
    found = line.ended(local("2026-03-20 10:00"))
    assert found.state == State.MET
    assert found.standard_due_us == last_moment("2026-03-09") < found.stopped_us


def test_a_report_used_again_is_a_report():
    line = due(sentence.H25, MONDAY, "2026-03-23", "")
    again = said(TUESDAY, what("sentence.report-delivered", by=YJS, reused=True))
    assert line.hand_off(again).state == State.MET


def test_a_record_is_counted_from_the_day_the_police_had_the_result():
    finalised = said("2026-03-09 10:00", court.FINALISED)
    [found] = judged("H22", (court.H22.begin(MONDAY), finalised))
    assert (found.state, found.wait_us) == (State.MET, 5 * DAY_US)


def test_an_appointment_is_judged_by_its_date_and_not_by_its_arranging():
    line = due(supervision.H30, MONDAY, "2026-03-09", "")
    arranged = what(supervision.ARRANGED.type, appointmentDate="2026-03-09")
    found = line.hand_off(said("2026-03-20 10:00", arranged))
    assert (found.state, found.wait_us) == (State.MET, 7 * DAY_US)


TOLD_AGAIN: tuple[tuple[Wait, dict, str | None], ...] = (
    (first.H07, {"sittingDay": "2026-03-20"}, "2026-03-19"),
    (supervision.H34, {"handoverDate": "2026-04-20"}, "2026-04-20"),
    (supervision.H35, {"handoverDate": "2026-04-20"}, "2026-05-05"),
    (supervision.H36, {"licenceStartDate": "2026-06-12"}, "2026-06-10"),
    (recall.H37, {"conditionalReleaseDate": "2026-06-12"}, "2026-06-12"),
    (recall.H38, {"conditionalReleaseDate": "2026-06-12"}, "2026-05-29"),
    (recall.H39, {"conditionalReleaseDate": "2026-06-12"}, "2026-06-12"),
    (recall.H43, {}, "2026-03-18"),
    (court.H22, {}, None),
)


@pytest.mark.parametrize(("wait", "told", "last"), TOLD_AGAIN, ids=name)
def test_told_again_before_it_is_done_the_latest_word_counts(wait, told, last):
    again = what(wait.start.type, by=wait.start.by, **{**wait.start.data, **told})
    before, found = judged(wait.row, (wait.begin(MONDAY), said(WEDNESDAY, again, id="again")))
    assert (before.state, before.ended_us) == (State.VOID, max(local(WEDNESDAY), before.started_us))
    assert (found.start_event, found.due_us) == ("again", last_moment(last) if last else None)


def test_an_amended_date_moves_the_due_day():
    line = due(sentence.H20, MONDAY, "2026-04-02", "")
    told = what(line.begin.type, **{**line.begin.data, "dueDate": "2026-04-20"})
    found = line.hand_off(said(MONDAY, told, amends="start", id="amendment"))
    assert found.due_us == last_moment("2026-04-20")


def test_a_hearing_listed_after_the_indictment_was_served_does_not_move_its_due_day():
    served, moved = said("2026-03-20 10:00", court.INDICTMENT), court.listed("2026-03-21 10:00", "2026-05-26")
    [found] = judged("H16", (court.H16.begin(MONDAY), *court.FOR_28_DAYS, served, moved))
    assert (found.state, found.due_us) == (State.MET, last_moment("2026-03-23"))


def test_the_extension_of_a_lapsed_custody_time_limit_changes_nothing():
    late = custody.extended("2026-04-03 00:00", "2026-05-02")
    line = due(custody.H10, "2026-02-09 15:00", "2026-04-02", "", events=late)
    assert line.hand_off().due_us == line.due_us


def test_each_attempt_at_a_file_is_a_wait_of_its_own():
    again = said("2026-03-10 10:00", what("charge.referred-to-cps", attempt=2))
    rejected = said("2026-03-05 10:00", what("charge.file-rejected", attempt=1))
    accepted = said("2026-03-12 10:00", what("charge.file-accepted", attempt=2))
    found = judged("H03", (charge.H03.begin(MONDAY), rejected, again, accepted))
    assert [(h.state, h.wait_us) for h in found] == [("met", 3 * DAY_US), ("met", 2 * DAY_US)]


@pytest.mark.parametrize("which", ["start", "stop"])
@pytest.mark.parametrize(
    "wait", [charge.H01, charge.H04_CUSTODY, recall.H40, recall.H41, recall.H41_EMERGENCY], ids=name
)
def test_hours_are_not_judged_between_times_known_to_the_day(wait, which):
    events = {"start": wait.begin(MONDAY), "stop": wait.end("2026-03-09 10:00")}
    events[which] = replace(events[which], precision="day")
    [found] = judged(wait.row, events.values())
    assert (found.state, found.due_us, found.assumed) == (State.MET, None, "time of day")


@pytest.mark.parametrize(("day", "state"), [("2026-03-10", State.MET), ("2026-03-11", State.MET_LATE)])
def test_days_are_judged_between_times_known_to_the_day(day, state):
    line = due(sentence.H23, TUESDAY, "2026-03-10", "")
    assert line.hand_off(replace(line.wait.end(f"{day} 00:00"), precision="day")).state == state
