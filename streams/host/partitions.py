"""To which partition a case belongs: Kafka's own default, so that every client agrees."""

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=1 << 16)
def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of a key: murmur2, positive, modulo; cached, because it is computed in Python."""
    number: int = (murmur2(key) & 0x7FFFFFFF) % partitions
    return number
