"""H20 and H23 to H26: reports, allocation, the way to prison, referral panels."""

from tests.support.register_lines import Entry, Pair, due, gone, nothing, over
from tests.support.register_table import CROWN, YJS, Wait, said, what

NFA = what("charge.no-further-action")
SENTENCED = what("sentence.passed", disposal="fine")
ENDED = what("probation.supervision-ended")
DELIVERED = what("sentence.report-delivered")
ASKED = what("sentence.report-requested", reportType="short", dueDate="2026-04-02", youth=False)
YOUTH = what("sentence.report-requested", youth=True, persistentOffender=False)
COMMUNITY = what("sentence.passed", disposal="community", youth=False)
SUSPENDED = what("sentence.passed", disposal="suspended", youth=False)
CUSTODY = what("sentence.passed", by=CROWN, disposal="custody", youth=False)
PANEL_ORDER = what("sentence.passed", disposal="referral-order", youth=True)
ALLOCATED = what("probation.case-allocated")
SEEN = what("probation.first-appointment-attended")
PLANNED = what("probation.plan-completed")
BREACHED = what("probation.breach-identified", failureNumber=1)
REMANDED = what("court.remanded-in-custody", youth=False)
BAILED = what("court.bailed")
RECEIVED = what("release.prison-received", reason="remand")
CALCULATED = what("sentence.dates-calculated")
FREED = what("release.released", releaseType="court")

H20 = Wait("H20", "probation-north-east* > hmcts-magistrates", ASKED, DELIVERED, "on dueDate, C")
H20_ORAL = H20.like(reportType="oral")
H20_STANDARD = H20.like(reportType="standard")
H23 = Wait("H23", "hmcts-magistrates > probation-north-east*", COMMUNITY, ALLOCATED, "5 working days, E")
H24 = Wait("H24", "hmcts-magistrates* > prison", REMANDED, RECEIVED, "same day, K")
H25 = Wait("H25", "yjs* > hmcts-magistrates", YOUTH, what(DELIVERED.type, by=YJS), "15 working days, K")
H25_PERSISTENT = H25.like("10 working days, K", persistentOffender=True)
H25_UNKNOWN = H25.like(persistentOffender=None)
H26 = Wait(
    "H26", "hmcts-magistrates > yjs*", PANEL_ORDER, what("sentence.referral-panel-held"), "20 working days, K"
)

