"""The database held against the log: every partition replayed, every row compared, nothing changed."""

from caseflow.errors import CommandError
from caseflow.progress import Meter
from caseflow.rebuilding.servers import projected, reached
from caseflow.wiring import profile_of
from consumers.projector.checking import check
from consumers.projector.comparing import Comparing
from infra import kafka_positions, topics
from infra.postgres import connect
from infra.settings import Settings
from models.rules import Rules

NAME = "caseflow-rebuild-check"


async def checked(settings: Settings) -> list[Comparing]:
    """Return how the database compares with what the log says, by partition; caseflow may run meanwhile.

    Looks up to where timelines has read, and waits until what it has told of that is stored.

    Raises:
        CommandError: nothing moves, or timelines has read nothing of a partition yet.
        ProfileError, ProfileFilesError: the profile has a mistake, or is missing.
        aiokafka.errors.KafkaError, asyncpg.PostgresError, OSError: a server does not answer.
    """
    rules = Rules.of(profile_of(settings))
    async with reached(settings) as running:
        read = await kafka_positions.committed(running, topics.TIMELINES_GROUP)
        await projected(running)
        places = [(number, read.get((topics.EVENTS, number), 0)) for number in range(running.partitions)]
        ends = await kafka_positions.ends(running, [topics.EVENTS])
        unread = [number for number, until in places if ends[topics.EVENTS, number] and not until]
        if unread:
            raise CommandError(
                f"timelines has read nothing of {topics.EVENTS}, partition {unread[0]}: start it, then check again"
            )
        connection = await connect(running.database_url, NAME)
        try:
            with Meter("comparing", "records") as meter:
                total, before, found = sum(until for _, until in places), 0, []
                for place in places:

                    def show(offset: int, before: int = before) -> None:
                        meter.at(before + offset, total, before + offset)

                    found.append(await check(running, connection, rules, place, show))
                    before += place[1]
                return found
        finally:
            await connection.close()
