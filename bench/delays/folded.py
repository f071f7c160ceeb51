"""Accepted events folded in memory by the functions of the timelines stage, and what is judged in the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from bench.delays.tally import Key, Order
from models.canonical import Recorded
from models.rules import Rules
from streams.timelines.folding import Folding

BATCH = 1_000
"""Events folded together: changes are told, and states written, once per batch and case."""


@dataclass
class InMemory:
    """The states of some cases."""

    kept: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, key: bytes) -> bytes | None:
        """Return the state of a key."""
        return self.kept.get(key)

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """Iterate over all states."""
        return iter(self.kept.items())


class Stage:
    """One partition: its fold, its states, and the hand-offs as its changes have left them."""

    def __init__(self, rules: Rules, cached: int) -> None:
        """Begin with nothing."""
        self._states = InMemory()
        self._folding = Folding(0, rules, self._states, cached)
        self._judged: dict[str, tuple[Key, str]] = {}
        self._offset = 0

    def fold(self, events: Sequence[Recorded]) -> None:
        """Fold one batch."""
        for event in events:
            self._folding.apply(event, self._offset)
            self._offset += 1
        self._take()

    def tick(self, tick_us: int) -> None:
        """Judge what has fallen due."""
        for ref in list(self._folding.due_by(tick_us)):
            self._folding.judge(ref, tick_us, self._offset)
        self._take()
        self._states.kept |= self._folding.tick(tick_us)
        self._offset += 1

    @property
    def states(self) -> dict[Key, str]:
        """The state of every hand-off."""
        return dict(self._judged.values())

    def _take(self) -> None:
        changes, kept = self._folding.take()
        self._states.kept |= kept
        for change in changes:
            for identity in change.hand_offs_removed:
                self._judged.pop(identity, None)
            for one in change.hand_offs:
                self._judged[one.id] = (Key(one.rule, change.case, one.start_event, one.about), one.state)


def judged(
    accepted: Sequence[tuple[int, Recorded]], order: Order, until_us: int, rules: Rules
) -> dict[Key, str]:
    """Return the state of every hand-off in the end.

    In the order of arrival the clock follows: after each batch it ticks at its last arrival. Shuffled, it
    stands at the end from the first batch on: what comes later comes as late information.

    Args:
        accepted: events with the instants of their arrival in microseconds, in that order.
        order: which it is.
        until_us: the end.
        rules: to judge by.
    """
    events = list(accepted)
    if order is Order.SHUFFLED:
        Random(0).shuffle(events)  # noqa: S311 - an order, not a secret
    stage = Stage(rules, len(events) + 1)
    for begins in range(0, len(events), BATCH):
        batch = events[begins : begins + BATCH]
        stage.fold([event for _, event in batch])
        stage.tick(batch[-1][0] if order is Order.ARRIVAL else until_us)
    stage.tick(until_us)
    return stage.states
