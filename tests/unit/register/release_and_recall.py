"""H37 to H44: release, recall, breach."""

from tests.support.register_lines import NUMBERED, Entry, Pair, due, gone, never, nothing, over, undated
from tests.support.register_table import Wait, said, what

ENDED = what("probation.supervision-ended")
RELEASED = what("release.released", releaseType="crd")
ON_CURFEW = what("release.released", releaseType="hdc")
AFTER_RECALL = what("release.released", releaseType="fixed-term")
FREED = what("release.released", releaseType="court")
OTHERWISE = what("release.released", releaseType="other")
CALCULATED = what(
    "sentence.dates-calculated",
    sentenceType="determinate",
    conditionalReleaseDate="2026-05-13",
    custodialDays=180,
)
SPECIAL = what("sentence.dates-calculated", sentenceType="sds-plus", conditionalReleaseDate="2026-05-13")
PAROLE = what(
    "sentence.dates-calculated", sentenceType="parole", conditionalReleaseDate="2026-05-13", custodialDays=900
)
DECIDED = what("probation.recall-decided")
REQUESTED = what("release.recall-request-received", recallType="standard")
REVOKED = what("release.licence-revoked")
NOTIFIED = what("release.revocation-notified")
RETURNED = what("release.returned-to-custody", recallType="fixed-term", sentenceDays=300)
STANDARD_RETURN = what("release.returned-to-custody", recallType="standard")
RECEIVED_ON_RECALL = what("release.prison-received", reason="recall")
BREACH = what("probation.breach-identified", failureNumber=2)
REFERRED = what("probation.breach-referred")
SENTENCED = what("sentence.passed", disposal="fine")

H37 = Wait("H37", "hmp-durham*", CALCULATED, RELEASED, "on conditionalReleaseDate, P")
H38 = Wait(
    "H38",
    "hmp-durham* > electronic-monitoring",
    CALCULATED,
    ON_CURFEW,
    "364 to 14 calendar days before conditionalReleaseDate, P",
)
H38_179 = H38.like("179 to 14 calendar days before conditionalReleaseDate, P")
H39 = Wait("H39", "hmp-durham*", CALCULATED, RELEASED, "on conditionalReleaseDate, P")
H40 = Wait("H40", "probation-north-east* > ppcs", DECIDED, REQUESTED, "24 hours, D")
H41 = Wait("H41", "ppcs* > cleveland-police", REQUESTED, REVOKED, "24 hours, D")
H41_EMERGENCY = H41.like("2 hours, D", recallType="emergency")
H42 = Wait("H42", "cleveland-police* > prison", NOTIFIED, RETURNED, "local, K")
H43 = Wait("H43", "hmp-durham* > probation-north-east", RETURNED, AFTER_RECALL, "56 calendar days, P")
H43_SHORT = H43.like("14 calendar days, C", sentenceDays=364)
H43_LONG = H43.like("28 calendar days, C", sentenceDays=365)
H44 = Wait("H44", "probation-north-east* > court", BREACH, REFERRED, "10 working days, D")

SEEN = "2026-03-02 10:00"


def after_release(row, start):
    """Return that dates calculated after a first release open nothing."""
    firsts = (RELEASED, ON_CURFEW, AFTER_RECALL, OTHERWISE)
    return tuple(
        nothing(row, f"after {one}", said("2026-03-01 10:00", one), said(SEEN, start)) for one in firsts
    )


