"""An event on its way out: checked, written as bytes, with its topic and key."""

from typing import NamedTuple

from infra.clock import now_us
from infra.topics import RAW
from models.checks import refusal
from models.envelope import MAX_EVENT_BYTES, Event
from models.parsing import read_event
from models.profile import Profile
from models.refusals import Reason, Refused, Step

_TOPICS = frozenset(RAW)


class Outgoing(NamedTuple):
    """What goes to Kafka: the topic of the stage, the case as key, the event as structured JSON."""

    topic: str
    key: bytes
    value: bytes


def prepare(event: Event, profile: Profile | None = None, value: bytes | None = None) -> Outgoing | Refused:
    """Return the event as it is to be sent, or why it would not be accepted. Sends nothing.

    Args:
        event: as built or read.
        profile: with it, everything that intake will check is checked now.
        value: the bytes that the event was read from; they are then sent as they are.
    """
    topic = f"caseflow.{event.stage}"
    if topic not in _TOPICS:
        detail = f"{event.type}: there is no topic for stage {event.stage}"
        return _refused(event, Reason.UNKNOWN_TYPE, Step.AUTHORISE, detail)
    if value is None:
        written = _written(event)
        if isinstance(written, Refused):
            return written
        value = written
    if profile is not None:
        wrong = refusal(event, profile, now_us())
        if wrong is not None:
            return wrong
    return Outgoing(topic, event.subject.encode(), value)


def _written(event: Event) -> bytes | Refused:
    """Write the event; only a text that looks like NUL needs a second reading."""
    try:
        value = event.to_json()
    except ValueError as error:
        return _refused(event, Reason.NOT_JSON, Step.DECODE, str(error))
    if len(value) > MAX_EVENT_BYTES:
        detail = f"{len(value)} bytes, at most {MAX_EVENT_BYTES}: send a reference to documents instead"
        return _refused(event, Reason.TOO_LARGE, Step.DECODE, detail)
    if b"\\u0000" in value:
        read = read_event(value)
        if isinstance(read, Refused):
            return read
    return value


def _refused(event: Event, reason: Reason, step: Step, detail: str) -> Refused:
    return Refused(reason, step, detail, event.agency, event.subject)
