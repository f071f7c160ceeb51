"""A case in the making: who says what and when, and which hand-offs that begins and ends."""

from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import JsonValue

from models.identities import derived_id
from publishers.synthetic.chance import Chance
from publishers.synthetic.local_time import MINUTE
from publishers.synthetic.references import hearing_reference
from publishers.synthetic.world import World

Data = dict[str, JsonValue]


class Victim(NamedTuple):
    """Somebody who is to be told, by an opaque reference; `registered` is the event that says so."""

    number: int
    ref: str
    enhanced: bool
    registered: "Said"


@dataclass(slots=True)
class Said:
    """One thing that happened: short type, the role and agency that say so, when (seconds), attributes.

    `key` names its place in the story, `order` its rank in the order of time. What is not `told` happened for
    the story's sake alone: nobody ever said it. What is said `in_error` never happened, and is taken back.
    """

    key: str
    id: str
    name: str
    role: str
    agency: str
    at: int
    data: Data
    extends: str | None = None
    told: bool = True
    in_error: bool = False
    order: int = 0


class Turn(NamedTuple):
    """How a wait came out: when it ends, what was planted on it, and whether its end is ever told.

    `drawn` is the wait as it was drawn, in seconds, before any effect, office hour or sitting day; None where it is
    made up of others.
    """

    at: int
    drawn: float | None
    planted: tuple[str, ...] = ()
    told: bool = True


@dataclass(slots=True)
class Note:
    """A hand-off as it was told: the event that starts it, those that may end it, and the wait behind it."""

    rule: str
    start: Said
    stops: tuple[Said, ...]
    turn: Turn | None
    victim: Victim | None = None


@dataclass(slots=True)
class Story:
    """One defendant's way through the partnership, told as it goes.

    `planted` names the effects that changed anything in it. `awaiting_trial` are the hand-offs that a trial will
    end, `limit_until` the last day of the custody time limit while there is one.
    """

    case: str
    area: str
    world: World
    chance: Chance
    youth: bool = False
    offence_class: str = "summary"
    offence_date: str = ""
    charged_on: str = ""
    first_listed_on: str = ""
    remand: str = "bail"
    court: str = "mags"
    limit_until: int | None = None
    awaiting_trial: list[Note] = field(default_factory=list)
    victims: tuple[Victim, ...] = ()
    hearings: int = 0
    said: list[Said] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    speakers: dict[str, str] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)
    _said_of: dict[str, int] = field(default_factory=dict)

    def say(self, name: str, role: str, at: int, /, **data: JsonValue) -> Said:
        """Add an event; a role is spoken for by the same agency all through the case."""
        return self.add(Said("", "", name, role, self.speaker(role), at, data))

    def add(self, said: Said) -> Said:
        """Give an event its place and an id that follows from how often its type was said. Police keep minutes."""
        if said.role == "police":
            said.at -= said.at % MINUTE
        count = self._said_of[said.name] = self._said_of.get(said.name, 0) + 1
        said.key = f"{said.name}/{count}"
        said.id = derived_id("synthetic", self.world.name, self.case, said.key)
        if said.told:
            self.said.append(said)
        return said

    def answer(self, rule: str, start: Said, turn: Turn, name: str, role: str, /, **data: JsonValue) -> Said:
        """Say what ends a hand-off, unless nobody ever does, and note the pair."""
        stop = self._stop(start, turn, name, role, data)
        self.note(rule, start, stop, turn)
        return stop

    def answer_for(
        self, victim: Victim, rule: str, start: Said, turn: Turn, name: str, role: str, /, **data: JsonValue
    ) -> Said:
        """Do the same for a hand-off of which there is one for each victim."""
        stop = self._stop(start, turn, name, role, data)
        self.note(rule, start, stop, turn, victim)
        return stop

    def _stop(self, start: Said, turn: Turn, name: str, role: str, data: Data) -> Said:
        told = turn.told and start.told
        return self.add(Said("", "", name, role, self.speaker(role), turn.at, data, told=told))

    def note(
        self,
        rule: str,
        start: Said,
        stop: Said | None = None,
        turn: Turn | None = None,
        victim: Victim | None = None,
    ) -> Note:
        """Note a hand-off; of one whose start nobody tells nothing is kept."""
        stops = (stop,) if stop is not None and stop.told else ()
        note = Note(rule, start, stops, turn, victim)
        if start.told:
            self.notes.append(note)
        return note

    def also_ends(self, rule: str, stop: Said) -> None:
        """Note that what was said ends the last hand-off of a rule too, for whoever does not know what did."""
        note = next(note for note in reversed(self.notes) if note.rule == rule)
        note.stops = (*note.stops, stop)

    def office(self, name: str, at: int) -> int:
        """Return when an office gets to something; the hour is drawn by its name, needed or not."""
        return self.world.diary.office(at, self.chance.share(f"{name}, hour"))

    def sitting(self, name: str, at: int) -> int:
        """Return when a court sits next, on a later day."""
        return self.world.diary.sitting(at, self.chance.share(f"{name}, hour"))

    def between(self, name: str, low: float, high: float) -> int:
        """Return a number of seconds from an even spread; the bounds are seconds too."""
        return round(self.chance.between(name, low, high))

    def happens(self, name: str, share: float) -> bool:
        """Return True in this share of draws."""
        return self.chance.happens(name, share)

    def date(self, at: int) -> str:
        """Return the local date of an instant as it is written."""
        return self.world.diary.local.date(at)

    def new_hearing(self) -> str:
        """Return the reference of the next hearing."""
        self.hearings += 1
        return hearing_reference(self.case, self.hearings)

    def speaker(self, role: str) -> str:
        """Return the agency that speaks for a role in this case: one of several, such as the prisons."""
        known = self.speakers.get(role)
        if known is None:
            known = self.chance.one_of(f"who is {role}", self.world.holders(role, self.area))
            self.speakers[role] = known
        return known
