"""The truth about small cases that are told by hand: each kind of limit, and what counts as known."""

from datetime import UTC, datetime

from publishers.synthetic.chance import Chance
from publishers.synthetic.local_time import seconds
from publishers.synthetic.recording import Record, Version
from publishers.synthetic.story import Note, Story, Turn, Victim
from publishers.synthetic.truth.labels import labels
from publishers.synthetic.truth.limits import LIMITS
from publishers.synthetic.world import World
from tests.support.profiles import shipped


class Told:
    """A case told by hand: events at local times written as UTC, each recorded at once."""

    def __init__(self):
        world = World(shipped("cleveland-and-durham"), 1, 1)
        self.story = Story("17ZZ0000160/1", "cleveland", world, Chance("by hand"))
        self.records = []

    def say(self, name, at, *, recorded=None, role="police", **data):
        happened = seconds(datetime.fromisoformat(at).replace(tzinfo=UTC))
        said = self.story.say(name, role, happened, **data)
        known = (
            happened if recorded is None else seconds(datetime.fromisoformat(recorded).replace(tzinfo=UTC))
        )
        said.order = len(self.records)
        self.records.append(Record(said, Version(said.id, said.at, "second", said.data, known)))
        return said

    def note(self, rule, start, stop=None, victim=None, planted=()):
        stops = () if stop is None else (stop,)
        self.story.notes.append(Note(rule, start, stops, Turn(0, 0.0, planted), victim))

    def labels(self, until, grace_hours=1):
        graces = dict.fromkeys(LIMITS, grace_hours * 3600)
        end = seconds(datetime.fromisoformat(until).replace(tzinfo=UTC))
        return list(labels(self.story, self.records, end, graces))

    def label(self, until, grace_hours=1):
        return next(iter(self.labels(until, grace_hours)), None)


def decided(at="2026-03-30T10:00", **more):
    told = Told()
    accepted = told.say("charge.file-accepted", "2026-03-01T10:00", role="cps", suspectStatus="bail")
    told.note("H04", accepted, told.say("charge.decision-made", at, role="cps", **more))
    return told


def test_a_decision_on_the_28th_day_is_in_time():
    assert decided("2026-03-29T22:59").label("2026-04-30T12:00").state == "met"


def test_a_decision_on_the_29th_day_is_late():
    label = decided("2026-03-29T23:01").label("2026-04-30T12:00")
    assert (label.state, label.late, label.why) == ("met_late", True, "ordinary tail")
    assert label.due == "2026-03-29T22:59:59.999999Z"


def test_what_is_recorded_later_is_not_known():
    told = decided("2026-03-20T10:00", recorded="2026-04-03T10:00")
    assert told.label("2026-04-02T12:00").state == "overdue"
    assert told.label("2026-04-02T12:00").why == "done, but not known"
    assert told.label("2026-04-03T10:00").state == "met"


def test_nobody_is_late_before_the_grace_has_passed():
    told = decided("2026-05-01T10:00")
    assert told.label("2026-03-29T23:00").state == "open"
    assert told.label("2026-03-29T23:59:59").state == "open"
    assert told.label("2026-03-30T00:00:00").state == "overdue"


def test_a_correction_counts_from_when_it_is_recorded():
    told = decided("2026-04-01T10:00")
    wrong = told.records[1]
    early = wrong.first._replace(at=wrong.first.at - 5 * 86_400)
    right = wrong.first._replace(id="corrected", recorded=wrong.first.recorded + 86_400)
    told.records[1] = Record(wrong.said, early, right)
    assert told.label("2026-04-01T12:00").state == "met"
    assert told.label("2026-04-02T12:00").state == "met_late"


def test_an_end_that_was_taken_back_is_no_end():
    told = decided("2026-03-10T10:00")
    told.records[1].withdrawn = told.records[1].first.recorded + 86_400
    assert told.label("2026-03-10T12:00").state == "met"
    assert told.label("2026-03-12T12:00").state == "open"


def test_a_start_that_was_taken_back_is_void():
    told = decided("2026-05-10T10:00")
    told.records[0].withdrawn = told.records[0].first.recorded + 86_400
    assert told.label("2026-04-20T12:00").why == "said in error"


def test_a_planted_wait_says_what_was_planted():
    told = decided("2026-05-01T10:00")
    note = told.story.notes[0]
    note.turn = Turn(0, 0.0, ("slow-pair",))
    assert told.label("2026-06-01T12:00").why == "slow-pair"


def extended(extension, at):
    told = Told()
    begun = told.say("charge.detention-authorised", "2026-10-24T19:00", extension="none")
    longer = told.say("charge.detention-authorised", "2026-10-25T12:00", extension=extension)
    longer.extends = begun.id
    told.note("H01", begun, told.say("charge.charged", at))
    return told.label("2026-11-01T12:00")


def test_hours_are_counted_through_a_change_of_the_clocks():
    told = Told()
    begun = told.say("charge.detention-authorised", "2026-10-24T19:00", extension="none")
    told.note("H01", begun, told.say("charge.charged", "2026-10-25T19:00"))
    assert told.label("2026-11-01T12:00").due == "2026-10-25T19:00:00Z"
    assert told.label("2026-11-01T12:00").state == "met"


def test_an_extension_gives_more_time_and_keeps_the_start():
    assert extended("superintendent", "2026-10-26T06:59").state == "met"
    assert extended("superintendent", "2026-10-26T07:01").state == "met_late"
    assert extended("magistrates", "2026-10-28T18:59").state == "met"


