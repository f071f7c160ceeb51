"""What leaves the timelines stage beside the internal changes: the public hand-offs, and refused conflicts."""

from datetime import datetime

import orjson

from infra.dead_letters import DeadLetter, Origin, dead_letter, origin_of
from models.canonical import Recorded
from models.changes import CaseChange
from models.envelope import Event
from models.hand_offs import HandOff
from models.identities import derived_id
from models.instants import from_us
from models.refusals import MEANING, Reason, Step
from streams.host.effects import Out, Record

PROCESS = "timelines"


def public_hand_offs(topic: str, number: int, change: CaseChange) -> list[Out]:
    """Return a CloudEvents record for each standard hand-off that a change judged anew."""
    version = str(change.version)
    return [public_hand_off(topic, number, change.case, one, version) for one in change.hand_offs]


def public_hand_off(topic: str, number: int, case: str, hand_off: HandOff, version: str) -> Out:
    """Return the CloudEvents record of a judgement; its id follows from the hand-off and the version."""
    fields = {
        "specversion": "1.0",
        "id": derived_id(hand_off.id, version),
        "source": "/caseflow/timelines",
        "type": f"caseflow.hand-off.{hand_off.state.replace('_', '-')}.v1",
        "subject": case,
        "datacontenttype": "application/json",
        "data": hand_off._asdict(),
    }
    return Out(topic, number, case.encode(), orjson.dumps(fields))


def unreadable_letter(record: Record, error: Exception, at: datetime) -> DeadLetter:
    """Return the dead letter of a record in the canonical log that intake did not write."""
    return dead_letter(
        origin_of(record),
        reason="not-canonical",
        detail=f"not a record that intake writes: {type(error).__name__}",
        step="decode",
        process=PROCESS,
        at=at,
    )


def conflict_letter(record: Record, event: Recorded, known_hash: str, at: datetime) -> DeadLetter:
    """Return the dead letter of an event whose id is known with other content, as it could be published again."""
    topic, partition, offset = event.raw
    appended_ms = (event.published_us or 0) // 1000
    return dead_letter(
        Origin(topic, partition, offset, appended_ms, record.key, as_published(event).to_json(), ()),
        reason=Reason.CONFLICT,
        detail=f"{MEANING[Reason.CONFLICT]} ({known_hash[:12]}, now {event.hash[:12]}): use `amends` to correct it",
        step=Step.IDENTITY,
        process=PROCESS,
        at=at,
        source=event.source,
        case=event.subject,
    )


def as_published(event: Recorded) -> Event:
    """Return an accepted event in the form in which agencies publish."""
    return Event.model_validate(
        {
            **event.extensions,
            "id": event.id,
            "source": f"/agency/{event.source}",
            "type": f"caseflow.{event.type}.v1",
            "subject": event.subject,
            "time": from_us(event.time_us),
            "recordedtime": None if event.recorded_us is None else from_us(event.recorded_us),
            "sequence": event.sequence,
            "timeprecision": event.precision,
            "amends": event.amends,
            "withdraws": event.withdraws,
            "extends": event.extends,
            "history": event.history,
            "data": event.data,
        }
    )
