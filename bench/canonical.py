"""The canonical log as intake would have written it: the load of the timelines stage with its real fold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.raw_events import PROFILE, RawEvent, raw_events
from infra.profile_files import read_profile_files
from models.canonical import Recorded, encode_record
from models.checks import accept
from models.instants import to_us
from models.parsing import read_event
from models.profile import Profile, parse_profile
from models.refusals import Refused

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
_APPENDED = to_us(BEGAN + timedelta(days=60))
"""When all of them are read: after the last, whatever the size of the load."""


def canonical_records(events: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield key and value of canonical records, made of raw events by intake's own checks.

    Raises:
        ValueError: intake would refuse one of them.
    """
    profile = parse_profile(read_profile_files(PROFILE, directory=None))
    for offset, raw in enumerate(raw_events("load", 0, events, BEGAN)):
        yield raw.case.encode(), encode_record(_accepted(raw, profile, offset))


def _accepted(raw: RawEvent, profile: Profile, offset: int) -> Recorded:
    read = read_event(raw.value)
    event = read if isinstance(read, Refused) else accept(read, profile, _APPENDED, (raw.topic, 0, offset))
    if isinstance(event, Refused):
        raise ValueError(f"intake would refuse {raw.id}: {event}")  # noqa: TRY004 - a wrong load, not a type
    return event
