"""What a rebuild writes of a partition: states, whole changes, and judgements that agencies have not been told."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import orjson

from models.case_codec import encode_case
from models.changes import encode_change, whole
from models.hand_offs import HandOff, State
from models.replay import Replay, Replayed
from models.rules import Rules
from streams.host.effects import Out
from streams.timelines.folding import CLOCK_STATE, clock_state
from streams.timelines.names import Names
from streams.timelines.public import public_hand_off

AWAITED = frozenset({State.OPEN, State.OVERDUE})
"""What is still waited for: agencies hear of it even where the year in which judgements are kept tells nothing."""


def digest(data: object) -> bytes:
    """Return what tells one judgement from another: a hash of its fields."""
    return sha256(orjson.dumps(data)).digest()[:16]


def remember(last_told: dict[str, bytes], value: bytes) -> None:
    """Note a record of the public topic: the digest of each hand-off's last one stays."""
    data = orjson.loads(value)["data"]
    last_told[data["id"]] = digest(data)


class Retelling:
    """Turns replayed cases into records, for one partition."""

    def __init__(
        self, number: int, until: int, rules: Rules, names: Names, states: str, last_told: Mapping[str, bytes]
    ) -> None:
        """Write for a partition of which everything before the offset `until` was replayed.

        Args:
            number: the partition.
            until: the offset that is read next.
            rules: that the cases were read by.
            names: the topics of what follows from the log.
            states: the topic of the states.
            last_told: digests by hand-off, as `remember` leaves them.
        """
        self.number, self._version, self._rules = number, until - 1, rules
        self._names, self._states, self._last_told = names, states, last_told
        self._only_history = rules.profile.clock_mode == "history"

    def case(self, one: Replayed) -> list[Out]:
        """Return the records of a case: its state, all that holds of it, and what agencies are to be told.

        The version of all is the last replayed offset: nothing older counts any more, everything later does.
        """
        ref, key, reading = one.case.ref, one.case.ref.encode(), one.reading
        state = encode_case(
            replace(one.case, last_offset=self._version), self._rules.hash, reading.next_due_us
        )
        all_of_it = whole(
            ref,
            self._version,
            reading,
            importing=self._only_history or one.importing,
            settled_us=one.settled_us,
        )
        news = [hand_off for hand_off in reading.hand_offs if self._is_news(hand_off)]
        return [
            Out(self._states, self.number, key, state),
            Out(self._names.changes, self.number, key, encode_change(all_of_it)),
            *(self._public(ref, hand_off) for hand_off in news),
        ]

    def clock(self, replay: Replay) -> list[Out]:
        """Return the state of the partition's clock; it comes last, when all cases are judged by it."""
        if replay.last_tick_us is None:
            return []
        state = clock_state(replay.last_tick_us, replay.as_of_offset)
        return [Out(self._states, self.number, CLOCK_STATE % self.number, state)]

    def _is_news(self, hand_off: HandOff) -> bool:
        known = self._last_told.get(hand_off.id)
        return hand_off.state in AWAITED if known is None else known != digest(hand_off._asdict())

    def _public(self, ref: str, hand_off: HandOff) -> Out:
        # The same event judged by other rules is another judgement: its id must not be one that was told.
        version = f"{self._version}/{digest(hand_off._asdict()).hex()}"
        return public_hand_off(self._names.hand_offs, self.number, ref, hand_off, version)
