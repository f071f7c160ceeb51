"""Between two sessions nothing that was fetched in the first may reach a lane of the second."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

from faust.types import TP

from infra.settings import Settings
from streams.host.effects import Batch
from streams.host.host import Host
from tests.support.raw import Fetched

SOURCE, CHANGELOG = TP("caseflow.events", 0), TP("caseflow.timelines", 0)


class Listening:
    """A lane's twin that remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[Batch] = []
        self.records = 0

    def put(self, batch: Batch) -> None:
        self.given.append(batch)

    def close(self) -> None:
        """Nothing is in flight here."""


def hosting():
    host = Host(
        SimpleNamespace(rebalancing=False), Settings(data=Path("unused")), ["caseflow.events"], lambda _: None
    )
    lane = Listening()
    host._lanes = {0: lane}
    return host, lane


def fetched(*offsets):
    return [Fetched(b"", offset, topic=SOURCE.topic) for offset in offsets]


def test_each_batch_tells_the_offset_that_it_follows():
    host, _ = hosting()
    told = [
        host.as_batches({SOURCE: fetched(*offsets)}, host.session)[SOURCE][0] for offsets in ((1, 2), (5, 6))
    ]
    assert [batch.after for batch in told] == [None, 2]


def test_changelog_records_stay_single():
    host, _ = hosting()
    records = fetched(1, 2)
    assert host.as_batches({CHANGELOG: records}, host.session) == {CHANGELOG: records}


def test_a_fetch_that_began_before_the_partitions_changed_hands_is_dropped():
    host, _ = hosting()
    began = host.session
    asyncio.run(host.settle())
    assert host.as_batches({SOURCE: fetched(1), CHANGELOG: fetched(9)}, began).keys() == {CHANGELOG}
    [batch] = host.as_batches({SOURCE: fetched(7)}, host.session)[SOURCE]
    assert batch.after is None, "nothing of the dropped fetch is remembered"


def test_a_batch_of_an_earlier_session_never_reaches_a_new_lane():
    host, _ = hosting()
    [stale] = host.as_batches({SOURCE: fetched(1)}, host.session)[SOURCE]
    asyncio.run(host.settle())
    new_lane = Listening()
    host._lanes = {0: new_lane}
    host.accept(stale)
    assert new_lane.given == []
    [fresh] = host.as_batches({SOURCE: fetched(1)}, host.session)[SOURCE]
    host.accept(fresh)
    assert new_lane.given == [fresh]
