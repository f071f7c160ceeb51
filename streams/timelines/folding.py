"""The fold of one partition: records of the canonical log into cases and what changed in them; no I/O."""

import heapq
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from models.canonical import Recorded
from models.case import Advanced, Case, Conflicting, Unchanged, at_time, evolve
from models.case_codec import decode_case, encode_case
from models.changes import CaseChange, difference
from models.reading import NOTHING_READ, Reading, read
from models.rules import Rules
from streams.host.effects import HeldError, States

CLOCK_STATE = b"~clock/%d"


class OtherRulesError(HeldError):
    """The states were judged by other rules than this profile's: a restart does not heal that."""


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
        self._clock_key = CLOCK_STATE % number
        clock = states.get(self._clock_key)
        self.last_tick_us: int | None = orjson.loads(clock)["last_tick_us"] if clock else None

    def load_heap(self) -> None:
        """Fill the heap from the states: what was due while nobody ran falls due first."""
        for key, value in self._states.scan():
            if not key.startswith(b"~"):
                self._schedule(key.decode(), decode_case(value).next_due_us)

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
        outcome = evolve(at_time(held.case, self.last_tick_us), event, self._rules)
        match outcome:
            case Advanced(advanced):
                self._change(held, advanced, offset)
            case Conflicting():
                return outcome
            case Unchanged():
                pass
        return None

    def due_by(self, tick_us: int) -> Iterator[str]:
        """Take the cases that change by a tick off the heap, each once, earliest first."""
        while self._heap and self._heap[0][0] <= tick_us:
            due_us, ref = heapq.heappop(self._heap)
            if self._get(ref).reading.next_due_us == due_us and ref not in self._touched:
                yield ref

    def judge(self, ref: str, tick_us: int, offset: int) -> None:
        """Judge a case again at a tick."""
        held = self._get(ref)
        self._change(held, at_time(held.case, tick_us), offset)

    def tick(self, tick_us: int) -> dict[bytes, bytes]:
        """Remember a tick whose effects are complete; return the state that says so."""
        self.last_tick_us = tick_us
        return {self._clock_key: orjson.dumps({"last_tick_us": tick_us})}

    def take(self) -> tuple[list[CaseChange], dict[bytes, bytes]]:
        """Return what changed since the last call, and the states to keep; forgets what was touched."""
        changes, states = [], {}
        for ref, touched in self._touched.items():
            case = self._held[ref].case
            reading = read(case, self._rules)
            self._held[ref] = Held(case, reading)
            self._schedule(ref, reading.next_due_us)
            change = difference(ref, touched.version, touched.before, reading)
            if change is not None:
                changes.append(change)
            states[ref.encode()] = encode_case(case, self._rules.hash, reading.next_due_us)
        self._touched = {}
        while len(self._held) > self._cached:
            self._held.popitem(last=False)
        return changes, states

    def _change(self, held: Held, case: Case, offset: int) -> None:
        """Note a case as touched; its reading is made once per batch, in `take`."""
        before = self._touched[case.ref].before if case.ref in self._touched else held.reading
        self._touched[case.ref] = Touched(before, offset)
        self._held[case.ref] = Held(Case(case.ref, case.entries, case.judged_us, offset), held.reading)

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
        stored = decode_case(value)
        if stored.rules_hash != self._rules.hash:
            raise OtherRulesError(
                f"case states were judged by rules {stored.rules_hash[:12]}, the profile has "
                f"{self._rules.hash[:12]}: start with the profile they were judged by, or publish again from an "
                "empty data directory"
            )
        return Held(stored.case, read(stored.case, self._rules))

    def _schedule(self, ref: str, due_us: int | None) -> None:
        if due_us is not None:
            heapq.heappush(self._heap, (due_us, ref))
