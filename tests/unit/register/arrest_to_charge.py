"""H01 to H04: from arrest to the charging decision."""

from tests.support.register_lines import NUMBERED, Entry, Pair, due, gone, never, over, undated
from tests.support.register_table import START, Wait, said, what

NFA = what("charge.no-further-action")
FREED = what("charge.released-without-charge")
HEARING = what("court.first-hearing-held")
SUMMONS = what("charge.summons-issued")
REQUISITION = what("charge.requisition-issued")
INVESTIGATED = what("charge.released-under-investigation")
CHARGED = what("charge.charged")
DETENTION = what("charge.detention-authorised", extension="none")
BAIL = what("charge.bailed-before-charge", extension="none", bailStartDate="2026-02-02")
REFERRED = what("charge.referred-to-cps", attempt=1, fileCategory="red")
ACCEPTED = what("charge.file-accepted")
ON_BAIL = what("charge.file-accepted", suspectStatus="bail")
DECIDED = what("charge.decision-made", decision="charge")

H01 = Wait("H01", "cleveland-police* > suspect", DETENTION, CHARGED, "24 hours, C")
H01_36 = H01.like("36 hours, C", extension="superintendent")
H01_96 = H01.like("96 hours, K", extension="magistrates")
H01_UNKNOWN = H01.like("96 hours, K", extension=None)
H02 = Wait("H02", "cleveland-police* > suspect", BAIL, CHARGED, "3 months, C", starts_on="bailStartDate")
H02_6 = H02.like("6 months, C", extension="inspector")
H02_9 = H02.like("9 months, C", extension="superintendent")
H02_24 = H02.like("24 months, C", extension="magistrates")
H02_UNKNOWN = H02.like("24 months, C", extension=None)
H03 = Wait("H03", "cleveland-police > cps-north-east*", REFERRED, ACCEPTED, "local, K")
H04 = Wait("H04", "cps-north-east* > cleveland-police", ON_BAIL, DECIDED, "28 calendar days, C")
H04_CUSTODY = H04.like("3 hours, K", suspectStatus="custody")


def extended(start, *steps):
    """Return extensions of a start: when, by whom."""
    return tuple(said(time, what(start.type, extension=by), extends=START, id=by) for time, by in steps)


DETAINED_LONGER = extended(DETENTION, ("2026-03-03 07:00", "superintendent"))
DETAINED_LONGEST = extended(
    DETENTION, ("2026-03-03 07:00", "superintendent"), ("2026-03-03 19:00", "magistrates")
)
BAILED_LONGER = extended(BAIL, ("2026-04-20 09:00", "inspector"))
BAILED_LONGEST = extended(BAIL, ("2026-04-20 09:00", "inspector"), ("2026-07-20 09:00", "superintendent"))

