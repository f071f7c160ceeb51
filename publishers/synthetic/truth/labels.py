"""Labels: what is true of each hand-off, as it can be known at an instant."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import orjson

from publishers.synthetic.counting import day_told
from publishers.synthetic.local_time import DAY
from publishers.synthetic.recording import Record
from publishers.synthetic.story import Note, Story
from publishers.synthetic.truth.ends import FIRST, LATEST, OPTIONAL, OVER, PROOFS, UNLESS
from publishers.synthetic.truth.known import LAST, Happened, Known
from publishers.synthetic.truth.limits import (
    BEGINS_ON,
    IN_HOURS,
    JUDGED_ON,
    LIMITS,
    SECOND_US,
    Clock,
    Limit,
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NEVER: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Label:
    """What is true of one hand-off.

    `state`: open, met, met_late, overdue, missing, void. `late`: it was done late, or is overdue. `about`: the
    victim, where the row has one wait for each. `due`: the last moment in time. `why`: the planted effects, or
    what else explains it.
    """

    rule: str
    case: str
    start_event: str
    about: str | None
    stop_event: str | None
    due: str | None
    late: bool
    state: str
    why: str

    def to_json(self) -> bytes:
        """Return one line of the truth, without a line end."""
        return orjson.dumps(asdict(self))


def labels(story: Story, records: list[Record], until: int, graces: Mapping[str, int]) -> Iterator[Label]:
    """Yield the truth about every hand-off with a number that a case's events imply.

    Args:
        story: a case, told and recorded.
        records: its records.
        until: what was recorded later is not known; seconds since 1970.
        graces: by row, how long after its due instant a feed may still tell of the stop; seconds.
    """
    world = story.world
    known = Known(records, until, world.profile, world.diary.local)
    withdrawn = {one.said.key for one in records if one.first.recorded <= until and one.is_withdrawn(until)}
    opened: dict[str, list[tuple[Happened, Note]]] = {}
    for note in story.notes:
        if note.rule not in LIMITS:
            continue
        start = known.of(note.start)
        if start is not None and _opens(note, start, known):
            opened.setdefault(note.rule, []).append((start, note))
        elif start is None and note.start.key in withdrawn:
            yield _void(story.case, note)
    for rule, pairs in opened.items():
        starts = _counting(rule, sorted(pairs, key=lambda pair: pair[0].place), known)
        for start, note, again in starts:
            yield (
                _replaced(story.case, note, start, known)
                if again
                else _label(story.case, note, start, known, graces[rule])
            )


def _opens(note: Note, start: Happened, known: Known) -> bool:
    """Return whether a known start opens its hand-off: its victim is known, and nothing has made it needless."""
    if note.victim is not None and known.of(note.victim.registered) is None:
        return False
    return not known.matching(UNLESS.get(note.rule, ()), before=start.place)


def _counting(
    rule: str, pairs: list[tuple[Happened, Note]], known: Known
) -> Iterator[tuple[Happened, Note, bool]]:
    """Yield the starts that count, each or the first alone, and whether a later one took the place of each."""
    for number, (start, note) in enumerate(pairs):
        if rule in FIRST and number:
            return
        later = pairs[number + 1][0].place if number + 1 < len(pairs) else LAST
        stop, over = _end(note, start, known)
        ended = stop or over
        yield start, note, rule in LATEST and later < (LAST if ended is None else ended.place)


def _end(note: Note, start: Happened, known: Known) -> tuple[Happened | None, Happened | None]:
    """Return the stop, or else what ended the waiting before any stop came."""
    found = [one for said in note.stops if (one := known.of(said)) is not None and one.place > start.place]
    stop = min(found, default=None)
    over = min(known.matching(OVER.get(note.rule, ()), after=start.place), default=None)
    if over is not None and (stop is None or over.place < stop.place):
        return None, over
    return stop, None


def _label(case: str, note: Note, start: Happened, known: Known, grace: int) -> Label:
    stop, over = _end(note, start, known)
    limit = _limit(note, start, stop, known)
    if stop is not None:
        state = _state_at(_judged_at(note.rule, stop, known), limit)
    elif over is not None:
        state = _state_over(note, start, over, limit, known)
    else:
        state = _state_while_open(note, start, limit, known, grace)
    late = state in {"met_late", "overdue"}
    return Label(
        rule=note.rule,
        case=case,
        start_event=start.said.id,
        about=None if note.victim is None else note.victim.ref,
        stop_event=None if stop is None else stop.said.id,
        due=None if limit.due_us is None else _written(limit.due_us),
        late=late,
        state=state,
        why=_why(note, state, known),
    )


def _limit(note: Note, start: Happened, stop: Happened | None, known: Known) -> Limit:
    """Return the limit as it counts from the told day, or from when the start and the victim were known."""
    begun = start
    if note.victim is not None:
        registered = known.of(note.victim.registered)
        if registered is not None and registered.at > start.at:
            begun = registered
    told = known.attributes(start)
    if note.victim is not None:
        told = {"enhanced": note.victim.enhanced, **told}
    day = day_told(told.get(BEGINS_ON[note.rule])) if note.rule in BEGINS_ON else None
    at = None if day is not None or begun.version.precision == "day" else begun.at
    first = day if day is not None else known.local.day(begun.at)
    stop_place = LAST if stop is None else stop.place
    limit = LIMITS[note.rule](Clock(known, start, told, stop_place, first, at))
    in_hours = note.rule in IN_HOURS or (note.rule == "H04" and told["suspectStatus"] == "custody")
    if in_hours and stop is not None and stop.version.precision == "day":
        return Limit()
    return limit


def _judged_at(rule: str, stop: Happened, known: Known) -> int:
    """Return when a stop counts, in microseconds: as it was, or on the day that it tells."""
    day = day_told(stop.data[JUDGED_ON[rule]]) if rule in JUDGED_ON else None
    return (stop.at if day is None else known.local.midnight(day)) * SECOND_US


def _state_at(stopped_us: int, limit: Limit) -> str:
    late = limit.due_us is not None and stopped_us > limit.due_us
    early = limit.earliest_us is not None and stopped_us < limit.earliest_us
    return "met_late" if late or early else "met"


def _state_over(note: Note, start: Happened, over: Happened, limit: Limit, known: Known) -> str:
    """Return what is left of a hand-off that nothing awaits any more: a failure if it was late or proved missed."""
    late = limit.due_us is not None and over.at * SECOND_US > limit.due_us and note.rule not in OPTIONAL
    return "missing" if late or _proved(note, start, known) <= over.at else "void"


def _state_while_open(note: Note, start: Happened, limit: Limit, known: Known, grace: int) -> str:
    if _proved(note, start, known) <= known.until:
        return "missing"
    if limit.due_us is None or known.until * SECOND_US <= limit.due_us + grace * SECOND_US:
        return "open"
    return "void" if note.rule in OPTIONAL else "overdue"


def _proved(note: Note, start: Happened, known: Known) -> int:
    """Return from when on it is said that the stop was missed; no proof: never."""
    gone = [
        one.at + days * DAY
        for match, days in PROOFS.get(note.rule, ())
        for one in known.matching([match], after=start.place)
    ]
    return min(gone, default=NEVER)


_PLAINLY: Final = {
    "met": "in time",
    "met_late": "ordinary tail",
    "void": "no longer awaited",
    "open": "in hand",
}


def _why(note: Note, state: str, known: Known) -> str:
    """Return what explains a state: what was planted, what was drawn, or what nobody knows yet."""
    planted = note.turn.planted if note.turn is not None else ()
    if planted and state in {"met_late", "overdue", "missing"}:
        return "+".join(planted)
    if state in _PLAINLY:
        return _PLAINLY[state]
    if not note.stops:
        return "never happened"
    return "not done yet" if note.stops[-1].at > known.until else "done, but not known"


def _replaced(case: str, note: Note, start: Happened, known: Known) -> Label:
    limit = _limit(note, start, None, known)
    return Label(
        rule=note.rule,
        case=case,
        start_event=start.said.id,
        about=None if note.victim is None else note.victim.ref,
        stop_event=None,
        due=None if limit.due_us is None else _written(limit.due_us),
        late=False,
        state="void",
        why="begun again",
    )


def _void(case: str, note: Note) -> Label:
    about = None if note.victim is None else note.victim.ref
    return Label(
        note.rule, case, note.start.id, about, None, None, late=False, state="void", why="said in error"
    )


def _written(due_us: int) -> str:
    return (_EPOCH + timedelta(microseconds=due_us)).isoformat().replace("+00:00", "Z")
