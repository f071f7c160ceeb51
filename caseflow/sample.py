"""The sample that `caseflow demo` publishes: a few hundred synthetic cases, the same ones every time."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.progress import Meter
from infra.kafka_positions import Place
from infra.settings import Settings
from models.envelope import Event
from models.profile import Profile
from models.refusals import Refused
from publishers.sdk import Publisher, prepare
from publishers.synthetic.partnership import generate

CASES = 300
SEED = 1
EVENTS_BETWEEN_BREATHS = 200


async def publish(settings: Settings, profile: Profile, until: datetime) -> dict[Place, int]:
    """Publish what 300 synthetic cases have told until an instant; return the last offset by partition.

    A later repeat publishes the same events, which change nothing, and what happened since.

    Raises:
        CommandError: there is no sample for this profile.
        PublishError: the broker does not take the events.
    """
    count = refused = 0
    with Meter(f"publishing a sample of {CASES} synthetic cases", "events") as meter:
        async with Publisher(settings) as publisher:
            bulk = publisher.bulk()
            for event in _events(profile, until):
                outgoing = prepare(event, profile)
                if isinstance(outgoing, Refused):
                    refused += 1
                    continue
                await bulk.add(outgoing)
                count += 1
                if count % EVENTS_BETWEEN_BREATHS == 0:
                    meter.at(count, None, count)
                    await asyncio.sleep(0)
            await bulk.flush()
        said = f", {refused:,} refused" if refused else ""
        say(f"{count:,} events of {CASES} synthetic cases in {meter.seconds:.1f} s{said}")
    return bulk.last


def check(profile: Profile, until: datetime) -> None:
    """Raise CommandError where there is no sample for a profile."""
    next(_events(profile, until), None)


def _events(profile: Profile, until: datetime) -> Iterator[Event]:
    try:
        yield from generate(profile, CASES, SEED, until)
    except ValueError as error:
        raise CommandError(f"{error} (--events FILE)") from error
