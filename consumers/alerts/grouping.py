"""How long to wait for more, and how many messages what waits becomes; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from models.identities import derived_id
from models.routes import AlertSettings

MOST_UNDELIVERED = 5
"""Messages per route and receiver that may be under way at once: what comes then waits, and is grouped."""
MOST_IN_ONE = 1_000
"""Alerts in one grouped message: some 600 kB as JSON and CSV, which web servers take by default."""
MINUTE = timedelta(minutes=1)
BURST = 50
"""So many notices at once are no longer single news: a little more patience makes them one message."""


class Waiting(NamedTuple):
    """One notice that waits to be told: its place in the outbox, and the alert that it is about."""

    outbox: int
    alert: str


@dataclass(frozen=True, slots=True)
class Patience:
    """A window ends after `quiet_s` without news, and at the latest after `longest_s`."""

    quiet_s: float
    longest_s: float


FOR_FEW = Patience(quiet_s=0.4, longest_s=1.5)
FOR_A_BURST = Patience(quiet_s=1.0, longest_s=5.0)


def patience_for(notices: int) -> Patience:
    """Return how long to wait for more when so many notices wait already."""
    return FOR_A_BURST if notices >= BURST else FOR_FEW


def allowance(settings: AlertSettings, made_within_a_minute: int, under_way: int) -> int:
    """Return how many messages one receiver of a route may get now; 0: everything waits."""
    return max(0, min(settings.at_most_per_minute - made_within_a_minute, MOST_UNDELIVERED - under_way))


def messages_of(
    waiting: Iterable[Waiting], settings: AlertSettings, allowed: int
) -> list[tuple[Waiting, ...]]:
    """Return what each message tells: one per alert, or everything in one where there are too many.

    Notices about one alert always stay together. Nothing waits: no message; nothing allowed: the same. What one
    message cannot hold goes into the next, and past what is allowed it stays.
    """
    alerts = _by_alert(waiting)
    grouped = len(alerts) >= settings.group_from or len(alerts) > allowed
    size = MOST_IN_ONE if grouped else 1
    starts = range(0, len(alerts), size)[:allowed]
    return [tuple(one for some in alerts[start : start + size] for one in some) for start in starts]


def message_id(route: str, receiver: str, notices: Iterable[Waiting]) -> str:
    """Return the id of the message that tells these notices: the same for the same notices."""
    return derived_id("alert-message", route, receiver, *(str(one.outbox) for one in sorted(notices)))


def digest_id(route: str, receiver: str, day: str) -> str:
    """Return the id of a receiver's digest of a local day: there can be only one."""
    return derived_id("alert-digest", route, receiver, day)


def _by_alert(waiting: Iterable[Waiting]) -> list[list[Waiting]]:
    found: dict[str, list[Waiting]] = {}
    for one in waiting:
        found.setdefault(one.alert, []).append(one)
    return list(found.values())
