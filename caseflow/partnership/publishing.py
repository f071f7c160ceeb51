"""Telling the partnership's cases: the history at once, then each event when the clock shows its time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from caseflow.console import say
from caseflow.partnership.plan import Plan
from caseflow.progress import Meter
from infra import clock
from infra.kafka_positions import Place
from infra.settings import Settings
from models.envelope import Event
from models.profile import Profile
from models.refusals import Refused
from publishers.as_of import send_as_of
from publishers.sdk import Publisher, prepare
from publishers.synthetic.partnership import tell

EVENTS_BETWEEN_BREATHS = 200
LOOK_S = 0.1
FOR_EVER = timedelta(days=3_650)


async def publish_history(settings: Settings, profile: Profile, plan: Plan) -> dict[Place, int]:
    """Publish what is known when the history ends, and its as-of; return the last offset by partition.

    Raises:
        PublishError: the broker does not take the events.
        IntakeTooSlowError: intake does not read them.
    """
    count, ends = 0, plan.progress.history_ends
    with Meter("publishing the history", "events") as meter:
        async with Publisher(settings) as publisher:
            bulk = publisher.bulk()
            for arrival in tell(plan.world, ends, plan.since):
                event = arrival.event.model_copy(update={"history": True})
                outgoing = prepare(event, profile)
                if not isinstance(outgoing, Refused):
                    await bulk.add(outgoing)
                    count += 1
                if count % EVENTS_BETWEEN_BREATHS == 0:
                    meter.at(count, None, count)
                    await asyncio.sleep(0)
            await bulk.flush()
        say(f"{count:,} events of the 90 days before {ends.date()} in {meter.seconds:.1f} s")
    return bulk.last | await send_as_of(settings, ends, bulk.last)


class Playing:
    """Publishes each event of the days after the history when the clock shows its time.

    `reached` is the time up to which everything has been published.
    """

    def __init__(self, settings: Settings, profile: Profile, plan: Plan) -> None:
        """Publish nothing yet."""
        self._settings, self._profile, self._plan = settings, profile, plan
        self.reached = plan.progress.reached
        self.events = self.refused = 0
        self.last: dict[Place, int] = {}

    async def play(self, until: datetime | None) -> None:
        """Publish up to an instant of the clock; None: until cancelled.

        Raises:
            PublishError: the broker does not take an event.
        """
        waiting = self._arrivals(until or self.reached + FOR_EVER)
        at, event = next(waiting, (None, None))
        async with Publisher(self._settings) as publisher:
            while until is None or self.reached < until:
                now = clock.now() if until is None else min(clock.now(), until)
                sent = []
                while at is not None and event is not None and at <= now:
                    outgoing = prepare(event, self._profile)
                    if isinstance(outgoing, Refused):
                        self.refused += 1
                    else:
                        sent.append(await publisher.send_prepared(outgoing))
                    at, event = next(waiting, (None, None))
                for receipt in [await one.receipt() for one in sent]:
                    self.last[receipt.topic, receipt.partition] = receipt.offset
                self.events += len(sent)
                self.reached = now
                await asyncio.sleep(LOOK_S)

    def _arrivals(self, until: datetime) -> Iterator[tuple[datetime, Event]]:
        begins = self.reached.timestamp()
        for arrival in tell(self._plan.world, until, self._plan.since):
            if arrival.at > begins:
                yield datetime.fromtimestamp(arrival.at, UTC), arrival.event