def in_custody(days, *events):
    told = Told()
    sent = told.say(
        "court.sent-for-trial",
        "2026-06-15T11:00",
        role="mags",
        remandStatus="custody",
        daysInMagistratesCustody=days,
    )
    for name, at, data in events:
        said = told.say(name, at, role="crown", **data)
    told.note("H12", sent, said if said.name == "court.trial-started" else None)
    return told.label("2027-03-01T12:00")


def test_days_in_magistrates_custody_are_taken_off_the_limit():
    started = ("court.trial-started", "2026-11-30T10:00", {})
    assert in_custody(14, started).due == "2026-11-30T23:59:59.999999Z"
    assert in_custody(14, started).state == "met"
    assert in_custody(15, started).due == "2026-11-27T23:59:59.999999Z"
    assert in_custody(15, started).state == "met_late"


def test_an_extension_that_came_in_time_moves_the_limit_and_a_late_one_does_not():
    granted = {"granted": True, "newExpiry": "2026-12-31"}
    started = ("court.trial-started", "2026-12-15T10:00", {})
    in_time = ("court.ctl-extension-heard", "2026-11-20T10:00", granted)
    lapsed = ("court.ctl-extension-heard", "2026-12-01T10:00", granted)
    assert in_custody(14, in_time, started).state == "met"
    assert in_custody(14, lapsed, started).state == "met_late"


def test_bail_ends_the_wait_and_lateness_makes_it_missing():
    assert in_custody(14, ("court.bailed", "2026-11-20T10:00", {})).state == "void"
    assert in_custody(14, ("court.bailed", "2026-12-02T10:00", {})).state == "missing"


def test_a_victim_is_told_within_a_day_or_five_by_their_rights():
    for enhanced, state in ((True, "met_late"), (False, "met")):
        told = Told()
        arrested = told.say("charge.arrested", "2026-12-23T10:00")
        registered = told.say("victim.registered", "2026-12-24T10:00", victimRef="v", enhanced=enhanced)
        answer = told.say("victim.told", "2026-12-30T10:00", victimRef="v", topic="suspect")
        told.note("V01", arrested, answer, Victim(0, "v", enhanced, registered))
        label = told.label("2027-02-01T12:00")
        assert (label.state, label.about) == (state, "v")


def test_a_victim_who_is_not_known_yet_waits_for_nothing():
    told = Told()
    arrested = told.say("charge.arrested", "2026-03-02T10:00")
    registered = told.say(
        "victim.registered", "2026-03-03T10:00", recorded="2026-03-20T10:00", victimRef="v", enhanced=True
    )
    told.note("V01", arrested, None, Victim(0, "v", True, registered))
    assert told.label("2026-03-19T12:00") is None
    assert told.label("2026-03-21T12:00").state == "overdue"


def test_dates_calculated_again_take_the_place_of_the_first():
    told = Told()
    first = told.say("sentence.dates-calculated", "2026-03-02T10:00", conditionalReleaseDate="2026-03-20")
    again = told.say("sentence.dates-calculated", "2026-03-10T10:00", conditionalReleaseDate="2026-03-28")
    released = told.say("release.released", "2026-03-27T09:00", releaseType="crd")
    told.note("H37", first, released)
    told.note("H37", again, released)
    before, label = told.labels("2026-05-01T12:00")
    assert (before.start_event, before.state, before.why) == (first.id, "void", "begun again")
    assert (label.start_event, label.state) == (again.id, "met")
    assert label.due == "2026-03-27T23:59:59.999999Z"


def test_dates_that_had_passed_are_not_late_when_they_are_calculated_again():
    told = Told()
    first = told.say("sentence.dates-calculated", "2026-03-02T10:00", conditionalReleaseDate="2026-03-09")
    again = told.say("sentence.dates-calculated", "2026-03-20T10:00", conditionalReleaseDate="2026-03-28")
    told.note("H37", first)
    told.note("H37", again)
    assert told.label("2026-03-19T12:00").state == "overdue"
    before, label = told.labels("2026-03-21T12:00")
    assert (before.state, before.late, before.stop_event) == ("void", False, None)
    assert (label.start_event, label.state) == (again.id, "open")


def test_what_had_ended_before_it_began_again_stays_what_it_was():
    told = Told()
    first = told.say("release.returned-to-custody", "2026-04-02T10:00", recallType="fixed-term")
    told.say("probation.supervision-ended", "2026-04-05T10:00")
    again = told.say("release.returned-to-custody", "2026-04-20T10:00", recallType="fixed-term")
    told.note("H43", first)
    told.note("H43", again)
    before, label = told.labels("2026-04-21T12:00")
    assert (before.state, before.why) == ("void", "no longer awaited")
    assert (label.start_event, label.state) == (again.id, "open")


def test_a_report_missed_at_sentence_is_missing_and_not_late():
    told = Told()
    asked = told.say("sentence.report-requested", "2026-03-02T10:00", dueDate="2026-03-20", youth=False)
    told.say("sentence.passed", "2026-03-25T10:00")
    told.note("H20", asked)
    assert told.label("2026-03-29T12:00").state == "overdue"
    assert told.label("2026-03-30T10:00").state == "missing"
    assert not told.label("2026-03-30T10:00").late
