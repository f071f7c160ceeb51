"""Who is in a consumer group now?"""

from infra import kafka
from infra.settings import Settings

MEMBERS = 5
"""Where the members stand in a described group, in every version of the protocol."""


async def members(settings: Settings, group: str) -> int:
    """Return how many members a group has, one that died counted until its session has run out; changes nothing.

    A group that never was has none.

    Raises:
        aiokafka.errors.KafkaError, OSError: the broker does not answer.
    """
    admin = kafka.admin(settings)
    try:
        await admin.start()
        described = await admin.describe_consumer_groups([group])
    finally:
        await admin.close()
    return sum(len(one[MEMBERS]) for answer in described for one in answer.groups)
