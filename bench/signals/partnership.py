"""The twelve pairs as a profile, and their items as events that agencies publish: the way in of real data."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from analysis.items import End, Items
from bench.signals.days import Days
from bench.signals.pairs import Pair
from models.envelope import Event, Precision
from models.profile import Profile, parse_profile

_PROFILE: Final = """
name = "twelve-pairs"
title = "Twelve pairs"
time_zone = "Europe/London"
[clock]
mode = "live"
[[stage]]
code = "charge"
title = "Everything"
"""
_AGENCY: Final = """
[[agency]]
code = "{code}"
name = "Agency {code}"
roles = ["{code}"]
window = {{ from = 2023-06-01, to = 2029-12-31 }}
"""
_EVENT: Final = """
[[event]]
type = "charge.{what}-{number:02}"
publishers = ["{agency}"]
"""
_CALENDAR: Final = """
[[calendar]]
name = "weekdays"
weekend = [6, 7]
"""
_ROW: Final = """
id = "H{number:02}"
title = "Hand-off {number}"
sender = "{sender}"
receiver = "{receiver}"
owner = "receiver"
[[start]]
events = ["charge.sent-{number:02}"]
[[stop]]
events = ["charge.taken-{number:02}"]
[[missing]]
events = ["charge.skipped-{number:02}"]
grace_days = 0
[[limit]]
kind = "local"
certainty = "K"
source = "Invented"
"""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Sent(NamedTuple):
    """An event, and when it is published, UTC microseconds."""

    published_us: int
    event: Event


@cache
def profile_of(pairs: tuple[Pair, ...]) -> Profile:
    """Return the profile of these pairs: each agency a role of its own, each pair a row and three types."""
    agencies = dict.fromkeys(agency for pair in pairs for agency in (pair.sender, pair.receiver))
    told = (
        (pair, ("sent", pair.sender), ("taken", pair.receiver), ("skipped", pair.receiver)) for pair in pairs
    )
    events = [
        _EVENT.format(what=what, number=pair.number, agency=agency)
        for pair, *types in told
        for what, agency in types
    ]
    rows = {
        f"hand_offs/H{pair.number:02}.toml": _ROW.format(
            number=pair.number, sender=pair.sender, receiver=pair.receiver
        )
        for pair in pairs
    }
    return parse_profile(
        {
            "profile.toml": _PROFILE,
            "agencies.toml": "".join(_AGENCY.format(code=agency) for agency in agencies),
            "events.toml": "".join(events),
            "calendars.toml": _CALENDAR,
            **rows,
        }
    )


def events_of(
    pair: Pair, items: Items, precisions: Sequence[tuple[Precision, Precision]], days: Days
) -> Iterator[list[Sent]]:
    """Yield what is published of each item: its start, and its end or the proof that it never comes.

    Args:
        pair: whose items they are.
        items: as the generator made them.
        precisions: of the start and the end of each.
        days: for the instants of local times.
    """
    started, ended = days.utc_us(items.started).tolist(), days.utc_us(items.ended).tolist()
    known = zip(items.started_known.tolist(), items.ended_known.tolist(), strict=True)
    for n, (case, (start_known, end_known), end) in enumerate(
        zip(items.case.tolist(), known, items.end.tolist(), strict=True)
    ):
        begins, ends = precisions[n]
        told = [Sent(start_known, _event(pair, case, "sent", pair.sender, started[n], begins))]
        if end != End.NONE:
            what = "taken" if end == End.STOP else "skipped"
            told.append(Sent(end_known, _event(pair, case, what, pair.receiver, ended[n], ends)))
        yield told


def misdated(sent: Sent, to_us: int) -> Sent:
    """Return an event as it is sent with a date that cannot be."""
    told = {"id": f"{sent.event.id}-slip", "time": _instant(to_us)}
    return Sent(sent.published_us, sent.event.model_copy(update=told))


def later(sent: Sent, us: int) -> Sent:
    """Return an event that is published later."""
    return sent._replace(published_us=sent.published_us + us)


def _event(pair: Pair, case: int, what: str, agency: str, time_us: int, precision: Precision) -> Event:
    return Event(
        id=f"{case}-{what}",
        source=f"/agency/{agency}",
        type=f"caseflow.charge.{what}-{pair.number:02}.v1",
        subject=f"case-{case}",
        time=_instant(time_us),
        timeprecision=precision,
    )


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
