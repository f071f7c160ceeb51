"""Events as the whole of caseflow would store them, without a broker: accepted, folded, written as rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aiokafka import ConsumerRecord

from consumers.projector import work
from infra import topics
from infra.postgres import connect, migrate
from models.canonical import Recorded, encode_record
from models.changes import encode_change
from models.checks import accept
from models.envelope import Event
from models.profile import Profile
from models.refusals import Refused
from models.rules import Rules
from projections.filled_with.queries import PROFILE
from streams.timelines.folding import Folding
from tests.support.consumer_records import record


@dataclass
class InMemory:
    """The states of one partition, in a dict."""

    kept: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, key: bytes) -> bytes | None:
        return self.kept.get(key)

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        return iter(self.kept.items())

    def put(self, states: Mapping[bytes, bytes]) -> None:
        self.kept |= states


async def store(
    url: str, profile: Profile, events: Iterable[Event], appended_us: int, tick_us: int | None = None
) -> int:
    """Migrate a database and fill it with these events, judged at `tick_us`; return how many were accepted."""
    await migrate(url)
    connection = await connect(url, "test")
    await work.prepare(connection)
    insert = "INSERT INTO setting VALUES ($1, $2) ON CONFLICT DO NOTHING"
    await connection.execute(insert, PROFILE, profile.name)
    states, offset = InMemory(), 0
    folding = Folding(0, Rules.of(profile), states, 1 << 30)
    told = []
    for event in events:
        accepted = accept(event, profile, appended_us, (f"caseflow.{event.stage}", 0, offset))
        assert not isinstance(accepted, Refused), accepted
        told.append((offset, accepted))
        folding.apply(accepted, offset)
        offset += 1
    changes, kept = folding.take()
    states.put(kept)
    if tick_us is not None:
        folding.load_heap()
        for ref in list(folding.due_by(tick_us)):
            folding.judge(ref, tick_us, offset)
        judged, _ = folding.take()
        changes = [*changes, *judged]
    rows = work.decide(
        [
            *(_event(offset, accepted) for offset, accepted in told),
            *(record(encode_change(one), topic=topics.CHANGES) for one in changes),
        ]
    )
    assert rows.refusals == []
    async with connection.transaction():
        await work.write(connection, rows)
    await connection.close()
    return len(told)


def _event(offset: int, accepted: Recorded) -> ConsumerRecord[bytes, bytes]:
    return record(encode_record(accepted), offset=offset, key=accepted.subject.encode())
