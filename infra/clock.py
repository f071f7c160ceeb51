"""The one wall clock: every other place takes time as an argument. A demonstration may let it run faster."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FORM = "SHOWN/WALL/SPEED, such as 2026-11-12T08:00:00Z/2026-11-22T20:00:00Z/3600"


class PaceError(ValueError):
    """A pace is not written as SHOWN/WALL/SPEED, or would let the clock run ahead of the wall's or backwards."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A demonstration's clock: it showed `shown` when the wall's showed `wall`, and runs `speed` times as fast.

    It starts behind the wall's clock, and once it has caught up both show the same: it is never ahead, so that no
    event lies in the future.
    """

    shown: datetime
    wall: datetime
    speed: float

    def __post_init__(self) -> None:
        """Refuse what would lie ahead."""
        if self.shown > self.wall or self.speed < 1:
            raise PaceError(f"{self}: the clock starts behind the wall's and is not slower ({FORM})")

    def __str__(self) -> str:
        """Return it as `read_pace` reads it."""
        return f"{self.shown.isoformat()}/{self.wall.isoformat()}/{self.speed:g}"

    def at(self, wall: datetime) -> datetime:
        """Return what this clock shows at an instant of the wall's."""
        since = max(wall - self.wall, timedelta())
        if since * (self.speed - 1) >= self.wall - self.shown:
            return wall
        return self.shown + since * self.speed


def read_pace(text: str) -> Pace:
    """Return the pace that a setting names.

    Raises:
        PaceError: it is written in another form.
    """
    try:
        shown, wall, speed = text.split("/")
        return Pace(datetime.fromisoformat(shown), datetime.fromisoformat(wall), float(speed))
    except (ValueError, TypeError) as error:
        raise PaceError(f"'{text}' is no pace of a clock: write {FORM}") from error


class _Kept:
    """The pace of this process; None: the wall's own."""

    pace: Pace | None = None


def keep(pace: Pace | None) -> None:
    """Let the clock of this process run at a pace from now on; None: as the wall's does."""
    _Kept.pace = pace


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return shown(datetime.now(UTC))  # noqa: TID251 - this is the one place


def now_us() -> int:
    """Return the present instant in microseconds since 1970 UTC."""
    return int(now().timestamp() * 1_000_000)


def shown(wall: datetime) -> datetime:
    """Return what this process's clock shows at an instant of the wall's, such as a broker's append time."""
    return wall if _Kept.pace is None else _Kept.pace.at(wall)


def shown_us(wall_us: int) -> int:
    """Return the same in microseconds since 1970 UTC."""
    if _Kept.pace is None:
        return wall_us
    return int(shown(datetime.fromtimestamp(wall_us / 1_000_000, UTC)).timestamp() * 1_000_000)
