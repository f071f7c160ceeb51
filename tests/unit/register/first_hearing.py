"""H05 to H09: the first hearing, and the national record."""

from tests.support.register_lines import NUMBERED, Entry, Pair, due, gone, never, nothing, over, undated
from tests.support.register_table import MAGS, Wait, said, what

NFA = what("charge.no-further-action")
COMPLETED = what("court.case-completed")
SENTENCED = what("sentence.passed")
SENT, TRIED = what("court.sent-for-trial"), what("court.trial-started")
SUMMARY = what("court.summary-trial-decided")
HEARING = what("court.first-hearing-held")
ON_BAIL = what("charge.charged", remandStatus="bail", anticipatedPlea="gap")
HELD = what("charge.charged", remandStatus="custody")
LISTED = what("court.hearing-listed", by=MAGS, hearingType="first", sittingDay="2026-03-17")
SERVED = what("court.idpc-served")
ARRESTED = what("charge.arrested", onWarrant=False)
SUMMONS = what("charge.summons-issued")
ENTERED = what("charge.national-record-entered")
SHARES = "90 % within 24 hours, 100 % within 3 calendar days, D"

H05 = Wait("H05", "cleveland-police > hmcts-magistrates*", ON_BAIL, HEARING, "14 calendar days, K")
H05_NOT_GUILTY = H05.like("28 calendar days, K", anticipatedPlea="ngap")
H05_UNKNOWN = H05.like("28 calendar days, K", anticipatedPlea=None)
H06 = Wait("H06", "cleveland-police* > hmcts-magistrates", HELD, HEARING, "1 working day, C")
H07 = Wait("H07", "cps-north-east* > hmcts-magistrates", LISTED, SERVED, "before sittingDay begins, D")
H07_2020 = H07.like("before sittingDay begins, C")
H08 = Wait("H08", "cleveland-police* > pnc", ARRESTED, ENTERED, SHARES)
H09 = Wait(
    "H09", "cleveland-police > hmcts-magistrates*", what("charge.requisition-issued"), HEARING, "local, K"
)
AGAIN = (said("2026-03-03 12:00", ON_BAIL),)
HELD_AGAIN = (said("2026-03-02 11:00", HELD),)
HEARD = said("2026-02-16 10:00", HEARING)

