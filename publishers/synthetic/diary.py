"""When things get done: office hours and sitting days, in local time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.calendars import Calendar
from publishers.synthetic.chance import Chance

OPENS, CLOSES = time(9), time(17)
SITS, RISES = 10.0, 16.5


@dataclass(frozen=True, slots=True)
class Diary:
    """The working days of a partnership. All times in and out carry the local zone, so days are wall days."""

    calendar: Calendar

    def office(self, at: datetime, chance: Chance) -> datetime:
        """Return the first moment from `at` on when an office would deal with it."""
        if self.calendar.is_working_day(at.date()) and OPENS <= at.time() < CLOSES:
            return at
        day = at if at.time() < OPENS else at + timedelta(days=1)
        return self._on_working_day(day, chance.between(9, 16.9))

    def sitting(self, after: datetime, chance: Chance) -> datetime:
        """Return a time on the first day after `after` on which a court sits."""
        return self._on_working_day(after + timedelta(days=1), chance.between(SITS, RISES))

    def _on_working_day(self, day: datetime, hour: float) -> datetime:
        while not self.calendar.is_working_day(day.date()):
            day += timedelta(days=1)
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(minutes=int(hour * 60))
