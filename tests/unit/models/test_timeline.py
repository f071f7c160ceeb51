"""The order of a case's events, what amendments and withdrawals leave, and the steps between."""

from models.instants import DAY_US
from models.rules import Rules
from models.timeline import StepKind
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
ARRESTED = recorded("charge.arrested", "2026-03-20T09:00:00")
CHARGED = recorded("charge.charged", "2026-03-21T09:00:00")
HEARD = recorded("court.first-hearing-held", "2026-03-22T09:00:00", owner="hmcts-magistrates")


def types(*events):
    return [placed.entry.type for placed in reading(events, RULES).placed]


def test_events_stand_in_the_order_of_their_times_not_of_their_arrival():
    assert types(HEARD, ARRESTED, CHARGED) == [
        "charge.arrested",
        "charge.charged",
        "court.first-hearing-held",
    ]


def test_at_the_same_time_the_profile_says_which_type_comes_first():
    same = [recorded(name, "2026-03-20T09:00:00") for name in ("charge.charged", "charge.arrested")]
    assert types(*same) == ["charge.arrested", "charge.charged"]


def test_equal_types_at_the_same_time_go_by_sequence_then_by_id():
    told = [
        recorded("charge.charged", "2026-03-20T09:00:00", id=name, sequence=number)
        for name, number in (("c", 1), ("b", 2), ("a", 2))
    ]
    assert [placed.entry.id for placed in reading(told, RULES).placed] == ["c", "a", "b"]


def test_one_event_known_to_the_day_cuts_the_whole_case_to_local_dates():
    late_evening = recorded("charge.arrested", "2026-06-30T23:30:00")  # 1 July in London
    by_day = recorded("charge.charged", "2026-07-02T00:00:00+01:00", precision="day")
    [step] = reading([late_evening, by_day], RULES).steps
    assert step.wait_us == DAY_US


def test_minutes_do_not_cut():
    a = recorded("charge.arrested", "2026-03-20T09:30:00", precision="minute")
    assert reading([a, CHARGED], RULES).steps[0].wait_us == (23 * 60 + 30) * 60_000_000


def test_a_day_is_86400_seconds_also_when_the_clocks_change():
    days = [recorded("charge.charged", f"2026-03-{day}T00:00:00", precision="day") for day in ("28", "29")]
    later = recorded("charge.charged", "2026-03-30T00:00:00+01:00", precision="day")
    assert [step.wait_us for step in reading([*days, later], RULES).steps] == [DAY_US, DAY_US]


def test_an_amendment_replaces_the_content_and_keeps_the_identity():
    amendment = recorded("charge.charged", "2026-03-20T07:00:00", id="fix", amends=CHARGED.id)
    placed = reading([ARRESTED, CHARGED, amendment], RULES).placed
    assert [p.entry.id for p in placed] == [CHARGED.id, ARRESTED.id]
    assert placed[0].at_us == at("2026-03-20T07:00:00")


def test_of_several_amendments_the_one_recorded_last_wins():
    early, late = (
        recorded("charge.charged", f"2026-03-{day}T07:00:00", id=day, amends=CHARGED.id, recorded_us=int(day))
        for day in ("18", "19")
    )
    assert reading([late, CHARGED, early], RULES).placed[0].at_us == at("2026-03-19T07:00:00")


def test_a_withdrawal_is_final_whatever_is_amended_later():
    gone = recorded("charge.event-withdrawn", "2026-03-21T10:00:00", withdraws=CHARGED.id)
    again = recorded("charge.charged", "2026-03-25T07:00:00", amends=CHARGED.id, recorded_us=at("2026-04-01"))
    assert types(ARRESTED, CHARGED, gone, again) == ["charge.arrested"]


def test_an_amendment_waits_for_its_root():
    amendment = recorded("charge.charged", "2026-03-20T07:00:00", amends="not here yet")
    assert reading([ARRESTED, amendment], RULES).summary.waiting == 1


def test_nobody_amends_another_agencys_event():
    foreign = recorded("charge.charged", "2026-03-20T07:00:00", source="durham-police", amends=CHARGED.id)
    assert reading([CHARGED, foreign], RULES).summary.waiting == 1


def test_a_case_whose_only_event_was_withdrawn_says_nothing():
    gone = recorded("charge.event-withdrawn", "2026-03-21T10:00:00", withdraws=CHARGED.id)
    assert reading([CHARGED, gone], RULES).summary is None


def test_a_step_is_inside_one_organisation_between_two_or_unknown():
    unknown = recorded("court.hearing-resulted", "2026-03-23T09:00:00", owner=None)
    steps = reading([ARRESTED, CHARGED, HEARD, unknown], RULES).steps
    assert [step.kind for step in steps] == [StepKind.INSIDE, StepKind.DISCOVERED, StepKind.UNKNOWN]


def test_an_unknown_organisation_never_joins_its_neighbours():
    between = recorded("court.hearing-listed", "2026-03-21T12:00:00", owner=None)
    kinds = [step.kind for step in reading([CHARGED, between, HEARD], RULES).steps]
    assert kinds == [StepKind.UNKNOWN, StepKind.UNKNOWN]


def test_the_tail_lies_with_the_last_organisation():
    summary = reading([CHARGED, HEARD], RULES).summary
    assert (summary.tail_from, summary.tail_to) == ("hmcts-magistrates", "hmcts-magistrates")


def test_a_case_that_has_ended_has_no_tail():
    ended = recorded("charge.no-further-action", "2026-03-25T09:00:00")
    summary = reading([ARRESTED, ended], RULES).summary
    assert (summary.tail_from, summary.tail_to) == (None, None)


def test_a_step_keeps_its_identity_when_events_around_it_change():
    alone = {s.id("c") for s in reading([ARRESTED, CHARGED], RULES).steps}
    assert alone <= {s.id("c") for s in reading([ARRESTED, CHARGED, HEARD], RULES).steps}
