"""V01 to V08: what victims are owed."""

from tests.support.register_lines import NUMBERED, Entry, Pair, due, gone, never, nothing, over, undated
from tests.support.register_table import CROWN, POLICE, START, VLO, Wait, said, what

VICTIM = what("victim.registered", victimRef="v-1", enhanced=False, optedIn=True)
ENHANCED = what("victim.registered", victimRef="v-1", enhanced=True, optedIn=True)
UNTOLD = what("victim.registered", victimRef="v-1")
OPTED_OUT = what("victim.registered", victimRef="v-1", enhanced=False, optedIn=False)
REGISTERED = (said("2020-01-06 09:00", VICTIM),)
ARRESTED = what("charge.arrested")
RESULTED = what("court.hearing-resulted")
COMPLETED = what("court.case-completed")
NFA = what("charge.no-further-action")
ENDED = what("probation.supervision-ended")
TRIED = what("court.trial-started")
TOLD = {"victimRef": "v-1", "aboutEvent": START}
SUSPECT = what("victim.told", by=POLICE, topic="suspect", **TOLD)
NOTICE = what("victim.notice-received", topic="outcome", **TOLD)
OUTCOME = what("victim.told", topic="outcome", **TOLD)
HEARING = what("victim.told", topic="hearing", **TOLD)
EVIDENCE = what("victim.told", topic="evidence", **TOLD)
CUSTODY_NEWS = what("victim.told", by=VLO, topic="custody", **TOLD)
OF_OUTCOME = what("victim.notice-received", topic="outcome", victimRef="v-1", enhanced=False)
OF_HEARING = what("victim.notice-received", topic="hearing", victimRef="v-1")
OF_EVIDENCE = what("victim.notice-received", topic="evidence", victimRef="v-1")
SENTENCE = what("sentence.passed", by=CROWN, disposal="custody", specifiedOffence="violent", sentenceDays=365)
FINE = what("sentence.passed", disposal="fine")
REFERRED = what("victim.referred", victimRef="v-1")
CONTACTED = what("victim.liaison-contacted", victimRef="v-1")
RELEASED = what("release.released", releaseType="crd")

V01 = Wait("V01", "cleveland-police* > victim", ARRESTED, SUSPECT, "5 working days, C", first=REGISTERED)
V01_ENHANCED = Wait(
    "V01", V01.between, ARRESTED, SUSPECT, "1 working day, C", first=(said("2020-01-06 09:00", ENHANCED),)
)
V01_UNTOLD = Wait("V01", V01.between, ARRESTED, SUSPECT, V01.limit, first=(said("2020-01-06 09:00", UNTOLD),))
V02_UNTOLD = Wait(
    "V02",
    "hmcts-magistrates* > witness-care-cleveland",
    RESULTED,
    NOTICE,
    "5 working days, C",
    first=(said("2020-01-06 09:00", UNTOLD),),
)
V02 = Wait(
    "V02",
    "hmcts-magistrates* > witness-care-cleveland",
    RESULTED,
    NOTICE,
    "5 working days, C",
    first=REGISTERED,
)
V03 = Wait("V03", "witness-care-cleveland* > victim", OF_OUTCOME, OUTCOME, "5 working days, C")
V03_ENHANCED = V03.like("1 working day, C", enhanced=True)
V04 = Wait("V04", "witness-care-cleveland* > victim", OF_HEARING, HEARING, "1 working day, C")
V05 = Wait("V05", "witness-care-cleveland* > victim", OF_EVIDENCE, EVIDENCE, "1 working day, C")
V06 = Wait(
    "V06",
    "witness-care-cleveland* > victim-contact-north-east",
    SENTENCE,
    REFERRED,
    "10 working days, C",
    first=REGISTERED,
)
V07 = Wait("V07", "victim-contact-north-east* > victim", REFERRED, CONTACTED, "20 working days, C")
V08 = Wait(
    "V08",
    "victim-contact-north-east* > victim",
    RELEASED,
    CUSTODY_NEWS,
    "local, K",
    first=(said("2020-01-06 09:00", REFERRED),),
)

EACH_STEP = tuple(
    Pair(V01, what(f"charge.{name}"), SUSPECT)
    for name in (
        "interviewed",
        "released-without-charge",
        "released-under-investigation",
        "bailed-before-charge",
        "charged",
    )
)


def sentence(**over):
    """Return a sentence in a case with a victim."""
    told = what("sentence.passed", by=CROWN, **{**SENTENCE.data, **over})
    return (*REGISTERED, said("2026-03-02 12:00", told))


