"""Instants as the people of a partnership write them: in its zone, as a date where only the date is known."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.instants import from_us

DAY = "%d %b %Y"
MINUTE = "%d %b %Y %H:%M"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """How the times of one case are written. `cut`: they are local dates x 86,400 s, as if UTC."""

    zone: ZoneInfo
    cut: bool

    def of_place(self, at_us: int) -> str:
        """Return the time of an event on the timeline, for people."""
        return from_us(at_us).strftime(DAY) if self.cut else self.of_instant(at_us)

    def iso_of_place(self, at_us: int) -> str:
        """Return the same for programs: ISO 8601, a date where cut."""
        return from_us(at_us).date().isoformat() if self.cut else self._local(at_us).isoformat()

    def of_instant(self, time_us: int) -> str:
        """Return an instant, to the minute, for people."""
        return self._local(time_us).strftime(MINUTE)

    def of_deadline(self, due_us: int) -> str:
        """Return the last instant in time: a date where it is the end of that day."""
        ends_a_day = self._local(due_us + 1).time() == datetime.min.time()
        return self._local(due_us).strftime(DAY) if ends_a_day else self.of_instant(due_us)

    def _local(self, time_us: int) -> datetime:
        return from_us(time_us).astimezone(self.zone)
