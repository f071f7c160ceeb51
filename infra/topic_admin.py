"""The broker's topics against the catalogue: creating what is missing, saying what differs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import (
    KafkaError,
    NoError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
    for_code,
)

from infra.kafka import admin
from infra.settings import Settings
from infra.topics import CATALOGUE, Topic

LEADERS_WITHIN_S = 30.0
_APPLY = "create it with `caseflow topics apply`"


class TopicAdminError(RuntimeError):
    """Kafka did not answer, or did not create a topic: the message says which and why."""


async def apply(settings: Settings) -> list[str]:
    """Create the topics of the catalogue that are missing, and wait until each partition has a leader.

    May be repeated, also by several at once. What exists is left as it is: `check` tells how it differs.

    Returns:
        The names of the topics that were created.

    Raises:
        TopicAdminError: Kafka cannot be reached or refuses.
    """
    async with _client(settings) as client:
        known = await _topics(client)
        wanted = [topic for topic in CATALOGUE if topic.name not in known]
        created = await _create(client, wanted, settings) if wanted else []
        await _wait_for_leaders(client)
        return created


async def missing(settings: Settings) -> list[str]:
    """Return the topics of the catalogue that the broker does not have.

    Raises:
        TopicAdminError: Kafka cannot be reached.
    """
    async with _client(settings) as client:
        known = await _topics(client)
    return [topic.name for topic in CATALOGUE if topic.name not in known]


async def check(settings: Settings) -> list[str]:
    """Return every difference between the catalogue and the broker, one sentence each; empty: none.

    Raises:
        TopicAdminError: Kafka cannot be reached.
    """
    async with _client(settings) as client:
        known = await _topics(client)
        present = [topic for topic in CATALOGUE if topic.name in known]
        configs = await _configs(client, present)
        differences = []
        for topic in CATALOGUE:
            if topic.name not in known:
                differences.append(f"{topic.name} is missing: {_APPLY}")
                continue
            differences += _shape_differences(topic.name, known[topic.name], settings)
            differences += _config_differences(topic, configs[topic.name])
        return differences


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    client = admin(settings)
    try:
        await client.start()
        yield client
    except (KafkaError, OSError) as error:
        raise TopicAdminError(
            f"Kafka at {settings.bootstrap} does not answer as it should ({type(error).__name__}: {error}): "
            "see that it runs and that the user may describe and create topics"
        ) from error
    finally:
        await client.close()


async def _topics(client: AIOKafkaAdminClient) -> dict[str, dict[str, Any]]:
    """Return the description of every topic of the broker by its name."""
    return {topic["topic"]: topic for topic in await client.describe_topics()}


async def _create(client: AIOKafkaAdminClient, wanted: list[Topic], settings: Settings) -> list[str]:
    new = [
        NewTopic(t.name, settings.partitions, settings.replication, topic_configs=t.config) for t in wanted
    ]
    response = await client.create_topics(new)
    created = []
    for name, code, *message in response.topic_errors:
        kind = for_code(code)
        if kind is NoError:
            created.append(name)
        elif kind is not TopicAlreadyExistsError:  # another process was quicker
            said = message[0] if message and message[0] else kind.__name__
            raise TopicAdminError(f"{name} was not created: {said}")
    return created


async def _wait_for_leaders(client: AIOKafkaAdminClient) -> None:
    """Wait until every topic of the catalogue can be written to."""
    clock = asyncio.get_running_loop()
    deadline = clock.time() + LEADERS_WITHIN_S
    while True:
        leaderless = _leaderless(await _topics(client))
        if not leaderless:
            return
        if clock.time() > deadline:
            names = ", ".join(leaderless)
            raise TopicAdminError(f"{names}: no leader after {LEADERS_WITHIN_S:g} s: see Kafka's log")
        await asyncio.sleep(0.05)


def _leaderless(known: dict[str, dict[str, Any]]) -> list[str]:
    names = (topic.name for topic in CATALOGUE)
    return [n for n in names if n not in known or any(p["leader"] < 0 for p in known[n]["partitions"])]


def _shape_differences(name: str, described: dict[str, Any], settings: Settings) -> list[str]:
    partitions = described["partitions"]
    differences = []
    if len(partitions) != settings.partitions:
        differences.append(
            f"{name} has {len(partitions)} partitions, expected {settings.partitions}: their number is fixed "
            f"for life, so set CASEFLOW_PARTITIONS={len(partitions)} or begin with empty topics"
        )
    copies = sorted({len(partition["replicas"]) for partition in partitions})
    if copies != [settings.replication]:
        differences.append(
            f"{name} has replication factor {', '.join(map(str, copies))}, expected {settings.replication}: "
            "reassign its replicas with Kafka's own tool"
        )
    return differences


async def _configs(client: AIOKafkaAdminClient, topics: list[Topic]) -> dict[str, dict[str, str]]:
    """Return, by topic, the present values of the settings that the catalogue names."""
    if not topics:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, t.name, dict.fromkeys(t.config)) for t in topics]
    found: dict[str, dict[str, str]] = {}
    for response in await client.describe_configs(asked):
        for code, message, _, name, entries in response.resources:
            if code:
                raise for_code(code)(message or UnknownTopicOrPartitionError.description)
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found


def _config_differences(topic: Topic, present: dict[str, str]) -> list[str]:
    return [
        f"{topic.name} has {key}={present.get(key)}, expected {value}: change it with Kafka's own tool"
        for key, value in topic.config.items()
        if present.get(key) != value
    ]
