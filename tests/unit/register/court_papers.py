"""H15 to H22: what is served and held on the way to a trial, reports, and the national record."""

from tests.support.register_lines import NUMBERED, Entry, due, gone, never, nothing, over, undated
from tests.support.register_table import CROWN, Wait, said, what

SENT = what("court.sent-for-trial", remandStatus="bail")
PTPH = what("court.ptph-held")
ARRAIGNED = what("court.arraigned", plea="not-guilty")
GUILTY = what("court.arraigned", plea="guilty")
TRIED = what("court.trial-started")
CRACKED = what("court.trial-outcome-recorded", outcome="cracked")
SENTENCED = what("sentence.passed")
COMPLETED = what("court.case-completed")
NFA = what("charge.no-further-action")
INDICTMENT = what("court.indictment-served")
SERVED = what("court.prosecution-case-served", remandStatus="bail")
STATEMENT = what("court.defence-statement-served")
DISMISSAL = what("court.dismissal-applied")
RESULTED = what("court.hearing-resulted")
FINALISED = what("court.national-record-finalised", receivedByPolice="2026-03-04")


def listed(time, day, **over):
    """Return a listing of the plea and trial preparation hearing."""
    told = what("court.hearing-listed", by=CROWN, **{"hearingType": "ptph", "sittingDay": day, **over})
    return said(time, told)


FOR_28_DAYS = (listed("2026-03-02 11:00", "2026-03-30"),)
AFTER_EASTER = (listed("2026-03-02 11:00", "2026-04-07"),)
MOVED = (listed("2026-03-02 11:00", "2026-03-30"), listed("2026-03-10 11:00", "2026-05-26"))
AUTUMN = (listed("2026-10-05 11:00", "2026-11-02"),)
UNTOLD = (listed("2026-03-02 11:00", None),)
FOR_TRIAL = (listed("2026-03-02 11:00", "2026-03-30", hearingType="trial"),)
SENT_AGAIN = (said("2026-03-03 10:00", SENT),)
SERVED_AGAIN = (said("2026-03-03 10:00", SERVED),)

H15 = Wait("H15", "hmcts-magistrates > hmcts-crown*", SENT, PTPH, "28 calendar days, C")
H16 = Wait("H16", "cps-north-east* > hmcts-crown", SENT, INDICTMENT, "7 calendar days before sittingDay, C")
H17 = Wait("H17", "cps-north-east* > hmcts-crown", SENT, SERVED, "70 calendar days, D")
H17_2020 = H17.like("70 calendar days, C")
H17_CUSTODY = H17.like("50 calendar days, D", remandStatus="custody")
H17_CUSTODY_2020 = H17_CUSTODY.like("50 calendar days, C")
H17_UNKNOWN = H17.like(remandStatus=None)
H18 = Wait("H18", "defence* > cps-north-east", SERVED, STATEMENT, "28 calendar days, C")
H19 = Wait("H19", "defence* > hmcts-crown", SERVED, DISMISSAL, "20 working days, D")
H19_2020 = H19.like("20 working days, C")
H21 = Wait("H21", "hmcts-crown*", PTPH, TRIED, "local, K")
H22 = Wait(
    "H22", "hmcts-magistrates > cleveland-police*", RESULTED, FINALISED, "75 % within 7 calendar days, D"
)
H22_2005 = H22.like("50 % within 7 calendar days, D")

