"""The log of one partition folded from its beginning: each case as its events and the last tick leave it.

Each case is read once, at the end, where a live worker reads it at every batch: what follows from a case follows
from its events and its clock, whatever lay between (docs/decisions/0003-state-without-past-judgements.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.canonical import Recorded, Tick
from models.case import Advanced, Case, Conflicting, Unchanged, at_time, evolve
from models.reading import Reading, read
from models.rules import Rules


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case at the end of the replay; `importing`: the as-of tick of its imported history has not come.

    `settled_us`: the instant of the last as-of tick, for a case with imported history; else None.
    """

    case: Case
    reading: Reading
    importing: bool
    settled_us: int | None


class Replay:
    """Takes the records of one partition in the order of the log, then says what became of its cases.

    The reading of a case equals that of a live worker which has read as far. While the import of a case has not
    ended, its clock may stand later than a live worker's: at the last tick before the import began.
    """

    def __init__(self, rules: Rules) -> None:
        """Begin before the first record."""
        self._rules = rules
        self._cases: dict[str, Case] = {}
        self.last_tick_us: int | None = None
        self.as_of_offset = -1
        self._as_of_us: int | None = None

    def __len__(self) -> int:
        """Return how many cases there are so far."""
        return len(self._cases)

    def tick(self, tick: Tick, offset: int) -> None:
        """Take a tick of the log; one that is older than the last changes nothing, but may end imports."""
        self.last_tick_us = (
            tick.time_us if self.last_tick_us is None else max(tick.time_us, self.last_tick_us)
        )
        if tick.as_of:
            self.as_of_offset, self._as_of_us = offset, tick.time_us

    def event(self, event: Recorded, offset: int) -> Conflicting | None:
        """Take an event of the log; a repeat changes nothing, other content under a known id is a conflict."""
        known = self._cases.get(event.subject)
        case = known or Case(event.subject)
        if known is not None and not self._is_importing(known):
            case = at_time(known, self.last_tick_us)
        match evolve(case, event, self._rules):
            case Advanced(advanced):
                changed = replace(advanced, imported=offset) if event.history else advanced
                self._cases[event.subject] = changed
                return None
            case Conflicting() as conflict:
                return conflict
            case Unchanged():
                return None

    def cases(self) -> Iterator[Replayed]:
        """Read every case, judged by the last tick; those under import by their own clock."""
        for case in self._cases.values():
            importing = self._is_importing(case)
            judged = case if importing else at_time(case, self.last_tick_us)
            settled_us = self._as_of_us if case.imported >= 0 else None
            yield Replayed(judged, read(judged, self._rules), importing, settled_us)

    def _is_importing(self, case: Case) -> bool:
        return case.imported > self.as_of_offset
