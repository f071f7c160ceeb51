"""A leader that does not see the topics assigns nothing: it ends, and a restart joins anew."""

from contextlib import suppress
from types import SimpleNamespace

import pytest

from streams.host.assignor import SeeingAssignor, TopicsUnseenError


class Cluster:
    """What a broker has told of its topics."""

    def __init__(self, **partitions: set[int]) -> None:
        self.partitions = partitions

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return self.partitions.get(topic)


def assigning(cluster: Cluster) -> list[BaseException]:
    failed: list[BaseException] = []

    def fail(error: BaseException) -> None:
        failed.append(error)
        raise SystemExit

    assignor = SeeingAssignor.__new__(SeeingAssignor)
    assignor.app = SimpleNamespace(host=SimpleNamespace(fail=fail), tracer=None)
    assignor._assign = lambda *_: {}
    members = {"one": SimpleNamespace(subscription=["seen", "other"])}
    with suppress(SystemExit):
        assignor.assign(cluster, members)
    return failed


def test_topics_that_are_all_there_are_assigned() -> None:
    assert assigning(Cluster(seen={0}, other={0, 1})) == []


@pytest.mark.parametrize("told", [{"seen": {0}}, {"seen": {0}, "other": set()}])
def test_a_topic_that_the_broker_does_not_tell_of_ends_the_process(told: dict[str, set[int]]) -> None:
    [error] = assigning(Cluster(**told))
    assert isinstance(error, TopicsUnseenError)
    assert "other" in str(error)
