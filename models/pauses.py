"""Where a register row lets the clock stand still: how long it stood, and whether it stands now."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.register import Pause
from models.timeline import Placed


class Standstill(NamedTuple):
    """One time in which a clock stood still, microseconds; `until_us` None: it still stands."""

    from_us: int
    until_us: int | None


def standstills(pauses: Sequence[Pause], after: Sequence[Placed]) -> Iterator[Standstill]:
    """Yield the pauses among the events that follow a start, per pause of the row in the order of time.

    A second beginning before the end changes nothing.
    """
    for pause in pauses:
        began: int | None = None
        for event in after:
            if began is None and event.entry.type in pause.from_events:
                began = event.entry.time_us
            elif began is not None and event.entry.type in pause.to_events:
                # Known to the day only, its end may lie before its beginning on the same day.
                yield Standstill(began, max(began, event.entry.time_us))
                began = None
        if began is not None:
            yield Standstill(began, None)
