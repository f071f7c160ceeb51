"""An event as an agency publishes it: CloudEvents 1.0, structured JSON, with this project's extensions."""

import re
from datetime import datetime
from typing import Annotated, Literal, Self

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

MAX_EVENT_BYTES = 1 << 20
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}")
_OPTIONAL = ("recordedtime", "sequence", "amends", "withdraws", "extends")
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _written_time(value: object) -> object:
    """Admit an RFC 3339 text (or a datetime in code): numbers would be read as seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and _TIMESTAMP.match(value)):
        return value
    raise ValueError("a time is written as RFC 3339 text, for example 2026-11-22T09:30:00Z")


def _whole_number(value: object) -> object:
    """Admit 3 and "3": CloudEvents writes its `sequence` as text."""
    if isinstance(value, bool) or not (
        isinstance(value, int) or (isinstance(value, str) and value.isdigit())
    ):
        raise ValueError("a sequence is a whole number from 0")
    return int(value)


def _not_reserved(value: str) -> str:
    if value.startswith("~") or not value.strip():
        raise ValueError("a case reference is not blank and does not begin with ~")
    return value


Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=256, pattern=_PRINTABLE)]
Written = Annotated[datetime, BeforeValidator(_written_time)]
Sequence = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, lt=1 << 31)]
Precision = Literal["second", "minute", "day"]


class Event(BaseModel):
    """One event of one case, before it is checked against a profile.

    Times without a zone are local times of the profile. Attributes not named here are kept as they are.
    """

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)

    specversion: Literal["1.0"] = "1.0"
    id: Text
    source: Annotated[Text, StringConstraints(pattern=r"^/agency/[a-z0-9][a-z0-9-]*$")]
    type: Annotated[Text, StringConstraints(pattern=r"^caseflow\.[a-z]+\.[a-z0-9-]+\.v1$")]
    subject: Annotated[Text, AfterValidator(_not_reserved)]
    time: Written
    recordedtime: Written | None = None
    sequence: Sequence | None = None
    timeprecision: Precision = "second"
    amends: Text | None = None
    withdraws: Text | None = None
    extends: Text | None = None
    history: Annotated[bool, Field(strict=True)] = False
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _withdraws_or_tells(self) -> Self:
        """A correction may be of an extension, and then is both; a withdrawal is nothing else."""
        if self.withdraws is not None and not (self.amends is None and self.extends is None):
            raise ValueError("an event that withdraws another neither amends nor extends one: send two")
        return self

    @property
    def agency(self) -> str:
        """The code of the publishing agency: `source` without its prefix."""
        return self.source.removeprefix("/agency/")

    @property
    def name(self) -> str:
        """The short name of the type: `charge.charged` of `caseflow.charge.charged.v1`."""
        return self.type.removeprefix("caseflow.").removesuffix(".v1")

    @property
    def stage(self) -> str:
        """The stage, which is also the last word of the topic it is published to."""
        return self.type.split(".", 2)[1]

    def to_json(self) -> bytes:
        """Return the structured CloudEvents form; attributes that are absent are left out.

        Raises:
            ValueError: `data` holds what JSON cannot carry (a lone surrogate, too deep a nesting).
        """
        try:
            return orjson.dumps(self.model_dump(exclude=self._absent()))
        except TypeError as error:
            raise ValueError(f"event {self.id} cannot be written as JSON: {error}") from error

    def _absent(self) -> set[str]:
        """Name the own attributes that are absent; a foreign one that is null stays null."""
        absent = {name for name in _OPTIONAL if getattr(self, name) is None}
        return absent if self.history else {*absent, "history"}

    @classmethod
    def from_json(cls, value: bytes) -> Self:
        """Read the structured form; raises ValueError (pydantic's names the attribute) when it is not one."""
        return cls.model_validate(orjson.loads(value))
