"""The one place that decides whether an event is accepted: publishers, imports and intake ask here."""

from datetime import datetime

from pydantic import JsonValue

from models.canonical import Recorded
from models.envelope import Event
from models.identifiers import read_identifiers
from models.identities import content_hash
from models.instants import DAY_US, local_date, to_us
from models.parsing import as_text, shortened
from models.profile import UNKNOWN_AGENCY, Profile
from models.profile_parts import Agency
from models.refusals import Reason, Refused, Step

Raw = tuple[str, int, int]

MAX_NESTING = 64
"""Every later stage writes the content inside its own records, and JSON is written 254 levels deep at most."""


def refusal(event: Event, profile: Profile, appended_us: int) -> Refused | None:
    """Return the first check that an event fails, in the order authorise, date, shape; None: it is accepted.

    Args:
        event: as published.
        profile: who may say what, when, and for whom.
        appended_us: when the broker (or the publisher, before sending) had it, microseconds.
    """
    reason = _forbidden(event, profile)
    if reason is not None:
        return _refused(event, reason, Step.AUTHORISE, _forbidden_detail(event, reason))
    return _impossible(event, profile, appended_us) or _too_deep(event)


def accept(event: Event, profile: Profile, appended_us: int, raw: Raw) -> Recorded | Refused:
    """Check an event, and resolve what later stages need of it: times, parties, identity, identifiers.

    Args:
        event: as published.
        profile: who may say what, when, and for whom.
        appended_us: when the broker had it, microseconds.
        raw: where it stood: topic, partition, offset.

    Returns:
        The canonical record, or what `refusal` says.
    """
    wrong = refusal(event, profile, appended_us)
    if wrong is not None:
        return wrong
    time_us = _instant(event.time, profile)
    try:
        digest = _hash(event, time_us)
    except TypeError as error:
        # Code may build what JSON has no word for: a lone surrogate, an integer of more than 64 bits.
        detail = shortened(f"its content cannot be written as JSON: {error}")
        return _refused(event, Reason.WRONG_SHAPE, Step.VALIDATE, detail)
    publisher = _publisher(event, profile)
    acting = as_text(event.data.get("actingOrg")) or publisher.code
    data, notes = read_identifiers(event.data, local_date(appended_us, profile.tz).year)
    recorded_us = None if event.recordedtime is None else _instant(event.recordedtime, profile)
    return Recorded(
        id=event.id,
        source=publisher.code,
        type=event.name,
        subject=event.subject,
        time_us=time_us,
        precision=event.timeprecision,
        sequence=event.sequence or 0,
        recorded_us=recorded_us,
        published_us=recorded_us if event.history else appended_us,
        amends=event.amends,
        withdraws=event.withdraws,
        extends=event.extends,
        history=event.history,
        ahead=time_us > appended_us,
        acting=acting,
        owner=_owner(event, profile, acting, time_us),
        area=as_text(event.data.get("area")) or _only(publisher.areas),
        hash=digest,
        raw=raw,
        data=data,
        extensions=event.model_extra or {},
        notes=notes,
    )


def _publisher(event: Event, profile: Profile) -> Agency:
    return profile.agencies[profile.code_of(event.agency) or event.agency]


def _forbidden(event: Event, profile: Profile) -> Reason | None:
    """Return why the profile does not let this source say this, or None."""
    code = profile.code_of(event.agency)
    if code is None:
        return Reason.UNKNOWN_SOURCE
    name = event.name
    if name not in profile.event_types:
        return Reason.UNKNOWN_TYPE
    if not profile.may_publish(code, name):
        return Reason.SOURCE_NOT_ALLOWED
    if event.history and not profile.accepts_history:
        return Reason.HISTORY_NOT_ALLOWED
    data = event.data
    if _is_stranger(data.get("actingOrg"), profile) or _is_stranger(data.get("ownerOrg"), profile):
        return Reason.UNKNOWN_ORGANISATION
    return None


def _is_stranger(code: JsonValue, profile: Profile) -> bool:
    return code is not None and not (isinstance(code, str) and code in profile.agencies)


def _owner(event: Event, profile: Profile, acting: str, time_us: int) -> str | None:
    """Return who owns what was done: as told, else for whom the acting agency acts; None when nobody knows."""
    owner = as_text(event.data.get("ownerOrg"))
    if not owner:
        acts_for_others = profile.agencies[acting].acts_for
        owner = profile.owner_of(acting, local_date(time_us, profile.tz)) if acts_for_others else acting
    return None if owner == UNKNOWN_AGENCY else owner


def _forbidden_detail(event: Event, reason: Reason) -> str:
    match reason:
        case Reason.UNKNOWN_SOURCE:
            return f"{event.source}: add the agency to the profile, or correct `source`"
        case Reason.UNKNOWN_TYPE:
            return f"{event.type}: add the event type to the profile, or correct `type`"
        case Reason.UNKNOWN_ORGANISATION:
            return "data.actingOrg or data.ownerOrg: use codes of the profile's agencies"
        case _:
            return f"{event.source} said {event.type}: see `publishers` in the profile's events.toml"


def _impossible(event: Event, profile: Profile, appended_us: int) -> Refused | None:
    """Refuse what cannot have happened, or been recorded, when it is said to."""
    time_us = _instant(event.time, profile)
    reason = _out_of_bounds(time_us, appended_us)
    if reason is not None:
        return _wrong_date(event, reason, "time", event.time)
    window = _publisher(event, profile).window
    if window is not None and not window.includes(local_date(time_us, profile.tz)):
        detail = f"time {event.time.isoformat()}: {event.source} declares {window.since} to {window.until}"
        return _refused(event, Reason.OUTSIDE_WINDOW, Step.DATE, detail)
    if event.recordedtime is None:
        return None
    reason = _out_of_bounds(_instant(event.recordedtime, profile), appended_us)
    return None if reason is None else _wrong_date(event, reason, "recordedtime", event.recordedtime)


def _out_of_bounds(time_us: int, appended_us: int) -> Reason | None:
    if time_us < 0:
        return Reason.BEFORE_1970
    return Reason.IN_THE_FUTURE if time_us > appended_us + DAY_US else None


def _wrong_date(event: Event, reason: Reason, attribute: str, time: datetime) -> Refused:
    return _refused(event, reason, Step.DATE, f"{attribute} {time.isoformat()}: correct the date")


def _too_deep(event: Event) -> Refused | None:
    if not (_nests_deeper(event.data, MAX_NESTING) or _nests_deeper(event.model_extra or {}, MAX_NESTING)):
        return None
    detail = f"its content nests deeper than {MAX_NESTING} levels: flatten it"
    return _refused(event, Reason.WRONG_SHAPE, Step.VALIDATE, detail)


def _refused(event: Event, reason: Reason, step: Step, detail: str) -> Refused:
    return Refused(reason, step, detail, event.agency, event.subject)


def _hash(event: Event, time_us: int) -> str:
    """Return the hash of what is told: not of when it was recorded or how it travelled."""
    parts = (event.type, time_us, event.timeprecision, event.sequence or 0)
    links = (event.amends, event.withdraws, event.extends)
    return content_hash(*parts, *links, event.data, event.model_extra or {})


def _instant(time: datetime, profile: Profile) -> int:
    """Return microseconds since 1970; a time without a zone is local to the profile."""
    return to_us(time if time.tzinfo else time.replace(tzinfo=profile.tz))


def _nests_deeper(value: JsonValue, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    nested = [each for each in inner if isinstance(each, (dict, list))]
    return bool(nested) and (levels <= 1 or any(_nests_deeper(each, levels - 1) for each in nested))


def _only(codes: frozenset[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None
