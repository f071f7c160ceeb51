"""Where alerts leave for: addresses and secrets of this installation, in a TOML file of its own.

A profile names targets; only this file knows what stands behind a name. Nothing of it is ever shown.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)

SHORTEST_SECRET = 16

Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")]


class AlertTargetsError(RuntimeError):
    """The targets file cannot be used; the message names the place in it, and never what stands there."""


def _web_address(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("http://", "https://")):
        raise ValueError("start it with https:// or http://")
    return url


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"take {SHORTEST_SECRET} characters or more")
    return secret


Key = Annotated[SecretStr, AfterValidator(_long_enough)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class WebhookTarget(_Part):
    """One receiver of signed JSON; it knows the same secret."""

    url: Annotated[SecretStr, AfterValidator(_web_address)]
    secret: Key


class MailServer(_Part):
    """The mail server that takes every e-mail, and the addresses behind each name."""

    host: str
    port: int = Field(587, ge=1, le=65_535)
    sender: Address
    user: str | None = None
    password: SecretStr | None = None
    tls: Literal["starttls", "tls", "none"] = "starttls"
    to: Mapping[str, Annotated[tuple[Address, ...], Field(min_length=1)]] = Field(default_factory=dict)


class ChatTarget(_Part):
    """One room of a chat service, as an apprise address: its token is part of it."""

    url: SecretStr


class AlertTargets(_Part):
    """The whole file: `[webhook.NAME]`, `[email]` with `[email.to]`, `[chat.NAME]`, and `pseudonym_key`."""

    pseudonym_key: Key | None = None
    webhook: Mapping[str, WebhookTarget] = Field(default_factory=dict)
    email: MailServer | None = None
    chat: Mapping[str, ChatTarget] = Field(default_factory=dict)

    def has(self, channel: str, name: str) -> bool:
        """Return whether there is an address of this name for a channel; Kafka needs none."""
        known: Mapping[str, Mapping[str, object]] = {
            "webhook": self.webhook,
            "email": self.email.to if self.email else {},
            "chat": self.chat,
        }
        return channel not in known or name in known[channel]


def read_alert_targets(file: Path | None) -> AlertTargets:
    """Return what the targets file holds; without a file there are no targets.

    Raises:
        AlertTargetsError: it cannot be read, is not TOML, or a value cannot be used.
    """
    if file is None:
        return AlertTargets()
    try:
        return AlertTargets.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise AlertTargetsError(
            f"the alert targets cannot be read from {file} ({type(error).__name__}): see CASEFLOW_ALERT_TARGETS"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise AlertTargetsError(f"{file} is not valid TOML: {error}") from None
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise AlertTargetsError(f"{file} cannot be used: {said}") from None
