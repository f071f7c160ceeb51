"""The state of a whole caseflow at one moment, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from caseflow.reading.processes import Process
from consumers.lag import Lag
from models.instants import from_us, to_us
from projections.feeds.queries import FeedRow


@dataclass(frozen=True, slots=True)
class Status:
    """What `caseflow status` tells. `lags` is empty, and `trouble` says why, where a server does not answer."""

    profile: str
    data: str
    at: datetime
    processes: Sequence[Process]
    lags: Mapping[str, Lag]
    last_tick_us: int | None
    feeds: Sequence[FeedRow]
    stale_after: timedelta
    letters: Mapping[str, int]
    trouble: Sequence[str]

    @property
    def well(self) -> bool:
        """Whether everything runs: nothing down, nothing held, both servers answer."""
        return not self.trouble and all(process.well for process in self.processes)

    @property
    def last_tick(self) -> datetime | None:
        """The time of the last tick whose effects are stored."""
        return None if self.last_tick_us is None else from_us(self.last_tick_us)

    def waiting_s(self, lag: Lag) -> float | None:
        """Return how long the oldest waiting record has waited, in seconds; None where none waits."""
        return None if lag.since_us is None else max(0.0, (to_us(self.at) - lag.since_us) / 1_000_000)

    def silent_s(self, feed: FeedRow) -> float | None:
        """Return how long ago an agency last published, in seconds; None for imported history."""
        if feed.last_published_at is None:
            return None
        return max(0.0, (self.at - feed.last_published_at).total_seconds())

    def is_stale(self, feed: FeedRow) -> bool:
        """Whether an agency has been silent for longer than is well; imported history never is."""
        silent = self.silent_s(feed)
        return silent is not None and silent > self.stale_after.total_seconds()


def as_json(status: Status) -> str:
    """Return a status as one JSON object; times in seconds."""
    told = {
        "profile": status.profile,
        "data": status.data,
        "at": status.at,
        "well": status.well,
        "trouble": list(status.trouble),
        "processes": [_process(status, process) for process in status.processes],
        "last_tick": status.last_tick,
        "feeds": [_feed(status, feed) for feed in status.feeds],
        "dead_letters": dict(status.letters),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _process(status: Status, process: Process) -> dict[str, Any]:
    lag = status.lags.get(process.process)
    return asdict(process) | {
        "lag_records": None if lag is None else lag.records,
        "lag_s": None if lag is None else status.waiting_s(lag) or 0.0,
    }


def _feed(status: Status, feed: FeedRow) -> dict[str, Any]:
    return asdict(feed) | {"silent_s": status.silent_s(feed), "stale": status.is_stale(feed)}
