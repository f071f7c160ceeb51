"""The kinds of silo signal by name, as a profile's routes may ask for them; what each means is in `analysis`."""

from enum import StrEnum


class SignalKind(StrEnum):
    """What a signal says of a flow between two organisations, or of one organisation's feed."""

    STOP = "stop"
    SLOW_PAIR = "slow_pair"
    OPEN_AGE = "open_age"
    OVERDUE_EXCESS = "overdue_excess"
    BOUNDARY = "boundary"
    PING_PONG = "ping_pong"
    MISSING = "missing"
    BATCHING = "batching"
    PUBLISH_LAG = "publish_lag"
    FEED_SILENCE = "feed_silence"
    COST_SHIFT = "cost_shift"
    IMPROVED = "improved"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return _WORDS[self]


_WORDS = {
    SignalKind.STOP: "stopped flow",
    SignalKind.SLOW_PAIR: "slow pair",
    SignalKind.OPEN_AGE: "old open work",
    SignalKind.OVERDUE_EXCESS: "excess past the limit",
    SignalKind.BOUNDARY: "boundary effect",
    SignalKind.PING_PONG: "returned work",
    SignalKind.MISSING: "missing hand-offs",
    SignalKind.BATCHING: "batching rhythm",
    SignalKind.PUBLISH_LAG: "late publishing",
    SignalKind.FEED_SILENCE: "silent feed",
    SignalKind.COST_SHIFT: "cost shifting",
    SignalKind.IMPROVED: "improved pair",
}
