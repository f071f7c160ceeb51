"""What the clocks on the wall showed, for many instants at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np

from analysis.arrays import DAY_US, NEVER, Ints

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OutsideLocalTimeError(ValueError):
    """An instant lies outside the years for which the zone's offsets were laid out."""


@dataclass(frozen=True, slots=True, eq=False)
class LocalTime:
    """The offsets of a time zone over some years; build it with `of`.

    Local time is wall-clock microseconds counted as if they were UTC, so that a local day is `local // DAY_US`.

    Attributes:
        starts: (n,) UTC instants from which each offset holds, rising; the first is the first instant laid out.
        offsets: (n,) microseconds to add to UTC.
        last_us: the last instant laid out.
    """

    starts: Ints
    offsets: Ints
    last_us: int

    @classmethod
    def of(cls, zone: tzinfo, first_us: int, last_us: int) -> "LocalTime":
        """Lay out the offsets of a zone from one UTC instant to another, both included.

        A zone is asked once a day and, where the answer changed, to the microsecond in between: two changes
        within one day would be missed (no zone has any).

        Raises:
            ValueError: the last instant is before the first.
        """
        if last_us < first_us:
            raise ValueError("local time is laid out from an earlier instant to a later one")
        starts, offsets = [first_us], [_offset(zone, first_us)]
        at = first_us
        while at < last_us:
            after = min(at + DAY_US, last_us)
            offset = _offset(zone, after)
            if offset != offsets[-1]:
                starts.append(_change(zone, at, after))
                offsets.append(offset)
            at = after
        return cls(np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64), last_us)

    def local(self, utc: Ints) -> Ints:
        """Return wall-clock microseconds of UTC instants; any shape; NEVER stays NEVER.

        Raises:
            OutsideLocalTimeError: an instant lies outside the years laid out.
        """
        never = utc == NEVER
        known = np.where(never, self.starts[0], utc)
        if known.size and (known.min() < self.starts[0] or known.max() > self.last_us):
            raise OutsideLocalTimeError("an instant lies outside the years laid out: lay out more of them")
        at = np.searchsorted(self.starts, known, side="right") - 1
        return np.where(never, NEVER, known + self.offsets[at])

    def at(self, utc_us: int) -> int:
        """Return the wall-clock microseconds of one UTC instant.

        Raises:
            OutsideLocalTimeError: it lies outside the years laid out.
        """
        return int(self.local(np.array([utc_us], dtype=np.int64))[0])

    def day(self, utc_us: int) -> int:
        """Return the local day of a UTC instant.

        Raises:
            OutsideLocalTimeError: it lies outside the years laid out.
        """
        return self.at(utc_us) // DAY_US

    def midnight(self, day: int) -> int:
        """Return the UTC instant at which a local day begins: the first whose local day is `day` or later.

        Raises:
            OutsideLocalTimeError: it lies outside the years laid out.
        """
        begins = np.maximum(self.starts, day * DAY_US - self.offsets)
        ends = np.append(self.starts[1:], self.last_us + 1)
        found = begins[begins < ends]
        if day * DAY_US < self.starts[0] + self.offsets[0] or not found.size:
            raise OutsideLocalTimeError(f"local day {day} begins outside the years laid out")
        return int(found[0])


def _offset(zone: tzinfo, utc_us: int) -> int:
    offset = (_EPOCH + timedelta(microseconds=utc_us)).astimezone(zone).utcoffset()
    return 0 if offset is None else offset // timedelta(microseconds=1)


def _change(zone: tzinfo, before: int, after: int) -> int:
    """Return the first instant after `before` with the offset that holds at `after`."""
    late = _offset(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == late:
            after = middle
        else:
            before = middle
    return after