LINES: tuple[Entry, ...] = (
    # H37: the last working day on or before the date.
    due(H37, SEEN, "2026-05-13", "a Wednesday"),
    due(H37, SEEN, "2026-05-15", "a Saturday: Friday", conditionalReleaseDate="2026-05-16"),
    due(H37, SEEN, "2026-04-02", "Easter Monday: Thursday", conditionalReleaseDate="2026-04-06"),
    due(
        H37, SEEN, "2026-12-24", "Boxing Day's substitute: Christmas Eve", conditionalReleaseDate="2026-12-28"
    ),
    due(H37, SEEN, "2026-03-27", "clocks forward", conditionalReleaseDate="2026-03-29"),
    due(H37.like(sentenceType="sds-plus"), SEEN, "2026-05-13", "SDS+"),
    due(H37.like(sentenceType=None), SEEN, "2026-05-13", "kind of sentence unknown"),
    undated(H37, SEEN, "no date told", conditionalReleaseDate=None, assumed="conditionalReleaseDate"),
    Pair(H37, CALCULATED, what("release.released")),
    over(H37, SEEN, "2026-05-13 23:59", "void", ON_CURFEW, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    over(H37, SEEN, "2026-05-14 00:00", "missing", ON_CURFEW, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    *after_release("H37", CALCULATED),
    nothing("H37", "parole", said(SEEN, PAROLE)),
    # H38: a window; nobody has to be released on curfew.
    due(H38, "2025-09-01 10:00", "2026-04-29", "in May", earliest="2025-05-14 00:00", optional=True),
    due(
        H38,
        SEEN,
        "2027-01-04",
        "Easter to New Year",
        conditionalReleaseDate="2027-01-18",
        earliest="2026-01-19 00:00",
        optional=True,
    ),
    due(
        H38,
        "2025-06-03 10:00",
        "2026-09-16",
        "first day of 364",
        conditionalReleaseDate="2026-09-30",
        earliest="2025-10-01 00:00",
        optional=True,
    ),
    due(
        H38_179,
        "2025-06-02 10:00",
        "2026-09-16",
        "last day of 179",
        conditionalReleaseDate="2026-09-30",
        earliest="2026-04-04 00:00",
        optional=True,
    ),
    due(
        H38,
        SEEN,
        "2027-05-28",
        "its days may be a weekend",
        conditionalReleaseDate="2027-06-11",
        custodialDays=42,
        earliest="2026-06-12 00:00",
        optional=True,
    ),
    due(
        H38,
        "2025-09-01 10:00",
        "2026-05-02",
        "from a Saturday",
        conditionalReleaseDate="2026-05-16",
        earliest="2025-05-17 00:00",
        optional=True,
    ),
    due(
        H38_179,
        "2025-05-01 10:00",
        "2025-11-22",
        "from a Saturday",
        conditionalReleaseDate="2025-12-06",
        earliest="2025-06-10 00:00",
        optional=True,
    ),
    due(
        H38.like(sentenceType=None),
        "2025-09-01 10:00",
        "2026-04-29",
        "kind of sentence unknown",
        earliest="2025-05-14 00:00",
        optional=True,
    ),
    undated(H38, SEEN, "no date told", conditionalReleaseDate=None, assumed="conditionalReleaseDate"),
    over(H38, SEEN, "2026-04-20 10:00", "void", RELEASED, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    over(H38, SEEN, "2026-05-13 10:00", "void", RELEASED, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    *after_release("H38", CALCULATED),
    nothing(
        "H38",
        "41 days to serve",
        said(SEEN, what(CALCULATED.type, sentenceType="determinate", custodialDays=41)),
    ),
    nothing("H38", "days to serve unknown", said(SEEN, what(CALCULATED.type, sentenceType="determinate"))),
    nothing("H38", "SDS+", said(SEEN, what(CALCULATED.type, sentenceType="sds-plus", custodialDays=900))),
    nothing("H38", "parole", said(SEEN, PAROLE)),
    never("H38", "overdue", "missing", why="nobody has to be released on curfew"),
    # H39: the date itself, whatever law made it.
    due(H39, SEEN, "2026-05-13", "a Wednesday"),
    due(H39, SEEN, "2026-05-16", "a Saturday all the same", conditionalReleaseDate="2026-05-16"),
    due(H39, SEEN, "2026-04-06", "Easter Monday all the same", conditionalReleaseDate="2026-04-06"),
    due(H39, SEEN, "2026-10-25", "clocks back", conditionalReleaseDate="2026-10-25"),
    due(H39.like(sentenceType=None), SEEN, "2026-05-13", "kind of sentence unknown"),
    due(H39.like(sentenceType="sds-plus"), SEEN, "2026-05-13", "SDS+"),
    due(
        H39,
        "2024-09-09 10:00",
        "2025-01-04",
        "a Saturday; last day at half",
        conditionalReleaseDate="2025-01-04",
    ),
    due(H39, "2024-09-10 10:00", "2025-01-04", "first tranche", conditionalReleaseDate="2025-01-04"),
    due(H39, "2024-10-21 10:00", "2025-01-04", "its last day", conditionalReleaseDate="2025-01-04"),
    due(H39, "2024-10-22 10:00", "2025-01-04", "second tranche", conditionalReleaseDate="2025-01-04"),
    due(H39, "2024-12-15 10:00", "2025-01-04", "its last day", conditionalReleaseDate="2025-01-04"),
    due(H39, "2024-12-16 10:00", "2025-01-04", "exclusions", conditionalReleaseDate="2025-01-04"),
    due(H39, "2026-09-30 10:00", "2027-01-03", "their last day", conditionalReleaseDate="2027-01-03"),
    due(H39, "2026-10-01 10:00", "2027-01-03", "one-third model", conditionalReleaseDate="2027-01-03"),
    undated(H39, SEEN, "no date told", conditionalReleaseDate=None, assumed="conditionalReleaseDate"),
    Pair(H39, CALCULATED, what("release.released")),
    over(H39, SEEN, "2026-05-13 23:59", "void", ON_CURFEW, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    over(H39, SEEN, "2026-05-14 00:00", "missing", ON_CURFEW, FREED, AFTER_RECALL, OTHERWISE, ENDED),
    *after_release("H39", CALCULATED),
    nothing("H39", "parole", said(SEEN, PAROLE)),
    # H40: hours.
    due(H40, "2026-03-02 16:30", "2026-03-03 16:30", "on a weekday"),
    due(H40, "2026-03-06 16:30", "2026-03-07 16:30", "over a weekend"),
    due(H40, "2026-04-03 12:00", "2026-04-04 12:00", "on Good Friday"),
    due(H40, "2026-03-28 20:00", "2026-03-29 21:00", "the clocks go forward"),
    due(H40, "2026-10-24 20:00", "2026-10-25 19:00", "the clocks go back"),
    due(H40, "2026-12-24 16:30", "2026-12-25 16:30", "to Christmas Day"),
    gone(H40, "2026-03-02 16:30", "2026-03-02 18:30", "2026-03-04 18:30", REVOKED, NOTIFIED, STANDARD_RETURN),
    gone(
        H40,
        "2026-03-02 16:30",
        "2026-03-05 10:00",
        "2026-03-07 10:00",
        REVOKED,
        NOTIFIED,
        STANDARD_RETURN,
        then="met_late",
    ),
    over(H40, "2026-03-02 16:30", "2026-03-03 16:30", "void", ENDED),
    over(H40, "2026-03-02 16:30", "2026-03-03 16:31", "missing", ENDED),
    # H41: hours.
    due(H41, "2026-03-02 16:30", "2026-03-03 16:30", "standard"),
    due(H41, "2026-03-07 16:30", "2026-03-08 16:30", "over a weekend"),
    due(H41, "2026-04-06 12:00", "2026-04-07 12:00", "on Easter Monday"),
    due(H41, "2026-03-28 20:00", "2026-03-29 21:00", "the clocks go forward"),
    due(H41, "2026-10-24 20:00", "2026-10-25 19:00", "the clocks go back"),
    due(
        H41.like(recallType="fixed-term"),
        "2026-03-02 16:30",
        "2026-03-03 16:30",
        "fixed-term: the standard time",
    ),
    due(
        H41.like(recallType=None),
        "2026-03-02 16:30",
        "2026-03-03 16:30",
        "unknown: the longer",
        assumed="recallType",
    ),
    due(H41_EMERGENCY, "2026-03-02 23:15", "2026-03-03 01:15", "emergency, over midnight"),
    due(H41_EMERGENCY, "2026-03-29 00:30", "2026-03-29 03:30", "emergency, clocks forward"),
    due(H41_EMERGENCY, "2026-10-25 00:30", "2026-10-25 01:30+00:00", "emergency, clocks back"),
    due(H41_EMERGENCY, "2026-12-25 03:00", "2026-12-25 05:00", "emergency, Christmas Day"),
    gone(H41, "2026-03-02 16:30", "2026-03-02 18:30", "2026-03-04 18:30", NOTIFIED, STANDARD_RETURN),
    gone(
        H41,
        "2026-03-02 16:30",
        "2026-03-05 10:00",
        "2026-03-07 10:00",
        NOTIFIED,
        STANDARD_RETURN,
        then="met_late",
    ),
    over(H41, "2026-03-02 16:30", "2026-03-03 16:30", "void", ENDED),
    over(H41, "2026-03-02 16:30", "2026-03-03 16:31", "missing", ENDED),
    # H42: a protocol exists, its number does not.
    undated(H42, "2026-03-28 16:30", "arrest on recall"),
    gone(H42, "2026-03-02 16:30", "2026-03-10 10:00", "2026-03-17 10:00", RECEIVED_ON_RECALL),
    over(H42, "2026-03-02 16:30", "2026-06-01 10:00", "void", ENDED),
    never("H42", *NUMBERED, why="no number of days is known"),
    # H43: calendar days to a release, which do not roll.
    due(H43, "2026-04-01 10:00", "2026-05-27", "Easter, May"),
    due(H43, "2026-10-31 10:00", "2026-12-26", "to Boxing Day all the same"),
    due(H43, "2026-10-05 10:00", "2026-11-30", "clocks back"),
    due(H43.like(sentenceDays=None), "2026-04-01 10:00", "2026-05-27", "sentence unknown: the same"),
    due(H43, "2026-03-31 10:00", "2026-05-26", "first day of the new model"),
    due(H43_SHORT, "2026-03-30 10:00", "2026-04-13", "last day of the old model, under a year"),
    due(H43_LONG, "2026-03-30 10:00", "2026-04-27", "last day of the old model, a year"),
    due(H43_SHORT, "2025-12-11 10:00", "2025-12-25", "to Christmas Day all the same"),
    due(H43_LONG, "2026-03-06 10:00", "2026-04-03", "to Good Friday all the same"),
    due(
        H43.like("28 calendar days, C", sentenceDays=None),
        "2026-03-02 10:00",
        "2026-03-30",
        "unknown: the longer",
        assumed="sentenceDays",
    ),
    over(H43_SHORT, "2026-03-02 10:00", "2026-03-16 23:59", "void", ENDED),
    over(H43_SHORT, "2026-03-02 10:00", "2026-03-17 00:00", "missing", ENDED),
    nothing("H43", "a standard recall", said("2026-03-02 10:00", STANDARD_RETURN)),
    nothing("H43", "kind of recall unknown", said("2026-03-02 10:00", "release.returned-to-custody")),
    # H44
    due(H44, "2026-03-02 10:00", "2026-03-16", "over weekends"),
    due(H44, "2026-03-24 10:00", "2026-04-09", "clocks forward, Easter"),
    due(H44, "2026-05-15 10:00", "2026-06-01", "spring bank holiday"),
    due(H44, "2026-10-19 10:00", "2026-11-02", "clocks back"),
    due(H44, "2026-12-21 10:00", "2027-01-07", "Christmas and New Year"),
    due(H44.like(failureNumber=None), "2026-03-02 10:00", "2026-03-16", "which failure is unknown"),
    over(H44, "2026-03-02 10:00", "2026-03-16 23:59", "void", DECIDED, SENTENCED, ENDED),
    over(H44, "2026-03-02 10:00", "2026-03-17 00:00", "missing", DECIDED, SENTENCED, ENDED),
    nothing("H44", "a first failure", said("2026-03-02 10:00", what(BREACH.type, failureNumber=1))),
    nothing("H44", "a third failure", said("2026-03-02 10:00", what(BREACH.type, failureNumber=3))),
)