LINES: tuple[Entry, ...] = (
    # V01
    due(V01, "2026-03-03 10:00", "2026-03-10", "over a weekend"),
    due(V01, "2026-04-01 23:30", "2026-04-10", "over Easter"),
    due(V01, "2026-03-27 10:00", "2026-04-07", "clocks forward, Good Friday"),
    due(V01, "2026-10-23 10:00", "2026-10-30", "clocks back"),
    due(V01, "2026-12-23 10:00", "2027-01-04", "Christmas and New Year"),
    due(V01_ENHANCED, "2026-04-02 10:00", "2026-04-07", "enhanced, over Easter"),
    due(V01_ENHANCED, "2026-12-24 10:00", "2026-12-29", "enhanced, Christmas"),
    due(V01_ENHANCED, "2026-03-06 10:00", "2026-03-09", "enhanced, over a weekend"),
    due(
        V01_UNTOLD,
        "2026-03-03 10:00",
        "2026-03-10",
        "whether enhanced is unknown: the longer",
        assumed="enhanced",
    ),
    *EACH_STEP,
    gone(V01, "2026-03-03 10:00", "2026-03-05 10:00", "2026-03-19 10:00", NFA, COMPLETED),
    gone(V01, "2026-03-03 10:00", "2026-03-12 10:00", "2026-03-26 10:00", NFA, COMPLETED, then="met_late"),
    nothing("V01", "no victim", said("2026-03-03 10:00", ARRESTED)),
    nothing("V01", "opted out", said("2026-03-01 10:00", OPTED_OUT), said("2026-03-03 10:00", ARRESTED)),
    # V02
    due(V02, "2026-03-03 10:00", "2026-03-10", "over a weekend"),
    due(V02, "2026-04-01 10:00", "2026-04-10", "over Easter"),
    due(V02, "2026-03-27 10:00", "2026-04-07", "clocks forward, Good Friday"),
    due(V02, "2026-10-23 10:00", "2026-10-30", "clocks back"),
    due(V02, "2026-12-23 10:00", "2027-01-04", "Christmas and New Year"),
    due(V02_UNTOLD, "2026-03-03 10:00", "2026-03-10", "whether opted in is unknown"),
    gone(V02, "2026-03-03 10:00", "2026-03-05 10:00", "2026-03-19 10:00", COMPLETED),
    gone(V02, "2026-03-03 10:00", "2026-03-12 10:00", "2026-03-26 10:00", COMPLETED, then="met_late"),
    nothing("V02", "no victim", said("2026-03-03 10:00", RESULTED)),
    nothing("V02", "opted out", said("2026-03-01 10:00", OPTED_OUT), said("2026-03-03 10:00", RESULTED)),
    # V03
    due(V03, "2026-03-03 10:00", "2026-03-10", "over a weekend"),
    due(V03, "2026-04-01 10:00", "2026-04-10", "over Easter"),
    due(V03, "2026-03-27 10:00", "2026-04-07", "clocks forward, Good Friday"),
    due(V03, "2026-10-23 10:00", "2026-10-30", "clocks back"),
    due(V03_ENHANCED, "2026-03-06 10:00", "2026-03-09", "enhanced, over a weekend"),
    due(V03_ENHANCED, "2026-12-24 10:00", "2026-12-29", "enhanced, Christmas"),
    due(
        V03.like(enhanced=None),
        "2026-03-03 10:00",
        "2026-03-10",
        "whether enhanced is unknown: the longer",
        assumed="enhanced",
    ),
    gone(V03, "2026-03-03 10:00", "2026-03-05 10:00", "2026-03-19 10:00", COMPLETED, ENDED),
    gone(V03, "2026-03-03 10:00", "2026-03-12 10:00", "2026-03-26 10:00", COMPLETED, ENDED, then="met_late"),
    nothing("V03", "of a hearing", said("2026-03-03 10:00", OF_HEARING)),
    # V04: one day for all victims.
    due(V04, "2026-03-06 10:00", "2026-03-09", "over a weekend"),
    due(V04, "2026-04-02 10:00", "2026-04-07", "over Easter"),
    due(V04, "2026-03-27 10:00", "2026-03-30", "clocks forward"),
    due(V04, "2026-10-23 10:00", "2026-10-26", "clocks back"),
    due(V04, "2026-12-24 10:00", "2026-12-29", "Christmas"),
    due(V04.like(enhanced=True), "2026-03-06 10:00", "2026-03-09", "enhanced"),
    gone(V04, "2026-03-03 10:00", "2026-03-04 10:00", "2026-03-11 10:00", COMPLETED),
    gone(V04, "2026-03-03 10:00", "2026-03-12 10:00", "2026-03-19 10:00", COMPLETED, then="met_late"),
    nothing("V04", "of an outcome", said("2026-03-03 10:00", OF_OUTCOME)),
    # V05: one day for all victims.
    due(V05, "2026-03-06 10:00", "2026-03-09", "over a weekend"),
    due(V05, "2026-05-22 10:00", "2026-05-26", "spring bank holiday"),
    due(V05, "2026-03-27 10:00", "2026-03-30", "clocks forward"),
    due(V05, "2026-10-23 10:00", "2026-10-26", "clocks back"),
    due(V05, "2026-12-26 10:00", "2026-12-29", "from Boxing Day"),
    gone(V05, "2026-03-03 10:00", "2026-03-04 10:00", "2026-03-11 10:00", TRIED),
    gone(V05, "2026-03-03 10:00", "2026-03-12 10:00", "2026-03-19 10:00", TRIED, then="met_late"),
    over(V05, "2026-03-03 10:00", "2026-03-04 23:59", "void", COMPLETED),
    over(V05, "2026-03-03 10:00", "2026-03-05 00:00", "missing", COMPLETED),
    nothing("V05", "of an outcome", said("2026-03-03 10:00", OF_OUTCOME)),
    # V06: automatic.
    due(V06, "2026-03-02 12:00", "2026-03-16", "violent, a year"),
    due(V06.like(specifiedOffence="sexual", sentenceDays=1200), "2026-03-02 12:00", "2026-03-16", "sexual"),
    due(V06, "2026-03-24 12:00", "2026-04-09", "clocks forward, Easter"),
    due(V06, "2026-10-19 12:00", "2026-11-02", "clocks back"),
    due(V06, "2026-12-21 12:00", "2027-01-07", "Christmas and New Year"),
    gone(
        V06,
        "2026-03-02 12:00",
        "2026-03-05 10:00",
        "2026-03-26 10:00",
        RELEASED,
        what(RELEASED.type, releaseType="hdc"),
        what(RELEASED.type, releaseType="fixed-term"),
    ),
    gone(V06, "2026-03-02 12:00", "2026-04-20 10:00", "2026-05-11 10:00", RELEASED, then="met_late"),
    over(V06, "2026-03-02 12:00", "2026-03-16 23:59", "void", FINE, ENDED),
    over(V06, "2026-03-02 12:00", "2026-03-17 00:00", "missing", FINE, ENDED),
    nothing("V06", "no victim", said("2026-03-02 12:00", SENTENCE)),
    nothing("V06", "364 days", *sentence(sentenceDays=364)),
    nothing("V06", "a suspended sentence", *sentence(disposal="suspended")),
    nothing("V06", "another offence", *sentence(specifiedOffence="other")),
    # V07
    due(V07, "2026-03-02 10:00", "2026-03-30", "over weekends, clocks forward"),
    due(V07, "2026-04-01 10:00", "2026-05-01", "Easter"),
    due(V07, "2026-05-01 10:00", "2026-06-02", "two bank holidays"),
    due(V07, "2026-10-05 10:00", "2026-11-02", "clocks back"),
    due(V07, "2026-12-14 10:00", "2027-01-14", "Christmas and New Year"),
    over(V07, "2026-03-02 10:00", "2026-03-30 23:59", "void", ENDED),
    over(V07, "2026-03-02 10:00", "2026-03-31 00:00", "missing", ENDED),
    # V08: at each key stage, no number.
    undated(V08, "2026-03-02 10:00", "release"),
    undated(V08.like(releaseType=None), "2026-03-02 10:00", "kind of release unknown"),
    Pair(V08, what("release.released", releaseType="hdc"), CUSTODY_NEWS),
    Pair(V08, what("release.released", releaseType="fixed-term"), CUSTODY_NEWS),
    Pair(V08, what("release.released", releaseType="other"), CUSTODY_NEWS),
    Pair(V08, what("release.returned-to-custody"), CUSTODY_NEWS),
    Pair(V08, what("release.moved-to-open-conditions"), CUSTODY_NEWS),
    over(V08, "2026-03-02 10:00", "2026-09-02 10:00", "void", ENDED),
    nothing("V08", "no victim referred", *REGISTERED, said("2026-03-02 10:00", RELEASED)),
    nothing(
        "V08",
        "freed by a court",
        said("2026-03-01 10:00", REFERRED),
        said("2026-03-02 10:00", what(RELEASED.type, releaseType="court")),
    ),
    never("V08", *NUMBERED, why="no number of days is known"),
    never("V08", "missing", why="whether a victim chose to hear nothing is not known"),
)
