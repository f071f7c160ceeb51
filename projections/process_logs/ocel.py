"""A log as OCEL 2.0 JSON: events in order of time, and the objects that they touch."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import orjson

from projections.process_logs.entries import LoggedCase, LoggedEvent
from projections.process_logs.naming import Naming
from projections.process_logs.ocel_objects import AT_THE_BEGINNING, OBJECT_TYPES, Related, objects_of
from projections.process_logs.stamps import utc_time
from projections.process_logs.time_order import Spool

EVENT_ATTRIBUTES = {"precision": "string", "published_at": "time"}
DIGITS = 10
"""Of an event's number, so that ids sort as numbers do."""


class OcelLog:
    """Takes cases as they come and writes them sorted at the end; between the two they lie in a spool.

    Ids of events rise in canonical order: by time; of one instant case by case, each in its own order. So whoever
    sorts by time, then id, has every case as it is judged here.
    """

    def __init__(self, file: TextIO, naming: Naming, between: Spool) -> None:
        """Begin with no case."""
        self._file, self._naming, self._spool = file, naming, between
        self._activities: set[str] = set()
        self._cases = 0

    def write(self, case: LoggedCase) -> None:
        """Keep a case for the end."""
        for place, event in enumerate(case.events):
            related = list(objects_of(case, event, self._naming))
            for one in related:
                self._spool.object(one.id, orjson.dumps(_object(one)))
            self._activities.add(self._naming.activity(event.type))
            body = orjson.dumps(_event(event, related, self._naming))
            self._spool.event(event.at_us, self._cases, place, body)
        self._cases += 1

    def close(self) -> None:
        """Write everything."""
        event_types = [_type(name, EVENT_ATTRIBUTES) for name in sorted(self._activities)]
        object_types = [
            _type(name, dict.fromkeys(attributes, "string")) for name, attributes in OBJECT_TYPES.items()
        ]
        self._file.write('{"eventTypes":')
        self._file.write(orjson.dumps(event_types).decode())
        self._file.write(',\n"objectTypes":')
        self._file.write(orjson.dumps(object_types).decode())
        self._list("events", _numbered(self._spool.events()))
        self._list("objects", self._spool.objects())
        self._file.write("\n}\n")

    def _list(self, name: str, items: Iterable[bytes]) -> None:
        self._file.write(f',\n"{name}":[')
        for number, item in enumerate(items):
            self._file.write(",\n" if number else "\n")
            self._file.write(item.decode())
        self._file.write("\n]")


def _numbered(bodies: Iterable[bytes]) -> Iterator[bytes]:
    """Give each event its id, as the first member of its object."""
    return (b'{"id":"e%0*d",' % (DIGITS, number) + body[1:] for number, body in enumerate(bodies, 1))


def _event(event: LoggedEvent, related: Iterable[Related], naming: Naming) -> dict[str, Any]:
    known = {"precision": event.precision}
    if event.published_us is not None:
        known["published_at"] = utc_time(event.published_us)
    return {
        "type": naming.activity(event.type),
        "time": utc_time(event.at_us),
        "attributes": [{"name": name, "value": text} for name, text in known.items()],
        "relationships": [{"objectId": one.id, "qualifier": one.qualifier} for one in related],
    }


def _object(one: Related) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type,
        "attributes": [
            {"name": name, "value": text, "time": AT_THE_BEGINNING} for name, text in one.attributes.items()
        ],
        "relationships": [{"objectId": other, "qualifier": how} for other, how in one.relates_to],
    }


def _type(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in attributes.items()]}
