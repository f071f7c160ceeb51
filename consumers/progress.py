"""How far each process is: what waits before it, by the offsets that count for it."""

from collections.abc import Iterable, Mapping

from aiokafka import TopicPartition

from consumers.lag import Lag, lags, partitions, together
from consumers.projector.work import TOPICS
from infra import topics
from infra.kafka_positions import committed
from infra.settings import Settings
from projections.positions.queries import PositionRow


async def progress(settings: Settings, stored: Iterable[PositionRow]) -> dict[str, Lag]:
    """Return the lag of intake, timelines and projector.

    Intake and timelines go by the offsets of their groups, the projector by the positions stored with its rows.

    Raises:
        NoTopicError: the broker lacks a topic.
        TimeoutError, aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    sizes = await partitions(settings, {*topics.RAW, *TOPICS})
    told = await committed(settings, topics.INTAKE_GROUP)
    folded = await committed(settings, topics.TIMELINES_GROUP)
    rows = {(row.topic, row.partition): row.next_offset for row in stored}
    reached = {
        "intake": _reached(sizes, topics.RAW, told),
        "timelines": _reached(sizes, (topics.EVENTS,), folded),
        "projector": _reached(sizes, TOPICS, rows),
    }
    return {name: together(await lags(settings, places)) for name, places in reached.items()}


def _reached(
    sizes: Mapping[str, int], names: Iterable[str], known: Mapping[tuple[str, int], int]
) -> dict[TopicPartition, int]:
    """Return where a reader stands on every partition of its topics; at 0 where it never began."""
    places = ((name, number) for name in names for number in range(sizes[name]))
    return {TopicPartition(*place): known.get(place, 0) for place in places}
