"""By when each hand-off is due: a small table of limits of the generator's own, from the partnership's documents.

A due instant is the last microsecond in time. Rows without a number are not here: they are never late.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from publishers.synthetic.counting import back, day_told, forward, months_after
from publishers.synthetic.local_time import HOUR
from publishers.synthetic.truth.known import Happened, Known, Match
from publishers.synthetic.working_days import SITTING, WORKING, OpenDays, number_of

SECOND_US: Final = 1_000_000


class Clock(NamedTuple):
    """What a limit counts from: the known case, the start and what it tells, the stop's place, the first day.

    `at` is None where only the day is known.
    """

    known: Known
    start: Happened
    told: Mapping[str, object]
    stop_place: int
    day: int
    at: int | None

    def end_of(self, day: int) -> int:
        """Return the last microsecond of a local day."""
        return self.known.local.midnight(day + 1) * SECOND_US - 1

    def beginning_of(self, day: int) -> int:
        """Return the first microsecond of a local day."""
        return self.known.local.midnight(day) * SECOND_US


class Limit(NamedTuple):
    """The first permitted and the last permitted microsecond; None: none."""

    earliest_us: int | None = None
    due_us: int | None = None


Rule = Callable[[Clock], Limit]


def _hours(amount: int) -> Rule:
    def count(clock: Clock) -> Limit:
        return Limit(due_us=None if clock.at is None else (clock.at + amount * HOUR) * SECOND_US)

    return count


def _days(amount: int, roll: Callable[[int], int] | None = None) -> Rule:
    def count(clock: Clock) -> Limit:
        day = clock.day + amount
        return Limit(due_us=clock.end_of(day if roll is None else roll(day)))

    return count


def _working(amount: int, calendar: OpenDays = WORKING) -> Rule:
    return lambda clock: Limit(due_us=clock.end_of(calendar.after(clock.day, amount)))


def _months(amount: int) -> Rule:
    return lambda clock: Limit(due_us=clock.end_of(months_after(clock.day, amount)))


def _by(attribute: str, limits: Mapping[object, Rule]) -> Rule:
    return lambda clock: limits[clock.told[attribute]](clock)


def _on(attribute: str, roll: Callable[[int], int] | None = None) -> Rule:
    def count(clock: Clock) -> Limit:
        day = day_told(clock.told.get(attribute))
        return Limit(due_us=None if day is None else clock.end_of(day if roll is None else roll(day)))

    return count


def _before_the_sitting(clock: Clock) -> Limit:
    day = day_told(clock.told["sittingDay"])
    return Limit(due_us=None if day is None else clock.beginning_of(day) - 1)


def _before_the_plea_hearing(clock: Clock) -> Limit:
    """Return the end of the seventh day before the plea hearing, as it was listed last before the service."""
    listings = clock.known.matching([Match({"court.hearing-listed"}, "hearingType", {"ptph"})])
    if not listings:
        return Limit()
    before = [one for one in listings if one.place < clock.stop_place]
    day = day_told((before or listings[:1])[-1].data["sittingDay"])
    return Limit(due_us=None if day is None else clock.end_of(day - 7))


def _custody(amount: int, less: str = "") -> Rule:
    """Return a custody time limit, as extensions have moved it that were granted before it had lapsed."""

    def count(clock: Clock) -> Limit:
        days = amount - int(str(clock.told.get(less) or 0)) if less else amount
        return Limit(due_us=_extended(clock, clock.end_of(back(clock.day + days))))

    return count


def _extended(clock: Clock, due_us: int) -> int:
    granted = Match({"court.ctl-extension-heard"}, "granted", {True})
    for one in clock.known.matching([granted], clock.start.place, clock.stop_place):
        day = day_told(one.data.get("newExpiry"))
        if day is not None and one.at * SECOND_US <= due_us:
            due_us = clock.end_of(day)
    return due_us


def _either_way(clock: Clock) -> Limit:
    """Return the shorter limit where summary trial was decided on within it, else the longer one."""
    shorter_us = clock.end_of(back(clock.day + 56))
    decided = Match({"court.summary-trial-decided"})
    between = clock.known.matching([decided], clock.start.place, clock.stop_place)
    if any(one.at * SECOND_US <= shorter_us for one in between):
        return Limit(due_us=_extended(clock, shorter_us))
    return _custody(70)(clock)


def _notice(clock: Clock) -> Limit:
    days = {"crown": 5, "magistrates": 2}[str(clock.told["jurisdiction"])]
    return Limit(earliest_us=clock.beginning_of(clock.day + days))


def _licence(clock: Clock) -> Limit:
    day = day_told(clock.told.get("licenceStartDate"))
    return Limit(due_us=None if day is None else clock.end_of(WORKING.before(back(day), 2)))


_WIDER_FROM: Final = number_of(date(2025, 6, 3))


def _curfew(clock: Clock) -> Limit:
    day = day_told(clock.told["conditionalReleaseDate"])
    if day is None:
        return Limit()
    widest = 364 if clock.day >= _WIDER_FROM else 179
    return Limit(clock.beginning_of(day - widest), clock.end_of(day - 14))


_ONE_LENGTH_FROM: Final = number_of(date(2026, 3, 31))


def _fixed_term(clock: Clock) -> Limit:
    if clock.day >= _ONE_LENGTH_FROM:
        return _days(56)(clock)
    return _days(28 if int(str(clock.told["sentenceDays"])) >= 365 else 14)(clock)


_BAIL_LAW_FROM: Final = number_of(date(2022, 10, 28))


def _police_bail(clock: Clock) -> Limit:
    if clock.day < _BAIL_LAW_FROM:
        return Limit()
    months = {"none": 3, "inspector": 6, "superintendent": 9, "magistrates": 24}
    return _months(months[str(clock.told["extension"])])(clock)


_OF_VICTIM: Final = _by("enhanced", {True: _working(1), False: _working(5)})

LIMITS: Final[Mapping[str, Rule]] = {
    "H01": _by("extension", {"none": _hours(24), "superintendent": _hours(36), "magistrates": _hours(96)}),
    "H02": _police_bail,
    "H04": _by("suspectStatus", {"bail": _days(28), "rui": _days(28), "custody": _hours(3)}),
    "H05": _by("anticipatedPlea", {"gap": _days(14, forward), "ngap": _days(28, forward)}),
    "H06": _working(1, SITTING),
    "H07": _before_the_sitting,
    "H10": _custody(56),
    "H11": _either_way,
    "H12": _custody(182, "daysInMagistratesCustody"),
    "H13": _custody(112),
    "H14": _notice,
    "H15": _days(28, forward),
    "H16": _before_the_plea_hearing,
    "H17": _by("remandStatus", {"custody": _days(50, forward), "bail": _days(70, forward)}),
    "H18": _days(28, forward),
    "H19": _working(20),
    "H20": _on("dueDate"),
    "H23": _working(5),
    "H24": _days(0),
    "H25": _by("persistentOffender", {True: _working(10), False: _working(15)}),
    "H26": _working(20),
    "H30": _working(5),
    "H31": _working(15),
    "H32": _working(1),
    "H33": _working(5),
    "H34": _on("handoverDate"),
    "H35": _days(14, forward),
    "H36": _licence,
    "H37": _on("conditionalReleaseDate", back),
    "H38": _curfew,
    "H39": _on("conditionalReleaseDate"),
    "H40": _hours(24),
    "H41": _by("recallType", {"emergency": _hours(2), "standard": _hours(24), "fixed-term": _hours(24)}),
    "H43": _fixed_term,
    "H44": _working(10),
    "V01": _OF_VICTIM,
    "V02": _working(5),
    "V03": _OF_VICTIM,
    "V04": _working(1),
    "V05": _working(1),
    "V06": _working(10),
    "V07": _working(20),
}

IN_HOURS: Final = frozenset({"H01", "H40", "H41"})
"""Limits in hours, which an end known to the day alone cannot be judged by; so is H04 in custody."""

BEGINS_ON: Final = {"H02": "bailStartDate", "H35": "handoverDate"}
"""Clocks that begin on a told day."""

JUDGED_ON: Final = {"H30": "appointmentDate"}
"""Ends that are judged on a told day."""
