"""Recalls that fall due at a chosen instant: the load of everything that is measured in wall time."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from bench.raw_events import PROFILE
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.envelope import Event
from models.instants import from_us
from models.profile import parse_profile
from models.rules import Rules
from publishers.sdk import Publisher

ROW = "H40"
"""A recall decision becomes a request; counted in hours, so that a deadline may lie at any instant."""
LIMIT_US = timedelta(hours=24) // timedelta(microseconds=1)
"""Of that row. Every measurement compares the deadlines that caseflow tells with those that were meant."""

_DIGITS = 6


def grace_us() -> int:
    """Return the grace of the row in the profile under measurement, in microseconds."""
    rules = Rules.of(parse_profile(read_profile_files(PROFILE, directory=None)))
    return rules.graces_us[ROW]


def case(load: str, number: int) -> str:
    """Return the reference of one case of a load."""
    return f"{load}-{number:0{_DIGITS}d}"


def load_of(ref: str) -> str:
    """Return the load that a case belongs to."""
    return ref.rpartition("-")[0]


def cases_of(load: str) -> str:
    """Return the pattern, as of SQL's LIKE, of the references of a load."""
    return f"{load}-{'_' * _DIGITS}"


def recall_decided(ref: str, deadline_us: int, grace: int) -> Event:
    """Return a recall whose request is overdue from this instant on: due instant plus `grace`."""
    decided_us = deadline_us - grace - LIMIT_US
    return _said("decided", "probation-north-east", "probation.recall-decided", ref, decided_us)


def request_received(ref: str, at_us: int) -> Event:
    """Return the request that answers it."""
    return _said("received", "ppcs", "release.recall-request-received", ref, at_us)


async def publish(settings: Settings, events: Iterable[Event]) -> None:
    """Publish events and return when the broker has them all."""
    async with Publisher(settings) as publisher:
        await asyncio.gather(*[await publisher.send(event) for event in events])


def _said(event_id: str, agency: str, name: str, ref: str, at_us: int) -> Event:
    return Event(
        id=event_id,
        source=f"/agency/{agency}",
        type=f"caseflow.{name}.v1",
        subject=ref,
        time=from_us(at_us),
        data={"recallType": "standard", "area": "durham"},
    )
