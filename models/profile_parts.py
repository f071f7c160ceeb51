"""The parts a profile is written in: areas, stages, agencies, event types and import mappings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StringConstraints, model_validator

from models.calendars import Calendar, Day, Period

UNKNOWN_AGENCY = "unknown"
"""The code of the organisation of an event whose log does not say who spoke."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
EventName = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Area(_Part):
    """A part of the partnership that is looked at by itself; `region`: that of official statistics."""

    code: Code
    title: Text
    region: Text | None = None


class Court(_Part):
    """A court house; `code`: as events tell it (`courtCode`), of a longer spelling the first five."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{5}$")]
    title: Text
    area: Code


class Stage(_Part):
    """Where the work lies; the order in the file is the order of the stages."""

    code: Code
    title: Text


class Clock(_Part):
    """Whether time passes by the wall clock or by the events of an imported history."""

    mode: Literal["live", "history"]
    accepts_history: StrictBool = False


Percent = Annotated[int, Strict(), Field(ge=0, le=1000)]
Minutes = Annotated[int, Strict(), Field(ge=0)]


class Judging(_Part):
    """How hand-offs are judged beside their limits.

    A hand-off is due soon at `due_soon_percent` of its limit, and overdue `grace_minutes` after its due instant:
    the usual time from a stop to its event, by the role that may publish the stop. `tiers_percent` are the tiers
    of lateness, in percent of the limit's length after that, rising from 0.
    """

    due_soon_percent: Annotated[int, Strict(), Field(ge=1, le=100)] = 80
    tiers_percent: Annotated[tuple[Percent, ...], Field(max_length=3)] = (0, 25, 100)
    grace_minutes: Minutes = 60
    grace_minutes_by_role: Mapping[Code, Minutes] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tiers_rise(self) -> Self:
        if self.tiers_percent[:1] != (0,) or list(self.tiers_percent) != sorted(set(self.tiers_percent)):
            raise ValueError("tiers_percent begins with 0 and rises: write [0, 25, 100]")
        return self

    def grace_minutes_of(self, roles: Iterable[str]) -> int:
        """Return the longest grace of the feeds of these roles."""
        return max((self.grace_minutes_by_role.get(role, self.grace_minutes) for role in roles), default=0)


class Signals(_Part):
    """How the silo signals are judged.

    Once a local day, at `evaluate_at`. What is usual is taken from the `baseline_weeks` from the day
    `baseline_from` on; without that day, from the first so many weeks of each flow or feed that hold enough.
    """

    baseline_from: Day | None = None
    baseline_weeks: Annotated[int, Strict(), Field(ge=26, le=104)] = 52
    evaluate_at: Annotated[str, Strict(), StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "05:00"

    @property
    def time_of_day(self) -> time:
        """The local time of the evaluation."""
        return time.fromisoformat(self.evaluate_at)


class ProfileHead(_Part):
    """profile.toml."""

    name: Code
    title: Text
    time_zone: Text
    clock: Clock
    judging: Judging = Judging()
    signals: Signals = Signals()
    parties: tuple[Code, ...] = ()
    areas: tuple[Area, ...] = Field(default=(), alias="area")
    courts: tuple[Court, ...] = Field(default=(), alias="court")
    stages: tuple[Stage, ...] = Field(alias="stage", min_length=1)


class ActsFor(Period):
    """On whose behalf an agency acts, and when."""

    agency: Code


class Reduced(Period):
    """Local days, both included, on which an agency works at a part of its strength, as it said beforehand."""

    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    strength: Annotated[float, Field(gt=0, lt=1)]

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError(
                f"the days end on {self.until}, before they begin on {self.since}: exchange them"
            )
        return self


class Agency(_Part):
    """An organisation: what it is, where it works, by which names it is known and when it may have spoken.

    `open_days` names the calendar of the days on which it works; None: the first one of the profile.
    """

    code: Code
    name: Text
    roles: frozenset[Code] = Field(min_length=1)
    areas: frozenset[Code] = frozenset()
    aliases: tuple[Text, ...] = ()
    upstream: Mapping[str, Text] = Field(default_factory=dict)
    acts_for: tuple[ActsFor, ...] = ()
    window: Period | None = None
    reader: StrictBool = False
    source_name: str | None = None
    open_days: str | None = None
    reduced: tuple[Reduced, ...] = ()

    def works_in(self, area: str | None) -> bool:
        """Return whether the agency covers an area; one without areas covers all, None asks for any."""
        return area is None or not self.areas or area in self.areas


class AgencyList(_Part):
    """agencies.toml."""

    agencies: tuple[Agency, ...] = Field(alias="agency", min_length=1)


class EventEntry(_Part):
    """One event type as events.toml lists it; its place in the file is its precedence, `ends` ends a case."""

    type: EventName
    publishers: frozenset[Code] = Field(min_length=1)
    judged: tuple[Text, ...] = ()
    ends: StrictBool = False


class EventList(_Part):
    """events.toml."""

    events: tuple[EventEntry, ...] = Field(alias="event", min_length=1)


class EventType(_Part):
    """A type of event: who may say it, its place among events of one time, what judging needs of it.

    `ends`: a case whose last event has this type is over, and its tail belongs to nobody's wait.
    """

    name: str
    stage: str
    precedence: int
    publishers: frozenset[str]
    judged: tuple[str, ...] = ()
    ends: bool = False


class CalendarList(_Part):
    """calendars.toml."""

    calendars: tuple[Calendar, ...] = Field(alias="calendar")


class Columns(_Part):
    """Which column of a file holds what; times without a zone are in the profile's."""

    case: Text
    activity: Text
    time: Text
    org: Text
    seq: Text | None = None
    recorded: Text | None = None
    id: Text | None = None


class ImportMapping(_Part):
    """How a table of some agency's log is read as events.

    `activities` and `orgs` translate the log's words into event types and agency codes. A file that leaves
    one out uses the profile's own names: event types, and agency codes or aliases; once loaded, it has them.
    """

    name: Code
    title: Text
    format: Literal["csv"]
    columns: Columns
    precision: Literal["second", "minute", "day", "day-if-midnight"]
    history: StrictBool = False
    data: tuple[Text, ...] = ()
    activities: Mapping[str, str] = Field(default_factory=dict)
    orgs: Mapping[str, str] = Field(default_factory=dict)

    def carried(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return the columns of a file that go into an event's data; `*`: all without another meaning."""
        if "*" not in self.data:
            return tuple(name for name in self.data if name in header)
        meant = set(self.columns.model_dump(exclude_none=True).values())
        return tuple(name for name in header if name not in meant)