LINES: tuple[Entry, ...] = (
    # H01: hours are elapsed hours, whatever the clocks on the wall do.
    due(H01, "2026-03-03 08:15", "2026-03-04 08:15", "on a weekday"),
    due(H01, "2026-03-07 23:00", "2026-03-08 23:00", "over a weekend"),
    due(H01, "2026-04-03 12:00", "2026-04-04 12:00", "on Good Friday"),
    due(H01, "2026-03-28 20:00", "2026-03-29 21:00", "the clocks go forward"),
    due(H01, "2026-10-24 20:00", "2026-10-25 19:00", "the clocks go back"),
    due(H01, "2026-10-25 01:30+01:00", "2026-10-26 00:30", "in the hour that comes twice, first time"),
    due(H01, "2026-10-25 01:30+00:00", "2026-10-26 01:30", "in the hour that comes twice, second time"),
    due(H01_36, "2026-03-02 08:15", "2026-03-03 20:15", "superintendent"),
    due(H01_36, "2026-10-24 20:00", "2026-10-26 07:00", "superintendent, clocks back"),
    due(H01, "2026-03-02 08:15", "2026-03-03 20:15", "extended", events=DETAINED_LONGER, limit="36 hours, C"),
    due(H01_96, "2026-04-02 06:00", "2026-04-06 06:00", "warrant over Easter"),
    due(H01_96, "2026-03-27 10:00", "2026-03-31 11:00", "warrant, clocks forward"),
    due(
        H01,
        "2026-03-02 08:15",
        "2026-03-06 08:15",
        "extended twice",
        events=DETAINED_LONGEST,
        limit="96 hours, K",
    ),
    due(
        H01_UNKNOWN,
        "2026-03-02 08:15",
        "2026-03-06 08:15",
        "by whom is unknown: the longest",
        assumed="extension",
    ),
    Pair(H01, DETENTION, FREED),
    Pair(H01, DETENTION, BAIL),
    Pair(H01, DETENTION, INVESTIGATED),
    gone(H01, "2026-03-02 08:15", "2026-03-02 18:00", "2026-03-09 18:00", SUMMONS, REQUISITION, HEARING),
    over(H01, "2026-03-02 08:15", "2026-03-03 08:15", "void", NFA),
    over(H01, "2026-03-02 08:15", "2026-03-03 08:16", "missing", NFA),
    # H02: from the day on which bail began; months end on the same day, or on their last.
    due(H02, "2026-02-03 10:00", "2026-05-02", "clocks and Easter"),
    due(H02, "2026-02-01 10:00", "2026-04-30", "from the 31st", bailStartDate="2026-01-31"),
    due(H02, "2025-12-01 10:00", "2026-02-28", "to the end of February", bailStartDate="2025-11-30"),
    due(H02, "2027-12-01 10:00", "2028-02-29", "to a leap February", bailStartDate="2027-11-30"),
    due(H02, "2026-09-26 10:00", "2026-12-25", "to Christmas Day all the same", bailStartDate="2026-09-25"),
    due(
        H02,
        "2026-03-02 23:30",
        "2026-06-02",
        "it began when it was said",
        bailStartDate=None,
        assumed="bailStartDate",
    ),
    due(H02_6, "2026-02-03 10:00", "2026-08-02", "inspector"),
    due(H02, "2026-02-03 10:00", "2026-08-02", "extended", events=BAILED_LONGER, limit="6 months, C"),
    due(H02_9, "2026-05-31 10:00", "2027-02-28", "superintendent", bailStartDate="2026-05-31"),
    due(H02, "2026-02-03 10:00", "2026-11-02", "extended twice", events=BAILED_LONGEST, limit="9 months, C"),
    due(H02_24, "2024-02-29 10:00", "2026-02-28", "magistrates", bailStartDate="2024-02-29"),
    due(H02_UNKNOWN, "2026-02-03 10:00", "2028-02-02", "by whom is unknown", assumed="extension"),
    due(H02, "2022-10-29 10:00", "2023-01-28", "first day of the law", bailStartDate="2022-10-28"),
    due(H02_6, "2022-10-29 10:00", "2023-04-28", "first day", bailStartDate="2022-10-28"),
    due(H02_9, "2022-10-29 10:00", "2023-07-28", "first day", bailStartDate="2022-10-28"),
    due(H02_24, "2022-10-29 10:00", "2024-10-28", "first day", bailStartDate="2022-10-28"),
    undated(H02, "2022-10-28 10:00", "the day before", bailStartDate="2022-10-27", limit=None),
    undated(H02_6, "2022-10-28 10:00", "the day before", bailStartDate="2022-10-27", limit=None),
    undated(H02_9, "2022-10-28 10:00", "the day before", bailStartDate="2022-10-27", limit=None),
    undated(H02_24, "2022-10-28 10:00", "the day before", bailStartDate="2022-10-27", limit=None),
    Pair(H02, BAIL, NFA),
    Pair(H02, BAIL, what("charge.bail-answered")),
    gone(H02, "2026-02-02 10:00", "2026-03-02 10:00", "2026-03-09 10:00", HEARING),
    over(H02, "2026-02-02 10:00", "2026-05-02 23:59", "void", FREED, INVESTIGATED, SUMMONS, REQUISITION),
    over(H02, "2026-02-02 10:00", "2026-05-03 00:00", "missing", FREED, INVESTIGATED, SUMMONS, REQUISITION),
    # H03: nobody has published a number.
    undated(H03, "2026-03-30 10:00", "each attempt"),
    Pair(H03, REFERRED, what("charge.file-rejected", attempt=1)),
    gone(H03, "2026-03-02 10:00", "2026-03-20 10:00", "2026-03-27 10:00", DECIDED),
    over(H03, "2026-03-02 10:00", "2026-03-20 10:00", "void", NFA, FREED),
    never("H03", *NUMBERED, why="no number of days is known"),
    # H04: the published count does not roll; in custody CPS Direct decides in hours.
    due(H04, "2026-03-10 10:00", "2026-04-07", "clocks forward, Easter"),
    due(H04, "2026-10-05 10:00", "2026-11-02", "clocks back"),
    due(H04, "2026-11-27 16:00", "2026-12-25", "to Christmas Day all the same"),
    due(H04, "2026-11-28 16:00", "2026-12-26", "to a Saturday all the same"),
    due(H04, "2026-06-30T23:30+00:00", "2026-07-29", "half past midnight is the next day"),
    due(H04.like(suspectStatus="rui"), "2026-03-10 10:00", "2026-04-07", "under investigation"),
    due(
        H04.like(suspectStatus=None),
        "2026-03-10 10:00",
        "2026-04-07",
        "unknown: the longer",
        assumed="suspectStatus",
    ),
    due(H04_CUSTODY, "2026-03-10 22:00", "2026-03-11 01:00", "custody, over midnight"),
    due(H04_CUSTODY, "2026-03-29 00:30", "2026-03-29 04:30", "custody, clocks forward"),
    due(H04_CUSTODY, "2026-10-25 00:30", "2026-10-25 02:30", "custody, clocks back"),
    due(H04_CUSTODY, "2026-12-25 14:00", "2026-12-25 17:00", "custody, Christmas Day"),
    gone(H04, "2026-03-02 10:00", "2026-03-10 10:00", "2026-03-17 10:00", CHARGED, REQUISITION, HEARING),
    gone(H04, "2026-03-02 10:00", "2026-04-10 10:00", "2026-04-17 10:00", CHARGED, then="met_late"),
    over(H04, "2026-03-02 10:00", "2026-03-30 23:59", "void", NFA, FREED),
    over(H04, "2026-03-02 10:00", "2026-03-31 00:00", "missing", NFA, FREED),
)
