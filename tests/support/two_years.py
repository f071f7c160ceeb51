"""Two years of a synthetic partnership in a database, published an hour after they happened."""

from datetime import UTC, datetime

from infra.postgres import connect
from infra.settings import Settings
from models.instants import to_us
from publishers.synthetic.partnership import generate
from tests.support.judged import store
from tests.support.profiles import shipped

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
"""The instant up to which they are told."""
CASES = 500
# A test stores everything at once; an agency that told of two years in a minute would be known of late for years.
PUBLISHED = "UPDATE case_event SET published_at = least(occurred_at + interval '1 hour', $1)"
KNOWN = """
UPDATE hand_off h SET started_known_us = h.started_us + 3600000000,
    stopped_known_us = h.stopped_us + 3600000000
"""


async def filled(settings: Settings) -> None:
    """Fill an empty database with the partnership of Cleveland and Durham."""
    profile = shipped("cleveland-and-durham")
    events = list(generate(profile, CASES, 11, NOW))
    await store(settings.database_url, profile, events, to_us(NOW), to_us(NOW))
    connection = await connect(settings.database_url, "test")
    await connection.execute(PUBLISHED, NOW)
    await connection.execute(KNOWN)
    await connection.close()
