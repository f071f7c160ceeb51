"""Kafka client factories: every aiokafka client of the project is made here, with the same security."""

import ssl
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from infra.settings import Settings

PRODUCER_DEFAULTS = {
    "acks": "all",
    "enable_idempotence": True,
    "linger_ms": 5,
    "max_batch_size": 256 << 10,
    "max_request_size": 17 << 20,  # a raw message may have 16 MiB, and then there are its headers
}
CONSUMER_DEFAULTS = {
    "enable_auto_commit": False,
    "isolation_level": "read_committed",
    "auto_offset_reset": "earliest",
    "max_partition_fetch_bytes": 4 << 20,
    "fetch_max_bytes": 48 << 20,
}


def kafka_client_options(settings: Settings) -> dict[str, Any]:
    """Return the keyword arguments that every aiokafka client takes: address and security.

    Raises:
        NoAddressError: the settings name no Kafka.
        OSError: a certificate file cannot be read.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap,
        "security_protocol": settings.kafka_security,
    }
    return options | _tls(settings) | _sasl(settings)


def producer(settings: Settings, **over: Any) -> AIOKafkaProducer:  # noqa: ANN401 - aiokafka's own arguments
    """Return an idempotent producer that waits for every replica; not yet started.

    `over` replaces single defaults; with `transactional_id` it becomes transactional.
    """
    return AIOKafkaProducer(**(kafka_client_options(settings) | PRODUCER_DEFAULTS | over))


def consumer(settings: Settings, *topics: str, **over: Any) -> AIOKafkaConsumer:  # noqa: ANN401 - aiokafka's own
    """Return a consumer that reads committed records from the beginning and commits only when told.

    Not yet started. A session is `session_timeout_s` long with three heartbeats in it; `over` replaces single
    defaults (`group_id` first of all).
    """
    session_ms = int(settings.session_timeout_s * 1000)
    session = {"session_timeout_ms": session_ms, "heartbeat_interval_ms": max(100, session_ms // 3)}
    return AIOKafkaConsumer(*topics, **(kafka_client_options(settings) | CONSUMER_DEFAULTS | session | over))


def admin(settings: Settings, **over: Any) -> AIOKafkaAdminClient:  # noqa: ANN401 - aiokafka's own arguments
    """Return an admin client; not yet started."""
    return AIOKafkaAdminClient(**(kafka_client_options(settings) | over))


def _tls(settings: Settings) -> dict[str, Any]:
    if not settings.kafka_security.endswith("SSL"):
        return {}
    context = ssl.create_default_context(cafile=settings.kafka_ca_file)
    if settings.kafka_cert_file and settings.kafka_key_file:
        context.load_cert_chain(settings.kafka_cert_file, settings.kafka_key_file)
    return {"ssl_context": context}


def _sasl(settings: Settings) -> dict[str, Any]:
    if not settings.kafka_security.startswith("SASL") or settings.kafka_password is None:
        return {}
    return {
        "sasl_mechanism": settings.kafka_sasl_mechanism,
        "sasl_plain_username": settings.kafka_user,
        "sasl_plain_password": settings.kafka_password.get_secret_value(),
    }
