"""What happened in one case, in order, and who held it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine

from projections.case_timeline.chain import Identity, Place, StepLink, chain
from projections.case_timeline.table import case_event, case_file
from projections.hand_off_matrix.table import step
from projections.hand_offs.table import hand_off


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it was told, and the place of its raw record.

    `notes` say what was odd in it: objects of `type`, `path`, `wrong` (`models.identifiers.Note`).
    """

    case_ref: str
    source: str
    event_id: str
    type: str
    stage: str
    acting_org: str | None
    owner_org: str | None
    area: str | None
    occurred_at: datetime
    precision: str
    sequence: int
    recorded_at: datetime | None
    published_at: datetime | None
    amends: str | None
    withdraws: str | None
    extends: str | None
    history: bool
    ahead: bool
    content_hash: str
    data: dict[str, Any]
    origin_topic: str
    origin_partition: int
    origin_offset: int
    log_partition: int
    log_offset: int
    ingested_at: datetime
    notes: list[dict[str, str]]

    @property
    def identity(self) -> Identity:
        """Return source and id; the case is given."""
        return self.source, self.event_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the timeline, at the time at which it is judged.

    `at_us` is cut to the local date where the case is. `event` is None for the moment in which the change is
    stored and the event is not. `since` is the step that led here, None for the first event.
    """

    place: Place
    event: EventRow | None
    since: StepLink | None


@dataclass(frozen=True, slots=True)
class CaseTimeline:
    """One case: summary columns of `case_file`, the timeline in order, and what stands beside it.

    `beside` are events that are not on the timeline themselves: amendments, withdrawals, withdrawn events,
    and those told so lately that they are not judged yet. `hand_offs` are rows of `hand_off`, oldest first.
    """

    case: Mapping[str, Any]
    entries: Sequence[Entry]
    beside: Sequence[EventRow]
    hand_offs: Sequence[Mapping[str, Any]]


async def case_timeline(engine: AsyncEngine, case_ref: str) -> CaseTimeline | None:
    """Return a case as the database shows it at one instant, or None where no such case is known.

    Reads in one transaction with one snapshot, so that steps and summary belong together.

    Raises:
        BrokenChainError: the steps are no chain.
    """
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    async with reader.connect() as connection:
        cases = await connection.execute(select(case_file).where(case_file.c.case_ref == case_ref))
        case = cases.mappings().one_or_none()
        told = await connection.execute(
            select(case_event).where(case_event.c.case_ref == case_ref).order_by(case_event.c.log_offset)
        )
        links = await connection.execute(select(step).where(step.c.case_ref == case_ref))
        owed = await connection.execute(
            select(hand_off)
            .where(hand_off.c.case_ref == case_ref)
            .order_by(hand_off.c.started_us, hand_off.c.rule, hand_off.c.id)
        )
        events = [EventRow(*row) for row in told]
        steps = [_link(row) for row in links.mappings()]
        hand_offs = [dict(row) for row in owed.mappings()]
    if case is None:
        return None if not events else CaseTimeline({"case_ref": case_ref}, (), events, hand_offs)
    return _assemble(case, events, steps, hand_offs)


def _assemble(
    case: RowMapping, events: Sequence[EventRow], steps: Sequence[StepLink], hand_offs: list[dict[str, Any]]
) -> CaseTimeline:
    places = chain(steps) or _only_place(case, events)
    by_identity = {event.identity: event for event in events}
    arrivals = {(link.to_source, link.to_event): link for link in steps}
    entries = [
        Entry(place, by_identity.get(place.identity), arrivals.get(place.identity)) for place in places
    ]
    on_it = {place.identity for place in places}
    beside = [event for event in events if event.identity not in on_it]
    return CaseTimeline(dict(case), entries, beside, hand_offs)


def _only_place(case: RowMapping, events: Sequence[EventRow]) -> list[Place]:
    """Return the place of a case's only event: no step leads to it, and nothing withdraws it."""
    if case["events"] != 1:
        return []
    withdrawn = {(event.source, event.withdraws) for event in events if event.withdraws}
    for event in events:
        if event.amends is None and event.withdraws is None and event.identity not in withdrawn:
            org = event.owner_org or event.acting_org
            return [Place(*event.identity, case["last_type"], org, case["first_us"])]
    return []


def _link(row: RowMapping) -> StepLink:
    return StepLink(**{name: row[name] for name in StepLink._fields})
