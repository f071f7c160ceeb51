"""The fold of one partition: records of the canonical log into cases and what changed in them; no I/O."""

import heapq
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson

from models.canonical import Recorded
from models.case import Advanced, Case, Conflicting, Unchanged, at_time, evolve
from models.case_codec import FormatError, Stored, decode_case, encode_case
from models.changes import CaseChange, difference
from models.reading import NOTHING_READ, Reading, read
from models.rules import Rules
from streams.host.effects import HeldError, States

CLOCK_STATE = b"~clock/%d"
REBUILD = (
    "run `caseflow rebuild`, which judges every case anew, or start with the version and the profile that they "
    "were judged by"
)


def clock_state(last_tick_us: int, as_of_offset: int) -> bytes:
    """Return the state that stands under CLOCK_STATE: a partition's last tick, and the last that ended imports."""
    return orjson.dumps({"last_tick_us": last_tick_us, "as_of_offset": as_of_offset})


class OtherRulesError(HeldError):
    """The states were judged by other rules, in another way or written in another format: a restart heals none."""


@dataclass(frozen=True, slots=True)
class Held:
    """A case with its reading: both decoded, so that the next event of the case costs neither again."""

    case: Case
    reading: Reading


@dataclass(frozen=True, slots=True)
class Touched:
    """A case that a batch changed: as it was before the batch, and the offset that changed it last."""

    before: Reading
    version: int
    settled: bool = False


