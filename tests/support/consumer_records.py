"""Consumer records made by hand, as aiokafka would give them."""

from aiokafka import ConsumerRecord

from infra import topics


def record(
    value: bytes | None,
    *,
    topic: str = topics.EVENTS,
    partition: int = 0,
    offset: int = 0,
    key: bytes | None = b"C1",
    headers: tuple[tuple[str, bytes | None], ...] = (),
) -> ConsumerRecord[bytes, bytes]:
    size = len(value or b"")
    return ConsumerRecord(topic, partition, offset, 1_700_000_000_000, 0, key, value, None, 0, size, headers)
