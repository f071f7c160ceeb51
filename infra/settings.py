"""The one settings object: everything that differs between a laptop, a test and a cluster."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Frozen settings, read from the environment (`CASEFLOW_<NAME>`) and from keyword arguments.

    Built once, in `caseflow/wiring.py`, and handed on. `kafka` and `database` are None where the embedded
    servers are meant; `at` gives a copy that knows the addresses of running ones.
    """

    model_config = SettingsConfigDict(env_prefix="CASEFLOW_", frozen=True, extra="forbid")

    data: Path = Field(Path(".caseflow"), description="Directory of the embedded servers and local stores.")
    cache: Path | None = Field(None, description="Where Kafka's jars are kept; None: the user's cache.")
    profile: str = Field("cleveland-and-durham", description="Folder of the partnership's profile.")
    profiles_dir: Path | None = Field(None, description="Where profiles lie; None: those of the package.")

    kafka: str | None = Field(None, description="Bootstrap servers host:port[,...]; None: embedded.")
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    kafka_user: str | None = None
    kafka_password: SecretStr | None = None
    kafka_ca_file: Path | None = Field(None, description="Certificates to trust; None: the system's.")
    kafka_cert_file: Path | None = Field(None, description="Own certificate, where the cluster asks for one.")
    kafka_key_file: Path | None = None

    database: SecretStr | None = Field(None, description="postgresql+asyncpg URL; None: embedded.")

    partitions: int = Field(4, ge=1, le=1000, description="Of every topic keyed by case; a cluster takes 12.")
    replication: int = Field(1, ge=1, le=10, description="Copies of every partition; a cluster takes 3.")

    store: Literal["rocksdb", "memory"] = "rocksdb"
    worker: str = Field("one", pattern=r"^[a-z0-9-]+$", description="Names this worker's own store folder.")
    cached_cases: int = Field(20_000, ge=1, description="Decoded cases a timelines worker keeps at hand.")
    session_timeout_s: float = Field(30.0, ge=1.0, description="Silence after which Kafka drops a worker.")
    max_poll_records: int = Field(6_000, ge=1, description="Most records of one batch, one transaction.")

    alert_targets: Path | None = Field(
        None, description="TOML file with the addresses that alerts leave for."
    )
    alert_link: str | None = Field(None, description="Where people look at alerts: the start of every link.")

    pace: str | None = Field(None, description="SHOWN/WALL/SPEED: the clock of a demonstration, never ahead.")
    fault: str | None = Field(None, description="POINT@N: a fault test kills the process there.")

    metrics_host: str = Field("127.0.0.1", description="Address that /metrics and /health listen on.")
    metrics_port: int = Field(0, ge=0, le=65_535, description="0 takes a free port.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool | None = Field(None, description="None: JSON unless standard error is a terminal.")

    @model_validator(mode="after")
    def _secured_as_a_whole(self) -> Self:
        if self.kafka_security.startswith("SASL") and not (self.kafka_user and self.kafka_password):
            raise ValueError(
                f"CASEFLOW_KAFKA_SECURITY={self.kafka_security} needs CASEFLOW_KAFKA_USER and "
                "CASEFLOW_KAFKA_PASSWORD"
            )
        if (self.kafka_cert_file is None) != (self.kafka_key_file is None):
            raise ValueError("CASEFLOW_KAFKA_CERT_FILE and CASEFLOW_KAFKA_KEY_FILE go together: set both")
        return self

    @property
    def bootstrap(self) -> str:
        """Return the Kafka address in use.

        Raises:
            NoAddressError: none is set, so the embedded server is meant and not yet known.
        """
        return self._known(self.kafka, "Kafka")

    @property
    def database_url(self) -> str:
        """Return the SQLAlchemy URL in use, password included: never log it.

        Raises:
            NoAddressError: none is set, so the embedded server is meant and not yet known.
        """
        return self._known(self.database.get_secret_value() if self.database else None, "PostgreSQL")

    def at(self, kafka: str, database: str) -> "Settings":
        """Return a copy that points at these two servers."""
        return self.model_copy(update={"kafka": kafka, "database": SecretStr(database)})

    def environment(self) -> dict[str, str]:
        """Return the environment of a child process that is to have the same settings: passwords included."""
        own: dict[str, str] = {}
        for name, value in self:
            if value is not None:
                text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
                own[f"CASEFLOW_{name.upper()}"] = text
        return dict(os.environ) | own  # noqa: TID251 - this is the one place

    def _known(self, address: str | None, server: str) -> str:
        if not address:
            raise NoAddressError(
                f"no {server} address: start the embedded servers on {self.data} with `caseflow up`, or set "
                f"CASEFLOW_{'KAFKA' if server == 'Kafka' else 'DATABASE'}"
            )
        return address


class NoAddressError(RuntimeError):
    """A server is needed whose address is not known."""
