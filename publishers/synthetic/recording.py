"""How a story is recorded: later than it happened, sometimes wrongly, sometimes twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from models.envelope import Event, Precision
from models.identities import derived_id
from publishers.synthetic import calibration as c
from publishers.synthetic.story import Said, Story

_WRONG_BY = {"day": timedelta(days=1), "minute": timedelta(minutes=50), "second": timedelta(minutes=50)}


class Arrival(NamedTuple):
    """An event and when it is sent: as it is recorded, or again later where it is sent twice."""

    at: datetime
    event: Event


def record(story: Story, world: str) -> Iterator[Arrival]:
    """Return the events of a story, not yet in any order.

    Ids follow from the world (seed and size), the case and the place in the story: the same story gives the
    same events, whenever it is told.
    """
    for number, said in enumerate(story.said):
        event_id = derived_id("synthetic", world, story.case, str(number))
        recorded = said.at + _lag(story, said)
        event = _event(story.case, event_id, said, recorded, number)
        yield from _with_slips(story, event)


def _with_slips(story: Story, event: Event) -> Iterator[Arrival]:
    """Return an event as it is sent, with at most one slip."""
    recorded = event.recordedtime or event.time
    slip = story.chance.one_of(c.SLIPS)
    right_at = recorded + timedelta(minutes=round(60 * story.chance.amount(c.PUT_RIGHT_HOURS)))
    match slip:
        case "amended":
            yield Arrival(
                recorded, event.model_copy(update={"time": event.time - _WRONG_BY[event.timeprecision]})
            )
            update = {"id": derived_id(event.id, "amended"), "amends": event.id, "recordedtime": right_at}
            yield Arrival(right_at, event.model_copy(update=update))
        case "said-in-error":
            wrong = event.model_copy(update={"id": derived_id(event.id, "in error")})
            yield Arrival(recorded, event)
            yield Arrival(recorded, wrong)
            yield Arrival(right_at, _withdrawal(wrong, right_at))
        case "repeated":
            yield Arrival(recorded, event)
            yield Arrival(right_at, event)
        case _:
            yield Arrival(recorded, event)


def _withdrawal(wrong: Event, at: datetime) -> Event:
    return Event(
        id=derived_id(wrong.id, "withdrawn"),
        source=wrong.source,
        type=f"caseflow.{wrong.stage}.event-withdrawn.v1",
        subject=wrong.subject,
        time=at,
        recordedtime=at,
        withdraws=wrong.id,
        data={"area": wrong.data["area"], "synthetic": True},
    )


def _event(case: str, event_id: str, said: Said, recorded: datetime, number: int) -> Event:
    known = {name: value for name, value in said.data.items() if value is not None}
    precision: Precision = "day" if said.by_day else "minute" if said.role == "police" else "second"
    return Event(
        id=event_id,
        source=f"/agency/{said.agency}",
        type=f"caseflow.{said.name}.v1",
        subject=case,
        time=_written(said.at, precision),
        recordedtime=recorded.astimezone(UTC).replace(microsecond=0),
        sequence=number,
        timeprecision=precision,
        data={**known, "synthetic": True},
    )


def _written(at: datetime, precision: Precision) -> datetime:
    """Return the time as precise as the record keeps it, in UTC."""
    match precision:
        case "day":
            kept = datetime.combine(at.date(), time(), at.tzinfo)
        case "minute":
            kept = at.replace(second=0, microsecond=0)
        case "second":
            kept = at.replace(microsecond=0)
    return kept.astimezone(UTC)


def _lag(story: Story, said: Said) -> timedelta:
    if story.chance.happens(c.FORGOTTEN):
        return story.chance.days(c.FORGOTTEN_FOR)
    return story.chance.hours(c.RECORDING_HOURS.get(said.role, c.RECORDING_HOURS_ELSEWHERE)) + timedelta(
        seconds=1
    )
