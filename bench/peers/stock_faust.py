"""Peer: the fold on Faust as it comes, event by event, at least once, state in memory with a changelog."""

import faust
import orjson
from fold import FirstEvent, decode, entry, output, this_run

PARTITIONS = 4
RAW = {"key_type": bytes, "value_type": bytes, "key_serializer": "raw", "value_serializer": "raw"}

run = this_run()
first = FirstEvent()
app = faust.App(
    run.group,
    broker=f"kafka://{run.bootstrap}",
    store="memory://",
    datadir=run.scratch,
    web_enabled=False,
    topic_disable_leader=True,
    topic_partitions=PARTITIONS,
    topic_replication_factor=1,
    consumer_auto_offset_reset="earliest",
    table_standby_replicas=0,
)
source = app.topic(run.source, **RAW)
outputs = app.topic(run.output, partitions=PARTITIONS, **RAW)
timelines = app.Table("timelines", partitions=PARTITIONS, key_type=bytes, value_type=bytes)


@app.agent(source)
async def grow(stream):
    """Add each event to its case's timeline and send one output."""
    async for record in stream.events():
        first.tell()
        event, case = decode(record.value), record.key
        stored = timelines.get(case)
        timeline = orjson.loads(stored) if stored else []
        timeline.append(entry(event))
        timelines[case] = orjson.dumps(timeline)
        await outputs.send(key=case, value=output(event))


if __name__ == "__main__":
    faust.Worker(app, loglevel="WARNING", quiet=True).execute_from_commandline()
