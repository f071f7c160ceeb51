"""Reading the bytes of a raw record as an event: every input is an event or a refusal with its reason."""

import orjson
from pydantic import JsonValue, ValidationError

from models.envelope import MAX_EVENT_BYTES, Event
from models.refusals import Reason, Refused, Step


def read_event(value: bytes | None) -> Event | Refused:
    """Read the bytes of a raw record as an event.

    Returns:
        The event, or the reason why the bytes are none. Never raises on any input.
    """
    if not value:
        return Refused(Reason.EMPTY, Step.DECODE, "publish the event as structured CloudEvents JSON")
    if len(value) > MAX_EVENT_BYTES:
        detail = (
            f"{len(value)} bytes, at most {MAX_EVENT_BYTES}: send a reference to documents, not the documents"
        )
        return Refused(Reason.TOO_LARGE, Step.DECODE, detail)
    try:
        fields = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        return Refused(Reason.NOT_JSON, Step.DECODE, shortened(str(error)))
    if b"\\u0000" in value and _holds_nul(fields):
        return Refused(Reason.NUL_CHARACTER, Step.DECODE, "remove \\u0000 from the texts of the event")
    return read_fields(fields)


def read_fields(fields: object) -> Event | Refused:
    """Read what the JSON of a record says (or a row of a table, in the same words) as an event.

    Returns:
        The event, or which attribute is wrong and why. Never raises on JSON values.
    """
    if not isinstance(fields, dict):
        return Refused(Reason.WRONG_SHAPE, Step.VALIDATE, "an event is a JSON object")
    source = as_text(fields.get("source")).removeprefix("/agency/")[:64]
    case = fields.get("subject")
    if case is None or (isinstance(case, str) and not case.strip()):
        return Refused(Reason.MISSING_CASE, Step.VALIDATE, "set `subject` to the case reference", source)
    try:
        return Event.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the event"
        return Refused(
            Reason.WRONG_SHAPE, Step.VALIDATE, shortened(f"{where}: {first['msg']}"), source, as_text(case)
        )


def _holds_nul(value: JsonValue) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(k) or _holds_nul(v) for k, v in value.items())
    return isinstance(value, list) and any(_holds_nul(v) for v in value)


def as_text(value: object) -> str:
    """Return a value that ought to be text, at most 256 characters of it; empty when it is none."""
    return value[:256] if isinstance(value, str) else ""


def shortened(text: str) -> str:
    """Return a message of at most 300 characters: long enough to act on."""
    return text if len(text) <= 300 else text[:297] + "..."
