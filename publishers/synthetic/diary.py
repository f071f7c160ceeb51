"""When things get done: office hours, sitting days, and the clock round. All times in seconds since 1970 UTC."""

from dataclasses import dataclass
from typing import Final

from publishers.synthetic.local_time import DAY, HOUR, MINUTE, LocalTime
from publishers.synthetic.working_days import SITTING, WORKING, OpenDays

OPENS, CLOSES = 9 * HOUR, 17 * HOUR
_FIRST_HOUR: Final = 9.0
_LAST_HOUR: Final = 16.9
SITS, RISES = 10.0, 15.0


@dataclass(frozen=True, slots=True)
class Diary:
    """The working days of a partnership, in its local time."""

    local: LocalTime

    def office(self, at: int, share: float) -> int:
        """Return when from `at` on an office would deal with it: at once, or at a share of its next day."""
        day = self.local.day(at)
        since_midnight = at - self.local.midnight(day)
        if WORKING.is_open(day) and OPENS <= since_midnight < CLOSES:
            return at
        day = WORKING.from_on(day if since_midnight < OPENS else day + 1)
        return self.hour(day, _FIRST_HOUR + (_LAST_HOUR - _FIRST_HOUR) * share)

    def sitting(self, after: int, share: float) -> int:
        """Return a time on the first day after `after` on which a court sits, at a share of that day."""
        day = WORKING.after(self.local.day(after), 1)
        return self.hour(day, SITS + (RISES - SITS) * share)

    def custody_sitting(self, after: int, share: float) -> int:
        """Return the same for a court that sits for people in custody."""
        day = SITTING.after(self.local.day(after), 1)
        return self.hour(day, SITS + (RISES - SITS) * share)

    def hour(self, day: int, hour: float) -> int:
        """Return an hour of a local day, to the minute."""
        return self.local.midnight(day) + int(hour * 60) * MINUTE

    def weekday(self, at: int, wanted: int, days: OpenDays = WORKING) -> int:
        """Return the same time of day on the next such weekday (0 = Monday) that is an open day; maybe today."""
        day = self.local.day(at)
        since_midnight = at - self.local.midnight(day)
        ahead = (wanted - (day + 3)) % 7
        found = day + ahead
        while not days.is_open(found):
            found += 7
        return self.local.midnight(found) + since_midnight if found != day else at


def whole_days(seconds_long: float) -> int:
    """Return how many whole days a length has."""
    return int(seconds_long // DAY)