class Folding:
    """The cases of one partition, the touched ones of the batch, and the heap of what falls due.

    Mutated by the fold before its transaction commits: after a failure the process stops, and it goes with it.
    """

    def __init__(self, number: int, rules: Rules, states: States, cached: int) -> None:
        """Begin with recovered states; `cached` bounds the decoded cases kept at hand."""
        self._rules, self._states, self._cached = rules, states, cached
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._touched: dict[str, Touched] = {}
        self._heap: list[tuple[int, str]] = []
        self._unsettled: dict[str, None] = {}
        self._only_history = rules.profile.clock_mode == "history"  # whose cases nobody is alerted of
        self._clock_key = CLOCK_STATE % number
        clock = states.get(self._clock_key)
        told = orjson.loads(clock) if clock else {}
        self.last_tick_us: int | None = told.get("last_tick_us")
        self.as_of_offset: int = told.get("as_of_offset", -1)

    def load_heap(self) -> None:
        """Fill the heap from the states: what was due while nobody ran falls due first."""
        for key, value in self._states.scan():
            if not key.startswith(b"~"):
                stored = self._own(value)
                self._schedule(stored.case, stored.next_due_us)

    @property
    def next_due_us(self) -> int | None:
        """The earliest instant at which a case changes by the clock alone; may be one that no longer counts."""
        return self._heap[0][0] if self._heap else None

    def apply(self, event: Recorded, offset: int) -> Conflicting | None:
        """Apply one event; a repeat changes nothing, other content under a known id is a conflict."""
        held = self._get(event.subject)
        if offset <= held.case.last_offset:
            return None
        # A late event is judged at once by the last tick: the state depends on events and last tick alone.
        # A case under import has its own clock until the as-of tick.
        own_clock = event.history or self._is_importing(held.case)
        case = held.case if own_clock else at_time(held.case, self.last_tick_us)
        outcome = evolve(case, event, self._rules)
        match outcome:
            case Advanced(advanced):
                imported = replace(advanced, imported=offset) if event.history else advanced
                self._change(held, imported, offset)
            case Conflicting():
                return outcome
            case Unchanged():
                pass
        return None

    def due_by(self, tick_us: int) -> Iterator[str]:
        """Take the cases that change by a tick off the heap, each once, earliest first."""
        while self._heap and self._heap[0][0] <= tick_us:
            due_us, ref = heapq.heappop(self._heap)
            held = self._get(ref)
            stands = held.reading.next_due_us == due_us and not self._is_importing(held.case)
            if stands and ref not in self._touched:
                yield ref

    def unsettled(self) -> list[str]:
        """Return the cases whose import ends with the next as-of tick."""
        return list(self._unsettled)

    def settle(self, ref: str, tick_us: int, offset: int) -> None:
        """Judge a case at the end of its import; one that was settled before a crash only waits on."""
        held = self._get(ref)
        if held.case.last_offset < offset:
            self._change(held, at_time(held.case, tick_us), offset, settled=True)
        else:
            self._await(ref, held.reading.next_due_us)

    def judge(self, ref: str, tick_us: int, offset: int) -> None:
        """Judge a case again at a tick."""
        held = self._get(ref)
        self._change(held, at_time(held.case, tick_us), offset)

    def tick(self, tick_us: int, as_of_offset: int | None = None) -> dict[bytes, bytes]:
        """Remember a tick whose effects are complete, and the imports it ended; return the state that says so."""
        self.last_tick_us = tick_us
        if as_of_offset is not None:
            self.as_of_offset = as_of_offset
            self._unsettled = {}
        return {self._clock_key: clock_state(tick_us, self.as_of_offset)}

    def take(self) -> tuple[list[CaseChange], dict[bytes, bytes]]:
        """Return what changed since the last call, and the states to keep; forgets what was touched."""
        changes, states = [], {}
        for ref, touched in self._touched.items():
            case = self._held[ref].case
            before = self._held[ref].reading
            reading = read(case, self._rules, before)
            self._held[ref] = Held(case, reading)
            importing = self._only_history or (self._is_importing(case) and not touched.settled)
            if touched.settled:
                self._await(ref, reading.next_due_us)
            elif self._is_importing(case) or reading.next_due_us != before.next_due_us:
                self._schedule(case, reading.next_due_us)
            change = difference(
                ref, touched.version, touched.before, reading, importing=importing, settled=touched.settled
            )
            if change is not None:
                changes.append(change)
            states[ref.encode()] = encode_case(case, self._rules.hash, reading.next_due_us)
        self._touched = {}
        while len(self._held) > self._cached:
            self._held.popitem(last=False)
        return changes, states

    def _is_importing(self, case: Case) -> bool:
        """Return whether the as-of tick of the case's last imported event has not come yet."""
        return case.imported > self.as_of_offset

    def _change(self, held: Held, case: Case, offset: int, *, settled: bool = False) -> None:
        """Note a case as touched; its reading is made once per batch, in `take`."""
        before = self._touched[case.ref].before if case.ref in self._touched else held.reading
        self._touched[case.ref] = Touched(before, offset, settled)
        self._held[case.ref] = Held(replace(case, last_offset=offset), held.reading)

    def _get(self, ref: str) -> Held:
        held = self._held.get(ref)
        if held is None:
            stored = self._states.get(ref.encode())
            held = self._decode(stored) if stored else Held(Case(ref), NOTHING_READ)
            self._held[ref] = held
        else:
            self._held.move_to_end(ref)
        return held

    def _decode(self, value: bytes) -> Held:
        stored = self._own(value)
        return Held(stored.case, read(stored.case, self._rules))

    def _own(self, value: bytes) -> Stored:
        """Return a stored case that these rules judged; refuse any other."""
        try:
            stored = decode_case(value)
        except FormatError as error:
            raise OtherRulesError(f"{error}: {REBUILD}") from error
        if stored.rules_hash != self._rules.hash:
            raise OtherRulesError(
                f"case states were judged by rules {stored.rules_hash[:12]}, this version judges the profile by "
                f"{self._rules.hash[:12]}: {REBUILD}"
            )
        return stored

    def _schedule(self, case: Case, due_us: int | None) -> None:
        """Note when the clock changes a case: at its due time, or at the end of its import."""
        if self._is_importing(case):
            if self._rules.openers:  # without a register there is nothing to settle
                self._unsettled[case.ref] = None
        else:
            self._await(case.ref, due_us)

    def _await(self, ref: str, due_us: int | None) -> None:
        if due_us is not None:
            heapq.heappush(self._heap, (due_us, ref))
