"""How far a reader is, asked of a real Kafka."""

import pytest

from infra.kafka_positions import waiting
from infra.settings import Settings

pytestmark = pytest.mark.servers


async def test_where_nothing_is_left_the_look_ends_at_once_and_quietly(settings: Settings) -> None:
    place = ("any", 0)
    assert await waiting(settings, {place: 7}, {place: 7}) == {place: 0}
