"""The fold that every Python candidate runs: one event added to its case's growing timeline.

Imported by candidates of more than one environment: it knows the standard library, pydantic and orjson alone.
"""

import os
import sys
from dataclasses import dataclass
from datetime import datetime

import orjson
from pydantic import BaseModel


class Payload(BaseModel):
    """The part of a test event that no timeline keeps."""

    ref: str
    priority: str
    note: str


class Event(BaseModel):
    """A test event, validated whole, as an agency's event would be."""

    event_id: str
    case_id: str
    org: str
    type: str
    occurred_at: datetime
    recorded_at: datetime
    seq: int
    to_org: str | None = None
    payload: Payload


Entry = tuple[float, str, str, str]
"""What a timeline keeps of an event: seconds since 1970, organisation, type, id."""

decode = Event.model_validate_json


def entry(event: Event) -> Entry:
    """Return what the timeline keeps of an event."""
    return (event.occurred_at.timestamp(), event.org, event.type, event.event_id)


def output(event: Event) -> bytes:
    """Return the one output of an event."""
    return orjson.dumps({"id": event.event_id})


@dataclass(frozen=True)
class Run:
    """What every candidate is told on its command line, in this order."""

    bootstrap: str
    source: str
    output: str
    group: str
    scratch: str


def this_run() -> Run:
    """Read the command line."""
    return Run(*sys.argv[1:6])


class FirstEvent:
    """Tells the harness, once, that the first event is being processed: from here on the clock runs."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told = False

    def tell(self) -> None:
        """Write the line; later calls do nothing. Not `print`: Faust takes standard output over."""
        if not self._told:
            self._told = True
            os.write(1, b'{"first_event": true}\n')
