"""Rows of the register as tables tell them: what opens and ends a wait, and dates that were worked out by hand.

Times are local texts ("2026-04-01 10:00", with an offset where the clock shows an hour twice), due days are days.
Nothing here counts days: what a table says is the only source of what a test expects.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from models.canonical import Recorded
from models.hand_offs import HandOff
from models.instants import to_us
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import recorded

ZONE = ZoneInfo("Europe/London")
START = "start"
SECOND = 1_000_000
YEARS = 20 * 365 * 24 * 3_600 * SECOND
POLICE, CPS, MAGS, CROWN = "cleveland-police", "cps-north-east", "hmcts-magistrates", "hmcts-crown"
PROBATION, PRISON, PPCS, YJS = "probation-north-east", "hmp-durham", "ppcs", "yjs-hartlepool"
WCU, VLO = "witness-care-cleveland", "victim-contact-north-east"
BY_STAGE = {
    "charge": POLICE,
    "court": CROWN,
    "sentence": MAGS,
    "probation": PROBATION,
    "release": PRISON,
    "victim": WCU,
}
BY_TYPE = {
    **dict.fromkeys(("charge.file-accepted", "charge.file-rejected", "charge.decision-made"), CPS),
    **dict.fromkeys(("court.idpc-served", "court.ctl-extension-notified", "court.indictment-served"), CPS),
    "court.prosecution-case-served": CPS,
    **dict.fromkeys(
        ("court.first-hearing-held", "court.summary-trial-decided", "court.sent-for-trial"), MAGS
    ),
    **dict.fromkeys(("court.remanded-in-custody", "court.bailed", "court.hearing-resulted"), MAGS),
    "court.national-record-finalised": POLICE,
    "sentence.report-delivered": PROBATION,
    "sentence.referral-panel-held": YJS,
    "sentence.dates-calculated": PRISON,
    "probation.handover-date-set": PRISON,
    **dict.fromkeys(("release.recall-request-received", "release.licence-revoked"), PPCS),
    "release.revocation-notified": PPCS,
    "victim.liaison-contacted": VLO,
}


def local(time: str) -> int:
    """Return the instant of a local time, in microseconds."""
    moment = datetime.fromisoformat(time)
    return to_us(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))


def last_moment(due: str) -> int:
    """Return the last instant in time: of a day its last microsecond, of a time of day itself."""
    if len(due) > len("2026-04-01"):
        return local(due)
    return to_us(datetime.combine(date.fromisoformat(due) + timedelta(days=1), datetime.min.time(), ZONE)) - 1


def local_day(time_us: int) -> date:
    """Return the local date of an instant."""
    return datetime.fromtimestamp(time_us // SECOND, ZONE).date()


@dataclass(frozen=True)
class What:
    """Something that may happen in a case: an event's type and what it tells."""

    type: str
    data: Mapping[str, object] = field(default_factory=dict)
    by: str | None = None

    def __str__(self) -> str:
        return " ".join([self.type, *(f"{name}={value}" for name, value in self.data.items())])


def what(event_type: str, by: str | None = None, **data: object) -> What:
    """Return something that may happen."""
    return What(event_type, data, by)


def said(time: str | int, told: What | str, **over: object) -> Recorded:
    """Return an event at a local time; its publisher is the usual one unless `told` names another."""
    told = told if isinstance(told, What) else What(told)
    source = told.by or BY_TYPE.get(told.type) or BY_STAGE[told.type.partition(".")[0]]
    time_us = time if isinstance(time, int) else local(time)
    plain = {"source": source, "owner": source, "data": dict(told.data)}
    return recorded(told.type, time_us, **(plain | over))


@cache
def rules() -> Rules:
    """Return the rules of the shipped partnership."""
    return Rules.of(shipped("cleveland-and-durham"))


def judged(row: str, events: Iterable[Recorded], now_us: int | None = None) -> list[HandOff]:
    """Return the hand-offs of one row in a case of these events, judged at an instant."""
    return [hand_off for hand_off in reading(events, rules(), now_us).hand_offs if hand_off.rule == row]


def grace_us(row: str) -> int:
    """Return the grace of a row as profile.toml has it: the longest of those who may tell of its stop."""
    profile = rules().profile
    judging = profile.head.judging
    [rule] = [rule for rule in profile.rules if rule.id == row]
    publishers = {role for stop in rule.stop_events for role in profile.event_types[stop].publishers}
    by_role = judging.grace_minutes_by_role
    return max(by_role.get(role, judging.grace_minutes) for role in publishers) * 60 * SECOND


@dataclass(frozen=True)
class Wait:
    """One row: between whom (`*`: who must act), what opens and ends it, and its usual limit.

    `first` stands before every start (a victim who is registered). `starts_on`: the attribute of the start with
    the day on which the clock starts; `stops_on`: the one of the stop by which it is judged.
    """

    row: str
    between: str
    start: What
    stop: What
    limit: str | None = None
    first: tuple[Recorded, ...] = ()
    starts_on: str | None = None
    stops_on: str | None = None

    def like(self, limit: str | None = None, start: What | None = None, **data: object) -> "Wait":
        """Return the same row with another start: other attributes (None: unknown), another limit."""
        start = start or self.start
        return replace(
            self, start=What(start.type, {**start.data, **data}, start.by), limit=limit or self.limit
        )

    def begin(self, time: str | int, **data: object) -> Recorded:
        """Return its start at a local time, its attributes replaced by these; None takes one away."""
        told = {name: value for name, value in {**self.start.data, **data}.items() if value is not None}
        return said(time, What(self.start.type, told, self.start.by), id=START)

    def end(self, time: str | int, on: date | None = None, told: What | None = None) -> Recorded:
        """Return its stop at an instant; `on`: the day by which it is judged, where that is told."""
        told = told or self.stop
        data = {**told.data, **({self.stops_on: str(on)} if self.stops_on and on else {})}
        return said(time, What(told.type, data, told.by), id="stop")
