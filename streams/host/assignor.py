"""Faust's assignor, unless the leader does not see the topics: then it would give nobody anything, for good."""

from collections.abc import Mapping
from typing import Any

from faust.assignor.partition_assignor import PartitionAssignor


class TopicsUnseenError(RuntimeError):
    """A rebalance came before the broker had told of its topics again: a restart joins anew, and sees them."""


class SeeingAssignor(PartitionAssignor):
    """Assigns as Faust's does, over topics that are all there.

    A broker that has just started may let a group rebalance before it knows its own topics. Faust leaves topics
    that are missing out, each member gets nothing, and nothing ever asks for another rebalance.
    """

    def assign(self, cluster: Any, member_metadata: Mapping[str, Any]) -> Any:  # noqa: ANN401 - Faust's and aiokafka's own types
        """Return the assignment; the process ends, for a restart to heal, where a topic is not seen."""
        subscribed = {topic for member in member_metadata.values() for topic in member.subscription}
        unseen = sorted(topic for topic in subscribed if not cluster.partitions_for_topic(topic))
        if unseen:
            self.app.host.fail(TopicsUnseenError(f"the broker does not tell of {', '.join(unseen)} yet"))
        return super().assign(cluster, member_metadata)
