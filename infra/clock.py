"""The one wall clock: every other place takes time as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place


def now_us() -> int:
    """Return the present instant in microseconds since 1970 UTC."""
    return int(now().timestamp() * 1_000_000)
