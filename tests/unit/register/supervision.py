"""H30 to H36: first appointments, plans, sentence dates, handover, licences."""

from tests.support.register_lines import Entry, Pair, due, gone, nothing, over, undated
from tests.support.register_table import Wait, said, what

SENTENCED = what("sentence.passed", disposal="fine")
ENDED = what("probation.supervision-ended")
COMMUNITY = what("sentence.passed", disposal="community", youth=False)
ARRANGED = what("probation.first-appointment-arranged", inPerson=True, supervision="community")
SEEN = what("probation.first-appointment-attended")
SEEN_ON_LICENCE = what("probation.first-appointment-attended", supervision="licence")
PLANNED = what("probation.plan-completed")
BREACHED = what("probation.breach-identified", failureNumber=1)
RELEASED = what("release.released", releaseType="crd")
ON_CURFEW = what("release.released", releaseType="hdc")
AFTER_RECALL = what("release.released", releaseType="fixed-term")
FREED = what("release.released", releaseType="court")
OTHERWISE = what("release.released", releaseType="other")
RECALLED = what("probation.recall-decided")
RETURNED = what("release.returned-to-custody")
RECEIVED = what("release.prison-received", sentenced=True, reason="sentence")
CALCULATED = what("sentence.dates-calculated", licenceStartDate="2026-05-13")
HANDOVER = what("probation.handover-date-set", handoverDate="2026-03-23")
HANDED_OVER = what("probation.handover-completed")
NAMED = what("probation.com-allocated")
APPROVED = what("release.licence-approved")

H30 = Wait(
    "H30",
    "hmcts-magistrates > probation-north-east*",
    COMMUNITY,
    ARRANGED,
    "5 working days, C",
    stops_on="appointmentDate",
)
H31 = Wait("H31", "probation-north-east*", SEEN, PLANNED, "15 working days, C")
H32 = Wait("H32", "hmp-durham > probation-north-east*", RELEASED, SEEN_ON_LICENCE, "1 working day, K")
H33 = Wait("H33", "court > hmp-durham*", RECEIVED, CALCULATED, "5 working days, K")
H34 = Wait("H34", "hmp-durham > probation-north-east*", HANDOVER, HANDED_OVER, "on handoverDate, P")
H35 = Wait("H35", "probation-north-east*", HANDOVER, NAMED, "14 calendar days, P", starts_on="handoverDate")
H36 = Wait(
    "H36",
    "probation-north-east* > hmp-durham",
    CALCULATED,
    APPROVED,
    "2 working days before licenceStartDate, P",
)

RECEIVED_AGAIN = (
    said("2026-03-03 10:00", what("release.prison-received", sentenced=True, reason="return-from-court")),
)

