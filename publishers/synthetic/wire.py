"""What goes out: the records of a case as CloudEvents, one line of JSON each, and when it is sent."""

from collections.abc import Iterator
from typing import NamedTuple

import orjson

from models.envelope import Event
from publishers.synthetic.local_time import MINUTE, written
from publishers.synthetic.recording import Record, Version
from publishers.synthetic.story import Data, Story


class Arrival(NamedTuple):
    """An event as it is sent: when (seconds since 1970), by which case, and its line, without a line end."""

    at: int
    case: str
    place: int
    line: bytes

    @property
    def event(self) -> Event:
        """The event that the line tells."""
        return Event.from_json(self.line)


def arrivals(story: Story, records: list[Record]) -> Iterator[Arrival]:
    """Yield what a case sends, not yet in any order; a repeat is the same line again."""
    case, place = story.case, 0
    for one in records:
        for at, line in _sendings(story, one):
            yield Arrival(at, case, place, line)
            place += 1


def _sendings(story: Story, one: Record) -> Iterator[tuple[int, bytes]]:
    first, corrected = one.first, one.corrected
    line = _line(story, one, first)
    if one.misdated is not None:
        wrong = first._replace(id=f"{first.id}-misdated", at=one.misdated)
        yield first.recorded, _line(story, one, wrong)
    yield first.recorded, line
    for at in one.sent_again:
        yield at, line
    if corrected is not None:
        yield corrected.recorded, _line(story, one, corrected, amends=first.id)
    if one.withdrawn is not None:
        yield one.withdrawn, _withdrawal(story, one, one.withdrawn)


def _line(story: Story, one: Record, version: Version, **links: str) -> bytes:
    said = one.said
    told: dict[str, object] = {
        "specversion": "1.0",
        "id": version.id,
        "source": f"/agency/{said.agency}",
        "type": f"caseflow.{said.name}.v1",
        "subject": story.case,
        "time": written(version.at),
        "recordedtime": written(version.recorded),
        "sequence": said.order,
        "timeprecision": version.precision,
        **links,
        "datacontenttype": "application/json",
        "data": _labelled(story, version.data),
    }
    if said.extends is not None:
        told["extends"] = said.extends
    return orjson.dumps(told)


def _withdrawal(story: Story, one: Record, at: int) -> bytes:
    said = one.said
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": f"{said.id}-withdrawn",
            "source": f"/agency/{said.agency}",
            "type": f"caseflow.{said.name.partition('.')[0]}.event-withdrawn.v1",
            "subject": story.case,
            "time": written(at - MINUTE),
            "recordedtime": written(at),
            "withdraws": said.id,
            "datacontenttype": "application/json",
            "data": _labelled(story, {}),
        }
    )


def _labelled(story: Story, data: Data) -> Data:
    return {**data, "area": story.area, "synthetic": True}
