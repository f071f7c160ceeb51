"""The record that ends an import of history: the day up to which the imported log is complete."""

from datetime import datetime

import orjson

from models.instants import from_us, to_us

AS_OF_TYPE = "caseflow.clock.as-of.v1"


def encode_as_of(time_us: int) -> bytes:
    """Return the CloudEvents record that says: this import knows everything before `time_us`."""
    written = from_us(time_us).isoformat()
    fields = {
        "specversion": "1.0",
        "id": f"as-of/{written}",
        "source": "/agency/import",
        "type": AS_OF_TYPE,
        "subject": "~clock",
        "time": written,
    }
    return orjson.dumps(fields)


def read_as_of(value: bytes | None) -> int | None:
    """Return the time of an as-of record in microseconds; None when the bytes are no such record."""
    try:
        fields = orjson.loads(value or b"null")
        if not isinstance(fields, dict) or fields.get("type") != AS_OF_TYPE:
            return None
        return to_us(datetime.fromisoformat(fields["time"]))
    except (ValueError, TypeError, KeyError):
        return None