LINES: tuple[Entry, ...] = (
    # H30: the appointment's date is judged, not the arranging.
    due(H30, "2026-03-03 10:00", "2026-03-10", "over a weekend"),
    due(H30, "2026-04-01 16:30", "2026-04-10", "over Easter"),
    due(H30, "2026-03-27 16:30", "2026-04-07", "clocks forward, Good Friday"),
    due(H30, "2026-10-23 16:30", "2026-10-30", "clocks back"),
    due(H30, "2026-12-23 16:30", "2027-01-04", "Christmas and New Year"),
    due(H30.like(youth=None), "2026-03-03 10:00", "2026-03-10", "age unknown"),
    gone(H30, "2026-03-03 10:00", "2026-03-05 10:00", "2026-03-19 10:00", SEEN, PLANNED, BREACHED),
    gone(
        H30,
        "2026-03-03 10:00",
        "2026-03-12 10:00",
        "2026-03-26 10:00",
        SEEN,
        PLANNED,
        BREACHED,
        then="met_late",
    ),
    over(H30, "2026-03-03 10:00", "2026-03-10 23:59", "void", SENTENCED, ENDED),
    over(H30, "2026-03-03 10:00", "2026-03-11 00:00", "missing", SENTENCED, ENDED),
    nothing("H30", "a fine", said("2026-03-03 10:00", SENTENCED)),
    nothing("H30", "suspended", said("2026-03-03 10:00", what("sentence.passed", disposal="suspended"))),
    nothing(
        "H30",
        "a young person",
        said("2026-03-03 10:00", what("sentence.passed", disposal="community", youth=True)),
    ),
    # H31
    due(H31, "2026-03-02 10:00", "2026-03-23", "over weekends"),
    due(H31, "2026-05-01 10:00", "2026-05-26", "two bank holidays"),
    due(H31, "2026-03-20 10:00", "2026-04-14", "clocks forward, Easter"),
    due(H31, "2026-10-12 10:00", "2026-11-02", "clocks back"),
    due(H31, "2026-12-14 10:00", "2027-01-07", "Christmas and New Year"),
    due(H31.like(supervision="licence"), "2026-03-02 10:00", "2026-03-23", "on licence"),
    over(H31, "2026-03-02 10:00", "2026-03-23 23:59", "void", RETURNED, ENDED),
    over(H31, "2026-03-02 10:00", "2026-03-24 00:00", "missing", RETURNED, ENDED),
    # H32: the day of release or the next working day.
    due(H32, "2026-04-02 09:30", "2026-04-07", "over Easter"),
    due(H32, "2026-03-06 09:30", "2026-03-09", "over a weekend"),
    due(H32, "2026-12-24 09:30", "2026-12-29", "Christmas"),
    due(H32, "2026-12-26 09:30", "2026-12-29", "from Boxing Day"),
    due(H32, "2026-03-27 09:30", "2026-03-30", "clocks forward"),
    due(H32, "2026-10-23 09:30", "2026-10-26", "clocks back"),
    due(H32, "2026-05-01 09:30", "2026-05-05", "early May"),
    Pair(H32, ON_CURFEW, SEEN_ON_LICENCE),
    Pair(H32, AFTER_RECALL, SEEN),
    gone(
        H32,
        "2026-03-02 09:30",
        "2026-03-03 10:00",
        "2026-03-10 10:00",
        what(PLANNED.type, supervision="licence"),
    ),
    gone(
        H32,
        "2026-03-02 09:30",
        "2026-03-05 10:00",
        "2026-03-12 10:00",
        what(PLANNED.type, supervision="licence"),
        then="met_late",
    ),
    over(H32, "2026-03-02 09:30", "2026-03-03 23:59", "void", RECALLED, RETURNED, ENDED),
    over(H32, "2026-03-02 09:30", "2026-03-04 00:00", "missing", RECALLED, RETURNED, ENDED),
    nothing("H32", "freed by a court", said("2026-03-02 09:30", FREED)),
    nothing("H32", "released otherwise", said("2026-03-02 09:30", OTHERWISE)),
    # H33
    due(H33, "2026-03-02 18:00", "2026-03-09", "over a weekend"),
    due(H33, "2026-03-07 18:00", "2026-03-13", "received on a Saturday"),
    due(H33, "2026-04-01 18:00", "2026-04-10", "over Easter"),
    due(H33, "2026-03-27 18:00", "2026-04-07", "clocks forward, Good Friday"),
    due(H33, "2026-10-23 18:00", "2026-10-30", "clocks back"),
    due(H33, "2026-12-23 18:00", "2027-01-04", "Christmas and New Year"),
    due(H33.like(reason="return-from-court"), "2026-03-02 18:00", "2026-03-09", "sentenced while on remand"),
    due(H33, "2026-03-02 18:00", "2026-03-09", "received again: one wait", events=RECEIVED_AGAIN),
    gone(H33, "2026-03-02 18:00", "2026-03-04 10:00", "2026-03-11 10:00", RELEASED, ON_CURFEW),
    gone(
        H33, "2026-03-02 18:00", "2026-03-12 10:00", "2026-03-19 10:00", RELEASED, ON_CURFEW, then="met_late"
    ),
    over(H33, "2026-03-02 18:00", "2026-03-09 23:59", "void", FREED, OTHERWISE),
    over(H33, "2026-03-02 18:00", "2026-03-10 00:00", "missing", FREED, OTHERWISE),
    nothing(
        "H33",
        "on remand",
        said("2026-03-02 18:00", what("release.prison-received", sentenced=False, reason="remand")),
    ),
    nothing(
        "H33",
        "not sentenced",
        said(
            "2026-03-02 18:00", what("release.prison-received", sentenced=False, reason="return-from-court")
        ),
    ),
    nothing(
        "H33",
        "whether sentenced is unknown",
        said("2026-03-02 18:00", what("release.prison-received", reason="return-from-court")),
    ),
    nothing(
        "H33",
        "a transfer",
        said("2026-03-02 18:00", what("release.prison-received", sentenced=True, reason="transfer")),
    ),
    nothing(
        "H33", "calculated already", said("2026-03-01 18:00", CALCULATED), said("2026-03-02 18:00", RECEIVED)
    ),
    # H34: the date as the service set it.
    due(H34, "2026-03-02 10:00", "2026-03-23", "a Monday"),
    due(H34, "2026-03-02 10:00", "2026-04-03", "Good Friday all the same", handoverDate="2026-04-03"),
    due(H34, "2026-03-02 10:00", "2026-03-29", "clocks forward, a Sunday", handoverDate="2026-03-29"),
    due(H34, "2026-10-05 10:00", "2026-10-26", "clocks back", handoverDate="2026-10-26"),
    undated(H34, "2026-03-02 10:00", "no date told", handoverDate=None, assumed="handoverDate"),
    over(H34, "2026-03-02 10:00", "2026-03-23 23:59", "void", RELEASED, ENDED),
    over(H34, "2026-03-02 10:00", "2026-03-24 00:00", "missing", RELEASED, ENDED),
    nothing(
        "H34",
        "handed over already",
        said("2026-03-01 10:00", HANDED_OVER),
        said("2026-03-02 10:00", HANDOVER),
    ),
    # H35: two weeks after the handover date, rolled forward.
    due(H35, "2026-03-02 10:00", "2026-04-07", "Easter Monday: to Tuesday, clocks forward"),
    due(H35, "2026-03-02 10:00", "2026-03-25", "over weekends", handoverDate="2026-03-11"),
    due(
        H35, "2026-09-01 10:00", "2026-11-02", "a Saturday: to Monday, clocks back", handoverDate="2026-10-17"
    ),
    due(H35, "2026-12-01 10:00", "2026-12-29", "Christmas Day: to Tuesday", handoverDate="2026-12-11"),
    due(
        H35,
        "2026-03-02 10:00",
        "2026-03-16",
        "no date told: from its setting",
        handoverDate=None,
        assumed="handoverDate",
    ),
    over(H35, "2026-03-02 10:00", "2026-04-07 23:59", "void", RELEASED, ENDED),
    over(H35, "2026-03-02 10:00", "2026-04-08 00:00", "missing", RELEASED, ENDED),
    nothing("H35", "named already", said("2026-03-01 10:00", NAMED), said("2026-03-02 10:00", HANDOVER)),
    # H36: a licence that starts on a day not worked counts from the last working day before it.
    due(H36, "2026-03-02 10:00", "2026-05-11", "over Easter and May"),
    due(H36, "2026-12-01 10:00", "2026-12-29", "a Saturday after New Year", licenceStartDate="2027-01-02"),
    due(H36, "2026-12-01 10:00", "2026-12-23", "after Christmas", licenceStartDate="2026-12-29"),
    due(H36, "2026-03-02 10:00", "2026-03-31", "Easter Monday", licenceStartDate="2026-04-06"),
    due(H36, "2026-03-02 10:00", "2026-03-26", "clocks forward", licenceStartDate="2026-03-30"),
    due(H36, "2026-10-01 10:00", "2026-10-27", "clocks back", licenceStartDate="2026-10-29"),
    undated(H36, "2026-03-02 10:00", "no date told", licenceStartDate=None, assumed="licenceStartDate"),
    over(H36, "2026-03-02 10:00", "2026-05-11 23:59", "void", RELEASED),
    over(H36, "2026-03-02 10:00", "2026-05-12 00:00", "missing", RELEASED),
    nothing(
        "H36", "approved already", said("2026-03-01 10:00", APPROVED), said("2026-03-02 10:00", CALCULATED)
    ),
)