LINES: tuple[Entry, ...] = (
    # H15: rolls forward.
    due(H15, "2026-12-01 12:00", "2026-12-29", "an ordinary day"),
    due(H15, "2026-11-27 12:00", "2026-12-29", "Christmas Day: after the holidays"),
    due(H15, "2027-11-27 12:00", "2027-12-29", "Christmas at the weekend"),
    due(H15, "2026-03-06 12:00", "2026-04-07", "Good Friday: after Easter, clocks forward"),
    due(H15, "2026-10-03 12:00", "2026-11-02", "a Saturday: to Monday, clocks back"),
    due(H15, "2026-03-02 12:00", "2026-03-30", "sent once", events=SENT_AGAIN),
    gone(H15, "2026-03-02 12:00", "2026-03-20 10:00", "2026-03-27 10:00", ARRAIGNED, TRIED, SENTENCED),
    gone(H15, "2026-03-02 12:00", "2026-04-20 10:00", "2026-04-27 10:00", ARRAIGNED, TRIED, then="met_late"),
    over(H15, "2026-03-02 12:00", "2026-03-30 23:59", "void", NFA, COMPLETED),
    over(H15, "2026-03-02 12:00", "2026-03-31 00:00", "missing", NFA, COMPLETED),
    # H16: counted back from the hearing as listed last.
    due(H16, "2026-03-02 10:00", "2026-03-23", "day 21 of 28", events=FOR_28_DAYS),
    due(H16, "2026-03-02 10:00", "2026-03-31", "over both, Easter and clocks", events=AFTER_EASTER),
    due(H16, "2026-03-02 10:00", "2026-05-19", "listed again", events=MOVED),
    due(H16, "2026-10-05 10:00", "2026-10-26", "clocks back", events=AUTUMN),
    due(
        H16,
        "2026-11-30 10:00",
        "2026-12-28",
        "a bank holiday all the same",
        events=(listed("2026-12-01 10:00", "2027-01-04"),),
    ),
    due(
        H16,
        "2026-03-02 10:00",
        "2026-03-30",
        "before Easter Monday",
        events=(listed("2026-03-02 11:00", "2026-04-06"),),
    ),
    undated(H16, "2026-03-02 10:00", "not listed yet"),
    undated(H16, "2026-03-02 10:00", "another hearing is listed", events=FOR_TRIAL),
    undated(H16, "2026-03-02 10:00", "listed for no day", events=UNTOLD, assumed="sittingDay"),
    gone(
        H16, "2026-03-02 10:00", "2026-03-10 10:00", "2026-03-17 10:00", ARRAIGNED, TRIED, events=FOR_28_DAYS
    ),
    gone(
        H16,
        "2026-03-02 10:00",
        "2026-03-24 10:00",
        "2026-03-31 11:00",
        ARRAIGNED,
        TRIED,
        events=FOR_28_DAYS,
        then="met_late",
    ),  # a grace is elapsed
    over(H16, "2026-03-02 10:00", "2026-03-23 23:59", "void", NFA, COMPLETED, events=FOR_28_DAYS),
    over(H16, "2026-03-02 10:00", "2026-03-24 00:00", "missing", NFA, COMPLETED, events=FOR_28_DAYS),
    # H17: rolls forward.
    due(H17, "2026-03-02 10:00", "2026-05-11", "bail"),
    due(H17, "2026-10-16 10:00", "2026-12-29", "bail, Christmas Day: after the holidays"),
    due(H17_CUSTODY, "2026-03-02 10:00", "2026-04-21", "custody"),
    due(H17_CUSTODY, "2026-02-14 10:00", "2026-04-07", "custody, Easter"),
    due(H17_CUSTODY, "2026-10-10 10:00", "2026-11-30", "custody, a Sunday, clocks back"),
    due(H17_UNKNOWN, "2026-03-02 10:00", "2026-05-11", "unknown: the longer", assumed="remandStatus"),
    due(H17_2020, "2025-10-05 10:00", "2025-12-15", "bail, last day of the old rules"),
    due(H17, "2025-10-06 10:00", "2025-12-15", "bail, first day of the new"),
    due(H17_CUSTODY_2020, "2025-02-15 10:00", "2025-04-07", "custody, a Sunday, old rules"),
    due(H17_2020, "2025-02-16 10:00", "2025-04-28", "bail, a Sunday, old rules"),
    due(H17_CUSTODY_2020, "2025-10-05 10:00", "2025-11-24", "custody, last day of the old rules"),
    due(H17_CUSTODY, "2025-10-06 10:00", "2025-11-25", "custody, first day of the new"),
    due(H17, "2026-03-02 10:00", "2026-05-11", "sent once", events=SENT_AGAIN),
    gone(H17, "2026-03-02 10:00", "2026-04-20 10:00", "2026-04-27 10:00", TRIED),
    gone(H17, "2026-03-02 10:00", "2026-06-01 10:00", "2026-06-08 10:00", TRIED, then="met_late"),
    over(H17, "2026-03-02 10:00", "2026-05-11 23:59", "void", NFA, COMPLETED, SENTENCED, GUILTY),
    over(H17, "2026-03-02 10:00", "2026-05-12 00:00", "missing", NFA, COMPLETED, SENTENCED, GUILTY),
    # H18: rolls forward.
    due(H18, "2026-03-03 10:00", "2026-03-31", "an ordinary day, clocks forward"),
    due(H18, "2026-03-06 10:00", "2026-04-07", "Good Friday: after Easter"),
    due(H18, "2026-10-03 10:00", "2026-11-02", "a Saturday: to Monday, clocks back"),
    due(H18, "2026-11-27 10:00", "2026-12-29", "Christmas"),
    due(H18, "2026-03-02 10:00", "2026-03-30", "later pages ask for no other", events=SERVED_AGAIN),
    gone(H18, "2026-03-03 10:00", "2026-03-20 10:00", "2026-03-27 10:00", TRIED),
    gone(H18, "2026-03-03 10:00", "2026-04-20 10:00", "2026-04-27 10:00", TRIED, then="met_late"),
    over(H18, "2026-03-03 10:00", "2026-03-31 23:59", "void", NFA, COMPLETED, SENTENCED, GUILTY),
    over(H18, "2026-03-03 10:00", "2026-04-01 00:00", "missing", NFA, COMPLETED, SENTENCED, GUILTY),
    nothing("H18", "after a guilty plea", said("2026-03-01 10:00", GUILTY), said("2026-03-02 10:00", SERVED)),
    # H19: it may be made, and need not be.
    due(H19, "2026-03-02 10:00", "2026-03-30", "clocks forward", optional=True),
    due(H19, "2026-03-20 10:00", "2026-04-21", "Easter", optional=True),
    due(H19, "2026-04-20 10:00", "2026-05-19", "early May", optional=True),
    due(H19, "2026-10-05 10:00", "2026-11-02", "clocks back", optional=True),
    due(H19, "2026-12-14 10:00", "2027-01-14", "Christmas and New Year", optional=True),
    due(H19_2020, "2025-10-05 10:00", "2025-10-31", "last day of the old rules", optional=True),
    due(H19, "2025-10-06 10:00", "2025-11-03", "first day of the new", optional=True),
    due(
        H19, "2026-03-02 10:00", "2026-03-30", "later pages open no other", events=SERVED_AGAIN, optional=True
    ),
    over(H19, "2026-03-02 10:00", "2026-03-20 10:00", "void", ARRAIGNED, NFA, COMPLETED),
    over(H19, "2026-03-02 10:00", "2026-06-01 10:00", "void", ARRAIGNED, NFA, COMPLETED),
    nothing(
        "H19", "after arraignment", said("2026-03-01 10:00", ARRAIGNED), said("2026-03-02 10:00", SERVED)
    ),
    never("H19", "overdue", "missing", why="nobody has to apply"),
    # H21: only the custody time limit binds.
    undated(H21, "2026-03-02 10:00", "plea hearing"),
    undated(H21, "2026-03-02 10:00", "one for each case", events=(said("2026-03-05 10:00", PTPH),)),
    over(H21, "2026-03-02 10:00", "2026-09-01 10:00", "void", NFA, COMPLETED, SENTENCED, GUILTY, CRACKED),
    nothing("H21", "after a guilty plea", said("2026-03-01 10:00", GUILTY), said("2026-03-02 10:00", PTPH)),
    never("H21", *NUMBERED, why="no number of days is known"),
    never(
        "H21", "missing", why="cases end without a trial every day: nothing proves that one should have come"
    ),
    # H22: a share of all; counted from the day the police had it.
    undated(H22, "2026-03-02 10:00", "result"),
    undated(H22, "2026-03-28 10:00", "clocks forward"),
    undated(H22_2005, "2005-06-30 10:00", "last day of the first share"),
    undated(H22, "2005-07-01 10:00", "first day of the second"),
    never("H22", *NUMBERED, why="a share of all is judged for nobody alone"),
    never("H22", "missing", why="a record can be finalised at any time: nothing proves that it never was"),
)