LINES: tuple[Entry, ...] = (
    # H20: the court's date is the real clock and does not roll; the service's standard stands beside it.
    due(H20, "2026-03-23 10:00", "2026-04-02", "short, clocks forward", standard="2026-03-30"),
    due(
        H20,
        "2026-03-27 10:00",
        "2026-04-06",
        "to Easter Monday all the same",
        dueDate="2026-04-06",
        standard="2026-04-07",
    ),
    due(
        H20, "2026-12-22 10:00", "2027-01-04", "short, Christmas", dueDate="2027-01-04", standard="2026-12-31"
    ),
    due(
        H20,
        "2026-10-23 10:00",
        "2026-11-07",
        "clocks back, to a Saturday",
        dueDate="2026-11-07",
        standard="2026-10-30",
    ),
    due(
        H20_ORAL,
        "2026-03-02 10:00",
        "2026-03-04",
        "oral: standard the same day",
        dueDate="2026-03-04",
        standard="2026-03-02",
    ),
    due(
        H20_STANDARD,
        "2026-05-01 10:00",
        "2026-05-15",
        "standard: two bank holidays",
        dueDate="2026-05-15",
        standard="2026-05-26",
    ),
    due(
        H20.like(reportType=None),
        "2026-03-02 10:00",
        "2026-03-16",
        "kind unknown: the longest standard",
        dueDate="2026-03-16",
        standard="2026-03-23",
        assumed="reportType",
    ),
    due(
        H20.like(youth=None),
        "2026-03-23 10:00",
        "2026-04-02",
        "age unknown: an adult's",
        standard="2026-03-30",
    ),
    due(
        H20,
        "2026-03-23 10:00",
        "2026-03-30",
        "no date told: the standard",
        dueDate=None,
        standard="2026-03-30",
        assumed="dueDate",
        limit="5 working days, C",
    ),
    due(
        H20_ORAL,
        "2026-03-02 10:00",
        "2026-03-02",
        "no date told: the same day",
        dueDate=None,
        standard="2026-03-02",
        assumed="dueDate",
        limit="same day, C",
    ),
    due(
        H20_STANDARD,
        "2026-05-01 10:00",
        "2026-05-26",
        "no date told: the standard",
        dueDate=None,
        standard="2026-05-26",
        assumed="dueDate",
        limit="15 working days, C",
    ),
    due(
        H20_ORAL,
        "2026-03-07 10:00",
        "2026-03-09",
        "oral, on a Saturday",
        dueDate="2026-03-09",
        standard="2026-03-07",
    ),
    gone(H20, "2026-03-02 10:00", "2026-03-10 10:00", "2026-03-15 10:00", SENTENCED),
    gone(H20, "2026-03-02 10:00", "2026-04-10 10:00", "2026-04-15 10:00", SENTENCED, then="met_late"),
    over(H20, "2026-03-02 10:00", "2026-04-02 23:59", "void", NFA),
    over(H20, "2026-03-02 10:00", "2026-04-03 00:00", "missing", NFA),
    nothing("H20", "a young person's is H25", said("2026-03-02 10:00", YOUTH)),
    # H23
    due(H23, "2026-03-03 10:00", "2026-03-10", "over a weekend"),
    due(H23, "2026-04-01 16:30", "2026-04-10", "over Easter"),
    due(H23, "2026-03-27 16:30", "2026-04-07", "clocks forward, Good Friday"),
    due(H23, "2026-10-23 16:30", "2026-10-30", "clocks back"),
    due(H23, "2026-04-30 16:30", "2026-05-08", "early May"),
    due(H23, "2026-12-23 16:30", "2027-01-04", "Christmas and New Year"),
    due(H23, "2026-06-30T23:30+00:00", "2026-07-08", "half past midnight is the next day"),
    due(H23.like(youth=None), "2026-03-03 10:00", "2026-03-10", "age unknown"),
    Pair(H23, SUSPENDED, ALLOCATED),
    gone(H23, "2026-03-03 10:00", "2026-03-05 10:00", "2026-03-19 10:00", SEEN, PLANNED, BREACHED),
    gone(
        H23,
        "2026-03-03 10:00",
        "2026-03-12 10:00",
        "2026-03-26 10:00",
        SEEN,
        PLANNED,
        BREACHED,
        then="met_late",
    ),
    over(H23, "2026-03-03 10:00", "2026-03-10 23:59", "void", SENTENCED, ENDED),
    over(H23, "2026-03-03 10:00", "2026-03-11 00:00", "missing", SENTENCED, ENDED),
    nothing("H23", "a fine", said("2026-03-03 10:00", SENTENCED)),
    nothing("H23", "custody", said("2026-03-03 10:00", CUSTODY)),
    nothing(
        "H23",
        "a young person",
        said("2026-03-03 10:00", what("sentence.passed", disposal="community", youth=True)),
    ),
    nothing("H23", "the disposal is unknown", said("2026-03-03 10:00", "sentence.passed")),
    # H24: the same local day, whatever day that is.
    due(H24, "2026-03-02 15:00", "2026-03-02", "a Monday"),
    due(H24, "2026-03-02 00:00", "2026-03-02", "its first moment"),
    due(H24, "2026-03-07 11:00", "2026-03-07", "a Saturday"),
    due(H24, "2026-04-06 11:00", "2026-04-06", "Easter Monday"),
    due(H24, "2026-03-29 00:30", "2026-03-29", "clocks forward"),
    due(H24, "2026-10-25 00:30", "2026-10-25", "clocks back"),
    due(H24, "2026-06-30T23:30+00:00", "2026-07-01", "half past midnight is the next day"),
    due(H24.like(youth=None), "2026-03-02 15:00", "2026-03-02", "age unknown"),
    Pair(H24, CUSTODY, what("release.prison-received", reason="sentence")),
    Pair(H24, CUSTODY, what("release.prison-received", reason="return-from-court")),
    Pair(H24, REMANDED, what("release.prison-received")),
    gone(H24, "2026-03-02 15:00", "2026-03-02 18:00", "2026-03-09 18:00", CALCULATED),
    gone(H24, "2026-03-02 15:00", "2026-03-04 10:00", "2026-03-11 10:00", CALCULATED, then="met_late"),
    over(H24, "2026-03-02 15:00", "2026-03-02 23:59", "void", BAILED, REMANDED, SENTENCED, FREED),
    over(H24, "2026-03-02 15:00", "2026-03-03 00:00", "missing", BAILED, REMANDED, SENTENCED, FREED),
    nothing("H24", "not custody", said("2026-03-02 15:00", COMMUNITY)),
    Pair(H24, what("sentence.passed", by=CROWN, disposal="custody"), RECEIVED),
    nothing(
        "H24",
        "a young person sentenced",
        said("2026-03-02 15:00", what("sentence.passed", disposal="custody", youth=True)),
    ),
    nothing(
        "H24",
        "a young person remanded",
        said("2026-03-02 15:00", what("court.remanded-in-custody", youth=True)),
    ),
    # H25
    due(H25, "2026-03-02 10:00", "2026-03-23", "over weekends"),
    due(H25, "2026-05-01 10:00", "2026-05-26", "two bank holidays"),
    due(H25, "2026-03-20 10:00", "2026-04-14", "clocks forward, Easter"),
    due(H25, "2026-10-12 10:00", "2026-11-02", "clocks back"),
    due(H25, "2026-12-14 10:00", "2027-01-07", "Christmas and New Year"),
    due(H25_PERSISTENT, "2026-03-02 10:00", "2026-03-16", "persistent"),
    due(H25_PERSISTENT, "2026-12-21 10:00", "2027-01-07", "persistent, Christmas"),
    due(H25_UNKNOWN, "2026-03-02 10:00", "2026-03-23", "unknown: the longer", assumed="persistentOffender"),
    gone(H25, "2026-03-02 10:00", "2026-03-10 10:00", "2026-03-15 10:00", SENTENCED),
    gone(H25, "2026-03-02 10:00", "2026-04-10 10:00", "2026-04-15 10:00", SENTENCED, then="met_late"),
    over(H25, "2026-03-02 10:00", "2026-03-23 23:59", "void", NFA),
    over(H25, "2026-03-02 10:00", "2026-03-24 00:00", "missing", NFA),
    nothing("H25", "an adult's is H20", said("2026-03-02 10:00", ASKED)),
    nothing("H25", "age unknown", said("2026-03-02 10:00", "sentence.report-requested")),
    # H26
    due(H26, "2026-03-02 10:00", "2026-03-30", "over weekends, clocks forward"),
    due(H26, "2026-04-01 10:00", "2026-05-01", "Easter"),
    due(H26, "2026-05-01 10:00", "2026-06-02", "two bank holidays"),
    due(H26, "2026-10-05 10:00", "2026-11-02", "clocks back"),
    due(H26, "2026-12-14 10:00", "2027-01-14", "Christmas and New Year"),
    over(H26, "2026-03-02 10:00", "2026-03-30 23:59", "void", SENTENCED),
    over(H26, "2026-03-02 10:00", "2026-03-31 00:00", "missing", SENTENCED),
    nothing("H26", "another disposal", said("2026-03-02 10:00", COMMUNITY)),
)
