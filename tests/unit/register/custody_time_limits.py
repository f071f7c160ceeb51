"""H10 to H14: custody time limits, which roll back, and notice to extend them."""

from tests.support.register_lines import Entry, Nothing, due, never, nothing, over, undated
from tests.support.register_table import MAGS, Wait, said, what

TRIED = what("court.trial-started")
REMANDED = what("court.remanded-in-custody", offenceClass="summary")
EITHER_WAY = what("court.remanded-in-custody", offenceClass="either-way")
SENT = what("court.sent-for-trial", remandStatus="custody", daysInMagistratesCustody=0)
SENT_ON_BAIL = what("court.sent-for-trial", remandStatus="bail")
SUMMARY = what("court.summary-trial-decided")
ASKED = what("sentence.report-requested")
BILL = what("court.voluntary-bill-preferred", retrial=False)
NOTIFIED = what("court.ctl-extension-notified", jurisdiction="crown")
HEARD = what("court.ctl-extension-heard", granted=True)
BAILED = what("court.bailed")
SENTENCED = what("sentence.passed")
COMPLETED = what("court.case-completed")
NFA = what("charge.no-further-action")
FREED = what("release.released", releaseType="court")
GUILTY = what("court.arraigned", plea="guilty")
CRACKED = what("court.trial-outcome-recorded", outcome="cracked")
OUT = (BAILED, SENTENCED, COMPLETED, NFA, FREED, CRACKED)
OUT_OF_MAGISTRATES = (*OUT, SENT, ASKED)
OUT_OF_CROWN = (*OUT, GUILTY)

H10 = Wait("H10", "hmcts-magistrates*", REMANDED, TRIED, "56 calendar days, C")
H11 = Wait("H11", "hmcts-magistrates*", EITHER_WAY, TRIED, "70 calendar days, C")
H12 = Wait("H12", "hmcts-crown*", SENT, TRIED, "182 calendar days, C")
H13 = Wait("H13", "hmcts-crown*", BILL, TRIED, "112 calendar days, D")
H14 = Wait("H14", "cps-north-east* > court", NOTIFIED, HEARD, "at least 5 calendar days, C")
H14_MAGISTRATES = H14.like("at least 2 calendar days, C", jurisdiction="magistrates")


def extended(time, until, *, granted=True):
    """Return the hearing of an application to extend."""
    return (said(time, what("court.ctl-extension-heard", by=MAGS, granted=granted, newExpiry=until)),)


def summary_trial(time):
    """Return the decision for summary trial."""
    return (said(time, SUMMARY),)


AGAIN = (said("2026-02-16 10:00", REMANDED),)
EITHER_WAY_AGAIN = (said("2026-02-16 10:00", EITHER_WAY),)
SENT_AGAIN = (said("2026-06-20 10:00", SENT),)


def after(row, start, *whats) -> tuple[Nothing, ...]:
    """Return that a start opens nothing once one of these has happened."""
    return tuple(
        nothing(row, f"after {one}", said("2026-03-01 10:00", one), said("2026-03-02 10:00", start))
        for one in whats
    )


