"""What the exactly-once host relies on inside Faust and aiokafka: a moved pin must show here first.

These are private parts of faust-streaming 0.15.3 and aiokafka 0.14.0, overridden or read in streams/host.
"""

import inspect
from importlib.metadata import version
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder
from faust.app.base import App
from faust.stores import memory, rocksdb
from faust.tables.recovery import Recovery
from faust.transport import consumer as base
from faust.transport.drivers import aiokafka as driver
from faust.types.tuples import ConsumerMessage

from streams.host.driver import CommittedThread, HostConsumer, HostTransport


@pytest.mark.parametrize(
    ("distribution", "pinned"),
    [("faust-streaming", "0.15.3"), ("mode-streaming", "0.7.1"), ("aiokafka", "0.14.0")],
)
def test_the_pins_are_those_the_host_was_tested_with(distribution: str, pinned: str) -> None:
    assert version(distribution) == pinned


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (driver.Consumer, "_new_consumer_thread", ["self"]),
        (driver.Consumer, "_to_message", ["self", "tp", "record"]),
        (base.ThreadDelegateConsumer, "_getmany", ["self", "active_partitions", "timeout"]),
        (base.ThreadDelegateConsumer, "_commit", ["self", "offsets"]),
        (base.ThreadDelegateConsumer, "highwaters", ["self", "partitions"]),
        (base.Consumer, "_add_gap", ["self", "tp", "offset_from", "offset_to"]),
        (base.Consumer, "_new_offset", ["self", "tp"]),
        (base.Consumer, "on_partitions_revoked", ["self", "revoked"]),
        (base.Consumer, "on_partitions_assigned", ["self", "assigned", "generation_id"]),
        (driver.AIOKafkaConsumerThread, "_create_worker_consumer", ["self", "transport"]),
        (App, "_new_transport", ["self"]),
        (rocksdb.Store, "_db_for_partition", ["self", "partition"]),
        (rocksdb.Store, "set_persisted_offset", ["self", "tp", "offset"]),
        (BatchBuilder, "append", ["self", "timestamp", "key", "value", "headers"]),
    ],
)
def test_an_overridden_part_has_the_signature_it_was_written_against(
    owner: Any, name: str, parameters: list[str]
) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_the_host_overrides_what_exists_and_invents_nothing() -> None:
    for ours, theirs in ((HostConsumer, driver.Consumer), (CommittedThread, driver.AIOKafkaConsumerThread)):
        own = {name for name, value in vars(ours).items() if inspect.isfunction(value)} - {"_or_stop"}
        assert own <= set(dir(theirs))
    assert issubclass(HostTransport.Consumer, driver.Transport.Consumer)


def test_the_consumer_reads_its_isolation_level_and_waiting_time_when_it_starts() -> None:
    source = inspect.getsource(AIOKafkaConsumer.start)
    assert "isolation_level=self._isolation_level" in source
    assert "fetch_max_wait_ms=self._fetch_max_wait_ms" in source


def test_the_app_is_rebalancing_until_recovery_has_sought_the_committed_offsets() -> None:
    source = inspect.getsource(Recovery.on_recovery_completed)
    assert source.index("consumer.perform_seek()") < source.index("on_rebalance_end()")


def test_the_memory_store_knows_the_partition_of_its_keys() -> None:
    assert "_key_partition" in inspect.getsource(memory.Store.__post_init__)


def test_a_batch_is_delivered_under_the_offset_of_its_first_record() -> None:
    assert {"send_batch", "create_batch", "begin_transaction", "send_offsets_to_transaction"} <= set(
        dir(AIOKafkaProducer)
    )
    assert "base_offset" in inspect.getsource(inspect.getmodule(BatchBuilder))


def test_a_message_takes_the_fields_that_the_host_fills() -> None:
    fields = set(inspect.signature(ConsumerMessage.__init__).parameters)
    assert {"tp", "generation_id", "value", "offset", "timestamp_type", "serialized_key_size"} <= fields