LINES: tuple[Entry, ...] = (
    # H05: like most service limits it rolls forward.
    due(H05, "2026-02-27 10:00", "2026-03-13", "guilty plea expected"),
    due(H05, "2026-03-20 10:00", "2026-04-07", "ends on Good Friday: after Easter"),
    due(H05, "2026-10-17 10:00", "2026-11-02", "ends on a Saturday, clocks back"),
    due(H05_NOT_GUILTY, "2026-03-03 10:00", "2026-03-31", "not guilty plea expected"),
    due(H05_NOT_GUILTY, "2026-11-27 10:00", "2026-12-29", "ends at Christmas"),
    due(H05_NOT_GUILTY, "2027-11-27 10:00", "2027-12-29", "Christmas at the weekend"),
    due(H05_UNKNOWN, "2026-03-03 10:00", "2026-03-31", "plea unknown: the longer", assumed="anticipatedPlea"),
    due(H05, "2026-03-03 10:00", "2026-03-17", "a further charge opens no second wait", events=AGAIN),
    gone(H05, "2026-03-03 10:00", "2026-03-10 10:00", "2026-03-17 10:00", SENT, SUMMARY, TRIED, SENTENCED),
    over(H05, "2026-03-03 10:00", "2026-03-17 23:59", "void", NFA, COMPLETED),
    over(H05, "2026-03-03 10:00", "2026-03-18 00:00", "missing", NFA, COMPLETED),
    nothing("H05", "in custody it is H06", said("2026-03-03 10:00", HELD)),
    nothing("H05", "heard before: a further charge", HEARD, said("2026-03-03 10:00", ON_BAIL)),
    nothing("H05", "bail or custody is unknown", said("2026-03-03 10:00", "charge.charged")),
    # H06: the next sitting. Courts sit on Saturdays and bank holidays, not on Sundays, Good Friday, Christmas Day.
    due(H06, "2026-03-02 23:50", "2026-03-03", "the next day"),
    due(H06, "2026-03-06 10:00", "2026-03-07", "Friday to Saturday"),
    due(H06, "2026-03-07 10:00", "2026-03-09", "Saturday to Monday"),
    due(H06, "2026-03-28 10:00", "2026-03-30", "clocks forward"),
    due(H06, "2026-10-24 10:00", "2026-10-26", "clocks back"),
    due(H06, "2026-04-02 10:00", "2026-04-04", "over Good Friday to Saturday"),
    due(H06, "2026-04-04 10:00", "2026-04-06", "to Easter Monday"),
    due(H06, "2026-12-24 10:00", "2026-12-26", "over Christmas Day to Boxing Day"),
    due(H06, "2027-12-24 10:00", "2027-12-27", "Christmas on a Saturday: its substitute sits"),
    due(H06, "2026-03-02 10:00", "2026-03-03", "a further charge opens no second wait", events=HELD_AGAIN),
    gone(H06, "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-10 10:00", SENT, SUMMARY, TRIED, SENTENCED),
    gone(H06, "2026-03-02 10:00", "2026-03-04 10:00", "2026-03-11 10:00", SENT, then="met_late"),
    over(H06, "2026-03-02 10:00", "2026-03-03 23:59", "void", NFA, COMPLETED),
    over(H06, "2026-03-02 10:00", "2026-03-04 00:00", "missing", NFA, COMPLETED),
    nothing("H06", "on bail it is H05", said("2026-03-03 10:00", ON_BAIL)),
    nothing("H06", "heard before: a further charge", HEARD, said("2026-03-03 10:00", HELD)),
    nothing("H06", "bail or custody is unknown", said("2026-03-03 10:00", "charge.charged")),
    # H07: by the beginning of the sitting day, so the day before it is the last.
    due(H07, "2026-03-02 10:00", "2026-03-16", "for a Tuesday"),
    due(H07, "2026-03-02 10:00", "2026-03-29", "for a Monday, clocks forward", sittingDay="2026-03-30"),
    due(H07, "2026-10-06 10:00", "2026-10-25", "for a Monday, clocks back", sittingDay="2026-10-26"),
    due(H07, "2026-03-23 10:00", "2026-04-06", "Easter Monday is the last day", sittingDay="2026-04-07"),
    due(H07, "2026-03-02 10:00", "2026-03-20", "for a Saturday", sittingDay="2026-03-21"),
    due(H07_2020, "2025-09-01 10:00", "2025-09-19", "for a Saturday, old rules", sittingDay="2025-09-20"),
    due(H07_2020, "2025-10-05 10:00", "2025-10-19", "last day of the old rules", sittingDay="2025-10-20"),
    due(H07, "2025-10-06 10:00", "2025-10-19", "first day of the new", sittingDay="2025-10-20"),
    undated(H07, "2026-03-02 10:00", "the day is not told", sittingDay=None, assumed="sittingDay"),
    gone(H07, "2026-03-02 10:00", "2026-03-17 10:00", "2026-03-24 10:00", HEARING, then="met_late"),
    over(H07, "2026-03-02 10:00", "2026-03-16 23:59", "void", NFA, COMPLETED),
    over(H07, "2026-03-02 10:00", "2026-03-17 00:00", "missing", NFA, COMPLETED),
    nothing("H09", "heard before", HEARD, said("2026-03-03 10:00", "charge.requisition-issued")),
    nothing("H07", "served before", said("2026-03-01 10:00", SERVED), said("2026-03-02 10:00", LISTED)),
    nothing(
        "H07", "another hearing", said("2026-03-02 10:00", what("court.hearing-listed", hearingType="trial"))
    ),
    # H08: a share of all.
    undated(H08, "2026-03-28 20:00", "arrest"),
    undated(H08, "2026-03-28 20:00", "whether on a warrant is unknown", onWarrant=None),
    undated(
        H08, "2026-03-28 20:00", "a summons opens no second", events=(said("2026-03-30 10:00", SUMMONS),)
    ),
    Pair(H08, SUMMONS, ENTERED),
    gone(
        H08,
        "2026-03-02 10:00",
        "2026-03-20 10:00",
        "2026-03-27 10:00",
        what("court.national-record-finalised"),
    ),
    nothing(
        "H08", "arrested on a warrant", said("2026-03-02 10:00", what("charge.arrested", onWarrant=True))
    ),
    never("H08", *NUMBERED, why="a share of all is judged for nobody alone"),
    # H09: no clock of its own.
    undated(H09, "2026-03-02 10:00", "requisition"),
    gone(H09, "2026-03-02 10:00", "2026-03-20 10:00", "2026-03-27 10:00", SENT, SUMMARY, TRIED),
    over(H09, "2026-03-02 10:00", "2026-03-20 10:00", "void", NFA, SENTENCED, COMPLETED),
    never("H09", *NUMBERED, why="no number of days is known"),
)