LINES: tuple[Entry, ...] = (
    # H10
    due(H10, "2026-02-02 15:00", "2026-03-30", "an ordinary day, clocks forward"),
    due(H10, "2026-02-09 15:00", "2026-04-02", "Easter Monday: back to Thursday"),
    due(H10, "2026-02-07 15:00", "2026-04-02", "Holy Saturday: back to Thursday"),
    due(H10, "2026-11-02 15:00", "2026-12-24", "substitute for Boxing Day: back to Christmas Eve"),
    due(H10, "2026-09-05 15:00", "2026-10-30", "a Saturday: back to Friday, clocks back"),
    due(H10, "2026-03-09 15:00", "2026-05-01", "early May: back to Friday"),
    due(H10, "2026-02-09 15:00", "2026-04-02", "a second remand opens no second wait", events=AGAIN),
    due(
        H10,
        "2026-02-09 15:00",
        "2026-05-02",
        "extended, to a Saturday",
        events=extended("2026-03-20 10:00", "2026-05-02"),
    ),
    due(
        H10,
        "2026-02-09 15:00",
        "2026-05-02",
        "extended within the last hour",
        events=extended("2026-04-02 23:30", "2026-05-02"),
    ),
    due(
        H10,
        "2026-02-09 15:00",
        "2026-04-02",
        "not extended",
        events=extended("2026-03-20 10:00", "2026-05-02", granted=False),
    ),
    over(H10, "2026-02-09 15:00", "2026-04-02 23:59", "void", *OUT_OF_MAGISTRATES),
    over(H10, "2026-02-09 15:00", "2026-04-03 00:00", "missing", *OUT_OF_MAGISTRATES),
    over(
        H10,
        "2026-02-09 15:00",
        "2026-04-07 10:00",
        "missing",
        BAILED,
        events=extended("2026-04-03 10:00", "2026-05-02"),
    ),
    over(
        H10,
        "2026-02-09 15:00",
        "2026-04-07 10:00",
        "void",
        BAILED,
        events=extended("2026-04-01 10:00", "2026-05-02"),
    ),
    *after("H10", REMANDED, TRIED, SENT, ASKED, SENTENCED),
    nothing(
        "H10",
        "an indictable offence",
        said("2026-03-02 10:00", what("court.remanded-in-custody", offenceClass="indictable")),
    ),
    nothing("H10", "the class is unknown", said("2026-03-02 10:00", "court.remanded-in-custody")),
    # H11
    due(H11, "2026-02-02 15:00", "2026-04-13", "an ordinary day, clocks forward"),
    due(H11, "2026-10-19 15:00", "2026-12-24", "substitute for Boxing Day: back to Christmas Eve"),
    due(H11, "2026-09-19 15:00", "2026-11-27", "a Saturday: back to Friday, clocks back"),
    due(
        H11,
        "2026-02-09 15:00",
        "2026-04-02",
        "summary trial decided",
        events=summary_trial("2026-03-10 10:00"),
        limit="56 calendar days, C",
    ),
    due(
        H11,
        "2026-02-09 15:00",
        "2026-04-02",
        "decided in the last hour",
        events=summary_trial("2026-04-02 23:00"),
        limit="56 calendar days, C",
    ),
    due(
        H11,
        "2026-02-09 15:00",
        "2026-04-20",
        "decided after the 56 days",
        events=summary_trial("2026-04-03 00:00"),
    ),
    due(
        H11, "2026-02-09 15:00", "2026-04-20", "a second remand opens no second wait", events=EITHER_WAY_AGAIN
    ),
    due(H11, "2026-02-09 15:00", "2026-06-01", "extended", events=extended("2026-04-10 10:00", "2026-06-01")),
    due(
        H11,
        "2026-02-09 15:00",
        "2026-04-20",
        "not extended",
        events=extended("2026-04-10 10:00", "2026-06-01", granted=False),
    ),
    over(H11, "2026-02-09 15:00", "2026-04-20 23:59", "void", *OUT_OF_MAGISTRATES),
    over(H11, "2026-02-09 15:00", "2026-04-21 00:00", "missing", *OUT_OF_MAGISTRATES),
    *after("H11", EITHER_WAY, TRIED, SENT, ASKED, SENTENCED),
    nothing("H11", "a summary offence is H10", said("2026-03-02 10:00", REMANDED)),
    nothing("H11", "the class is unknown", said("2026-03-02 10:00", "court.remanded-in-custody")),
    # H12
    due(H12, "2026-06-26 12:00", "2026-12-24", "Christmas Day: back to Christmas Eve"),
    due(H12, "2027-06-28 12:00", "2027-12-24", "substitute for Christmas Day: back to Friday"),
    due(
        H12, "2026-06-15 12:00", "2026-11-30", "14 days in magistrates' custody", daysInMagistratesCustody=14
    ),
    due(H12, "2025-10-06 12:00", "2026-04-02", "Easter Monday: back to Thursday"),
    due(H12, "2026-03-02 12:00", "2026-08-28", "over both summer bank holidays"),
    due(
        H12,
        "2026-03-02 12:00",
        "2026-08-28",
        "days unknown: none taken off",
        daysInMagistratesCustody=None,
        assumed="daysInMagistratesCustody",
    ),
    due(H12, "2026-06-15 12:00", "2026-12-14", "sent once", events=SENT_AGAIN),
    due(H12, "2026-06-15 12:00", "2027-02-01", "extended", events=extended("2026-12-01 10:00", "2027-02-01")),
    due(
        H12,
        "2026-06-15 12:00",
        "2026-12-14",
        "not extended",
        events=extended("2026-12-01 10:00", "2027-02-01", granted=False),
    ),
    over(H12, "2026-06-26 12:00", "2026-12-24 23:59", "void", *OUT_OF_CROWN),
    over(H12, "2026-06-26 12:00", "2026-12-25 00:00", "missing", *OUT_OF_CROWN),
    nothing("H12", "sent on bail", said("2026-03-02 10:00", SENT_ON_BAIL)),
    nothing("H12", "bail or custody is unknown", said("2026-03-02 10:00", "court.sent-for-trial")),
    # H13
    due(H13, "2026-01-05 12:00", "2026-04-27", "an ordinary day, clocks forward"),
    due(H13, "2026-09-07 12:00", "2026-12-24", "substitute for Boxing Day: back, clocks back"),
    due(H13, "2026-05-11 12:00", "2026-08-28", "summer bank holiday: back to Friday"),
    due(H13.like(retrial=True), "2026-01-05 12:00", "2026-04-27", "a retrial"),
    due(H13, "2026-01-05 12:00", "2026-06-01", "extended", events=extended("2026-04-20 10:00", "2026-06-01")),
    due(
        H13,
        "2026-01-05 12:00",
        "2026-04-27",
        "not extended",
        events=extended("2026-04-20 10:00", "2026-06-01", granted=False),
    ),
    over(H13, "2026-01-05 12:00", "2026-04-27 23:59", "void", *OUT_OF_CROWN),
    over(H13, "2026-01-05 12:00", "2026-04-28 00:00", "missing", *OUT_OF_CROWN),
    *after("H13", BILL, BAILED, SENT_ON_BAIL),
    # H14: whole days between notice and hearing.
    undated(H14, "2026-03-02 16:00", "Crown Court", earliest="2026-03-07 00:00"),
    undated(H14, "2026-04-01 16:00", "over Easter", earliest="2026-04-06 00:00"),
    undated(H14, "2026-03-27 16:00", "clocks forward", earliest="2026-04-01 00:00"),
    undated(H14, "2026-10-23 16:00", "clocks back", earliest="2026-10-28 00:00"),
    undated(H14_MAGISTRATES, "2026-03-27 16:00", "magistrates, clocks forward", earliest="2026-03-29 00:00"),
    undated(H14_MAGISTRATES, "2026-10-24 16:00", "magistrates, clocks back", earliest="2026-10-26 00:00"),
    undated(
        H14.like(jurisdiction=None),
        "2026-03-02 16:00",
        "court unknown: the longer",
        earliest="2026-03-07 00:00",
        assumed="jurisdiction",
    ),
    over(
        H14,
        "2026-03-02 16:00",
        "2026-06-01 10:00",
        "void",
        BAILED,
        TRIED,
        SENTENCED,
        COMPLETED,
        NFA,
        FREED,
        GUILTY,
    ),
    never("H14", "overdue", why="it says how early a hearing may be, not how late"),
    never(
        "H14", "missing", why="an application may be dropped: nothing proves that it should have been heard"
    ),
)
