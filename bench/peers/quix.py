"""Peer: the fold on Quix Streams, exactly once: a transaction a second, state in RocksDB with a changelog."""

from fold import FirstEvent, decode, entry, output, this_run
from quixstreams import Application

COMMIT_INTERVAL_S = 1.0

run = this_run()
first = FirstEvent()
app = Application(
    broker_address=run.bootstrap,
    consumer_group=run.group,
    auto_offset_reset="earliest",
    state_dir=run.scratch,
    loglevel="WARNING",
    use_changelog_topics=True,
    commit_interval=COMMIT_INTERVAL_S,
    processing_guarantee="exactly-once",
)
source = app.topic(run.source, key_deserializer="bytes", value_deserializer="bytes")
outputs = app.topic(run.output, key_serializer="bytes", value_serializer="bytes")


def grow(value, state):
    """Add one event to its case's timeline; return the output."""
    first.tell()
    event = decode(value)
    timeline = state.get("timeline") or []
    timeline.append(entry(event))
    state.set("timeline", timeline)
    return output(event)


if __name__ == "__main__":
    app.dataframe(source).apply(grow, stateful=True).to_topic(outputs)
    app.run()
