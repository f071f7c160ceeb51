"""One case of the database as a picture."""

from collections.abc import Iterator, Mapping
from typing import Any

from board.charts.case_timeline import Awaited, CasePicture, Told, case_chart
from caseflow.charting.places import Place
from caseflow.errors import CommandError
from caseflow.reading import case_words, hand_off_words
from caseflow.reading.case_view import CaseView, case_view
from caseflow.reading.database import opened
from caseflow.reading.durations import percent
from caseflow.reading.safe_text import safe
from caseflow.wiring import database_of, profile_of
from infra.clock import now
from models.instants import DAY_US, cut_to_day, from_us, number_of

_DAY_S = 86_400


async def case(place: Place, ref: str) -> None:
    """Draw a case.

    Raises:
        CommandError: there is no such case, or none of its events counts.
    """
    profile = profile_of(place.settings)
    async with database_of(place.settings) as settings, opened(settings, profile.name) as reader:
        view = await case_view(reader, profile, ref, now())
    if not view.timeline.entries:
        raise CommandError(f"no event of case {safe(ref)} counts: there is nothing to draw")
    place.save(case_chart(picture(view)))


def picture(view: CaseView) -> CasePicture:
    """Return what is drawn of a case."""
    events = [
        Told(
            _place_days(view, entry.place.at_us), view.times.of_place(entry.place.at_us), *_what(entry.place)
        )
        for entry in view.timeline.entries
    ]
    since = view.since_last_us
    until = None if since is None or view.ended else events[-1].at + since / DAY_US
    return CasePicture(
        safe(view.timeline.case["case_ref"]), _about(view), events, list(_awaited(view)), until
    )


def _what(place: Any) -> tuple[str, str]:  # noqa: ANN401 - a place on the timeline
    return safe(place.type), "" if place.org is None else safe(place.org)


def _about(view: CaseView) -> str:
    case = view.timeline.case
    first, last = (view.times.of_place(case[name]) for name in ("first_us", "last_us"))
    told = [f"{view.area}: " if view.area else "", f"{len(view.timeline.entries)} events, {first} to {last}"]
    if case["elapsed_us"]:
        between, elapsed = case["between_us"], case["elapsed_us"]
        length = case_words.length(elapsed, cut=view.times.cut)
        told.append(f", {length}; {percent(between / elapsed)} of that between organisations")
    tail = case_words.tail(case)
    told.append("" if tail is None or view.ended else f". Now {tail}")
    return "".join(told)


def _awaited(view: CaseView) -> Iterator[Awaited]:
    for row in view.timeline.hand_offs:
        if row["state"] in {"void", "negative"}:
            continue  # neither lasted from its start to its stop
        yield Awaited(
            name=f"{safe(row['rule'])} {safe(row['title'])}",
            between=hand_off_words.between(row),
            state=hand_off_words.state(row),
            started=_days(view, row["started_us"]),
            stopped=_ended(view, row),
            due=None if row["due_us"] is None else _days(view, row["due_us"]),
            late=row["state"] in {"met_late", "overdue", "missing"},
        )


def _ended(view: CaseView, row: Mapping[str, Any]) -> float | None:
    ended = row["stopped_us"] if row["stopped_us"] is not None else row.get("ended_us")
    return None if ended is None else _days(view, ended)


def _place_days(view: CaseView, at_us: int) -> float:
    return at_us / DAY_US if view.times.cut else _days(view, at_us)


def _days(view: CaseView, time_us: int) -> float:
    """Return an instant as local days since 1970; a date in a case that is cut to dates."""
    if view.times.cut:
        return cut_to_day(time_us, view.profile.tz) / DAY_US
    local = from_us(time_us).astimezone(view.profile.tz)
    seconds = local.hour * 3_600 + local.minute * 60 + local.second
    return number_of(local) + seconds / _DAY_S
