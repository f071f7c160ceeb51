"""A case as a process-mining log tells it: its events in canonical order, and what it still waits for."""

from dataclasses import dataclass
from typing import NamedTuple


class LoggedEvent(NamedTuple):
    """One event of a timeline; instants in microseconds.

    `type`, `org` and `at_us` are as judged: `at_us` is cut to the local date where its case is, and `org` is None
    where nobody knows who held the case. Everything else is as it was first told.
    """

    type: str
    org: str | None
    at_us: int
    source: str
    id: str
    acting: str | None
    precision: str
    published_us: int | None
    area: str | None
    hearing: str | None
    offence: str | None


class OpenHandOff(NamedTuple):
    """A standard hand-off that has not ended; instants in microseconds since 1970 UTC."""

    rule: str
    title: str
    sender: str
    receiver: str
    owner: str | None
    state: str
    started_us: int
    due_us: int | None
    time_limit: str | None
    certainty: str | None


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """One case. `cut`: its times are local dates x 86,400 s, written as if UTC."""

    ref: str
    area: str | None
    cut: bool
    events: tuple[LoggedEvent, ...]
    open: tuple[OpenHandOff, ...]
