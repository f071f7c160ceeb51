"""A real Kafka and a real PostgreSQL as child processes, from wheels and jars alone."""

from infra.embedded.data_directory import Addresses, claim, running
from infra.embedded.errors import (
    DataDirectoryInUseError,
    EmbeddedServerError,
    JarMismatchError,
    OtherProfileError,
)
from infra.embedded.kafka import KafkaServer
from infra.embedded.postgres import PostgresServer
from infra.embedded.servers import Servers, embedded

__all__ = [
    "Addresses",
    "DataDirectoryInUseError",
    "EmbeddedServerError",
    "JarMismatchError",
    "KafkaServer",
    "OtherProfileError",
    "PostgresServer",
    "Servers",
    "claim",
    "embedded",
    "running",
]
