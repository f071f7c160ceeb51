"""What the register says comes next after an event, and when the ends of a step were told."""

from models.changes import difference
from models.foreseen import NOTHING, Foreseen, foreseen
from models.reading import NOTHING_READ
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
FILE = recorded("charge.referred-to-cps", "2026-03-20T09:00:00", published_us=at("2026-03-20T10:00:00"))
ACCEPTED = recorded(
    "charge.file-accepted",
    "2026-03-23T09:00:00",
    source="cps-north-east",
    owner="cps-north-east",
    published_us=at("2026-03-25T10:00:00"),
)
DECIDED = recorded(
    "charge.decision-made", "2026-03-27T09:00:00", source="cps-north-east", owner="cps-north-east"
)


def after(*told):
    return foreseen(reading(told, RULES).placed[-1].entry, RULES)


def test_one_stop_of_one_agency_is_foreseen_by_whoever_tells_of_it():
    assert after(ACCEPTED) == Foreseen("charge.decision-made", "cps-north-east")
    resulted = recorded("release.revocation-notified", "2026-03-20T09:00:00", owner="ppcs", area="cleveland")
    assert after(resulted) == Foreseen("release.returned-to-custody", "cleveland-police")


def test_of_two_possible_stops_neither_is_foreseen():
    assert after(FILE) == NOTHING


def test_where_several_agencies_have_the_role_nothing_is_foreseen():
    sentenced = recorded(
        "sentence.passed",
        "2026-03-20T09:00:00",
        owner="hmcts-crown",
        data={"disposal": "custody", "youth": False},
    )
    assert after(sentenced) == NOTHING, "which prison receives, only its event can say"


def test_what_opens_no_wait_extends_one_or_ends_the_case_foresees_nothing():
    assert after(DECIDED) == NOTHING
    released = recorded("charge.released-without-charge", "2026-03-20T09:00:00")
    assert RULES.ends(released.type)
    assert after(released) == NOTHING
    longer = recorded(
        "charge.file-accepted", "2026-03-24T09:00:00", extends=ACCEPTED.id, source="cps-north-east"
    )
    assert after(ACCEPTED, longer) == NOTHING


def test_a_step_says_what_was_foreseen_whatever_came_and_its_tail_what_is():
    interviewed = recorded("charge.arrested", "2026-03-24T09:00:00", owner="durham-police")
    found = reading([FILE, ACCEPTED, interviewed], RULES)
    step = found.steps[1]
    assert (step.to_type, step.to_org) == ("charge.arrested", "durham-police")
    assert (step.foreseen_type, step.foreseen_org) == ("charge.decision-made", "cps-north-east")
    open_ended = reading([FILE, ACCEPTED], RULES).summary
    assert open_ended is not None
    assert (open_ended.last_org, open_ended.foreseen_type) == ("cps-north-east", "charge.decision-made")
    assert (open_ended.last_known_us, open_ended.foreseen_org) == (ACCEPTED.published_us, "cps-north-east")


def test_both_ends_of_a_step_were_known_when_their_events_were_published_or_amended_last():
    [step] = reading([FILE, ACCEPTED], RULES).steps
    assert (step.started_known_us, step.ended_known_us) == (FILE.published_us, ACCEPTED.published_us)
    again = recorded(
        ACCEPTED.type,
        ACCEPTED.time_us,
        id="again",
        amends=ACCEPTED.id,
        source=ACCEPTED.source,
        owner=ACCEPTED.owner,
        published_us=at("2026-04-01T10:00:00"),
    )
    before, now = reading([FILE, ACCEPTED], RULES), reading([FILE, ACCEPTED, again], RULES)
    assert now.steps[0].ended_known_us == again.published_us
    change = difference("case", 1, before, now)
    assert change is not None
    assert [row.ended_known_us for row in change.steps_added] == [again.published_us]
    assert change.steps_removed == ()
    assert difference("case", 1, NOTHING_READ, now) is not None


def test_nobody_knows_when_history_without_a_recorded_time_was_published():
    [step] = reading([recorded(FILE.type, FILE.time_us), DECIDED], RULES).steps
    assert (step.started_known_us, step.ended_known_us) == (None, None)
