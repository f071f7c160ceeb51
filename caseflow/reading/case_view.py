"""A case with everything that a page about it needs, read from the database at one time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.errors import CommandError
from caseflow.reading import case_words as words
from caseflow.reading.local_time import LocalTime
from caseflow.reading.safe_text import safe
from infra import topics
from models.instants import DAY_US, cut_to_day, to_us
from models.profile import Profile
from projections.case_timeline.alike import alike
from projections.case_timeline.chain import BrokenChainError, Identity
from projections.case_timeline.queries import CaseTimeline, EventRow, case_timeline
from projections.dead_letters.counts import by_status
from projections.positions.queries import watermark_us


@dataclass(frozen=True)
class CaseView:
    """One case. `now_us`: up to when its tail is counted, None where no clock has judged it."""

    profile: Profile
    timeline: CaseTimeline
    letters: Mapping[str, int]
    now_us: int | None

    @cached_property
    def times(self) -> LocalTime:
        """How its times are written."""
        return LocalTime(self.profile.tz, cut=self.timeline.case.get("precision") == "day")

    @property
    def area(self) -> str | None:
        """The title of its area."""
        code = self.timeline.case.get("area")
        return next((area.title for area in self.profile.areas if area.code == code), code)

    @property
    def ended(self) -> bool:
        """Whether its last event ends a case."""
        known = self.profile.event_types.get(self.timeline.case.get("last_type") or "")
        return known is not None and known.ends

    @property
    def amended(self) -> set[Identity]:
        """The events that another one has amended."""
        return {(event.source, event.amends) for event in self.timeline.beside if event.amends}

    @property
    def since_last_us(self) -> int | None:
        """How long ago its last event was, at `now_us`; None where that is not known or lies ahead."""
        if self.now_us is None or not self.timeline.entries:
            return None
        now = cut_to_day(self.now_us, self.profile.tz) if self.times.cut else self.now_us
        since = now - int(self.timeline.case["last_us"])
        return since if since >= 0 else None

    @property
    def as_of(self) -> str | None:
        """The day up to which an imported history is judged; None where time is now."""
        if self.profile.clock_mode == "live" or self.now_us is None:
            return None
        return LocalTime(self.profile.tz, cut=False).of_deadline(self.now_us)

    def hand_off_time(self, row: Mapping[str, Any], column: str) -> str:
        """Return a start or stop of a standard hand-off: an instant, or in a case cut to dates a date."""
        if self.times.cut:
            return self.times.of_place(cut_to_day(row[column], self.profile.tz))
        return self.times.of_instant(row[column])

    def hand_off_wait(self, row: Mapping[str, Any]) -> str:
        """Return the wait of a standard hand-off in words."""
        whole_days = self.times.cut and row["wait_us"] % DAY_US == 0
        return words.length(row["wait_us"], cut=whole_days)

    def why_apart(self, event: EventRow) -> str:
        """Return why an event stands beside the timeline, in words."""
        beside = self.timeline.beside
        known = {entry.place.identity for entry in self.timeline.entries} | {e.identity for e in beside}
        return words.apart(event, beside, known)

    def told_at(self, event: EventRow) -> str:
        """Return when an event beside the timeline says that it happened."""
        at_us = to_us(event.occurred_at)
        if event.precision == "day":
            return LocalTime(self.profile.tz, cut=True).of_place(cut_to_day(at_us, self.profile.tz))
        return LocalTime(self.profile.tz, cut=False).of_instant(at_us)


async def case_view(reader: AsyncEngine, profile: Profile, ref: str, now: datetime) -> CaseView:
    """Read a case.

    Args:
        reader: of the database.
        profile: that it was filled with.
        ref: the reference as agencies write it.
        now: up to when the tail of a live case is counted; an imported one ends at the import's as-of.

    Raises:
        CommandError: no such case (references like it are offered), or its steps are no chain.
    """
    if "\0" in ref or ref != ref.encode(errors="replace").decode():
        raise _unknown(ref, [])  # a database holds no such text
    try:
        timeline = await case_timeline(reader, ref)
    except BrokenChainError as error:
        raise CommandError(safe(error)) from error
    async with reader.connect() as connection:
        if timeline is None:
            raise _unknown(ref, await alike(connection, ref))
        letters = await by_status(connection, ref)
        as_of_us = await watermark_us(connection, topics.EVENTS, timeline.case["log_partition"])
    live = profile.clock_mode == "live"
    return CaseView(profile, timeline, letters, to_us(now) if live else as_of_us)


def _unknown(ref: str, like_it: list[str]) -> CommandError:
    hint = f"; did you mean {', '.join(map(safe, like_it))}?" if like_it else ""
    return CommandError(f"no case {safe(ref)} is known{hint}")
