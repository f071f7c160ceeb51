"""Why an event may be refused: one catalogue of reasons, and the value that carries one."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The check at which an event was refused."""

    DECODE = "decode"
    VALIDATE = "validate"
    AUTHORISE = "authorise"
    DATE = "date"
    IDENTITY = "identity"
    STORE = "store"


class Reason(StrEnum):
    """Every reason for a refusal; the text is what stands in a dead letter."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    NUL_CHARACTER = "nul-character"
    MISSING_CASE = "missing-case"
    WRONG_SHAPE = "wrong-shape"
    UNKNOWN_TYPE = "unknown-type"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_ORGANISATION = "unknown-organisation"
    SOURCE_NOT_ALLOWED = "source-not-allowed"
    HISTORY_NOT_ALLOWED = "history-not-allowed"
    BEFORE_1970 = "before-1970"
    IN_THE_FUTURE = "in-the-future"
    OUTSIDE_WINDOW = "outside-window"
    CONFLICT = "conflict"
    NOT_STORABLE = "not-storable"


MEANING: dict[Reason, str] = {
    Reason.EMPTY: "the message has no bytes",
    Reason.TOO_LARGE: "the message is larger than 1 MiB",
    Reason.NOT_JSON: "the bytes are not valid JSON in UTF-8",
    Reason.NUL_CHARACTER: "a text holds the NUL character, which the database cannot store",
    Reason.MISSING_CASE: "the event names no case (`subject`)",
    Reason.WRONG_SHAPE: "an attribute is absent or has the wrong type",
    Reason.UNKNOWN_TYPE: "the profile knows no such event type",
    Reason.UNKNOWN_SOURCE: "the profile knows no such agency as publisher",
    Reason.UNKNOWN_ORGANISATION: "the acting or owning organisation is not in the profile",
    Reason.SOURCE_NOT_ALLOWED: "the profile does not let this agency publish this event type",
    Reason.HISTORY_NOT_ALLOWED: "the profile takes no imported history",
    Reason.BEFORE_1970: "the event is said to have happened before 1970",
    Reason.IN_THE_FUTURE: "the event is said to happen more than 24 hours after it was published",
    Reason.OUTSIDE_WINDOW: "the event lies outside the dates that the profile declares for its source",
    Reason.CONFLICT: "an event with this id is already known with other content",
    Reason.NOT_STORABLE: "the database refused this record alone",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that is known to be wrong: what, at which check, and where in the event."""

    reason: Reason
    step: Step
    detail: str
    source: str = ""
    case: str = ""
