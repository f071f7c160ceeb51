"""Where does the boundary cost time, since when, and how sure is that?"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Text, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.answers import Effect, Sample, Status
from analysis.findings import About, Kind
from analysis.judging.confidence import Confidence
from analysis.judging.signals import Direction, State
from projections.silo_signals.columns import ABOUT, about_columns, about_of
from projections.silo_signals.kept import silo_memory
from projections.silo_signals.table import silo_finding, silo_signal

GOING_ON = (State.CANDIDATE, State.OPEN)


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal as it stood when it was last judged; fields as of `judging.signals.Signal`, days as local dates.

    `evidence` as `projections.silo_signals.evidence` gives it.
    """

    id: UUID
    kind: Kind
    about: About
    direction: Direction
    state: State
    since: date
    opened: date | None
    ended: date | None
    last_judged: date
    window: tuple[date, date]
    measure: str
    effect: Effect
    p: float
    p_adjusted: float | None
    observed: int
    expected: float
    sample: Sample
    excess_days: float | None
    share: float | None
    arrivals_ratio: float | None
    confidence: Confidence
    evidence: list[dict[str, Any]]
    sentence: str
    goes_away_if: str
    versions: dict[str, str]
    written_at: datetime


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What one test said on one judged day; numbers are None where it was not answered."""

    day: date
    kind: Kind
    about: About
    status: Status
    why: str | None
    passed: bool
    large_enough: bool
    p: float | None
    p_adjusted: float | None
    effect: Effect | None
    observed: int
    expected: float
    sample: Sample
    window: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which signals are asked for; an empty collection asks for nothing.

    `agency` is concerned as sender, receiver or by its feed. `at` asks for those that were open on a local day.
    """

    states: Collection[State] = field(default=GOING_ON)
    kinds: Collection[Kind] = ()
    agency: str | None = None
    rule: str | None = None
    at: date | None = None


async def signals(connection: AsyncConnection, wanted: Wanted = Wanted()) -> list[SignalRow]:
    """Return signals, gravest first: as `analysis.judging.signals.ranked` has it, ended ones last."""
    rows = await connection.execute(select(silo_signal).where(*_conditions(wanted)).order_by(*_rank()))
    return [_signal(row) for row in rows]


async def named(connection: AsyncConnection, beginning: str) -> list[SignalRow]:
    """Return the signals whose id begins so: none, one, or too many to tell which is meant."""
    begins = cast(silo_signal.c.id, Text).startswith(beginning.lower(), autoescape=True)
    return [_signal(row) for row in await connection.execute(select(silo_signal).where(begins).limit(20))]


async def findings(
    connection: AsyncConnection, about: About, kind: Kind | None = None, last: int = 10
) -> list[FindingRow]:
    """Return what was found about something on the last judged days, newest first.

    Args:
        connection: of the database.
        about: a flow, an agency's part in one, or a feed.
        kind: of test; None: all.
        last: days on which there was a finding.
    """
    c = silo_finding.c
    alike = [c[name] == value for name, value in zip(ABOUT, about_columns(about), strict=True)]
    if kind is not None:
        alike.append(c.kind == kind.value)
    days = select(c.day).where(*alike).distinct().order_by(c.day.desc()).limit(last)
    rows = await connection.execute(
        select(silo_finding).where(*alike, c.day.in_(days)).order_by(c.day.desc(), c.kind)
    )
    return [finding(row) for row in rows]


async def of_day(connection: AsyncConnection, day: date) -> list[FindingRow]:
    """Return everything that was found on a judged day, sorted by kind and what it is about."""
    c = silo_finding.c
    order = (c.kind, *(c[name] for name in ABOUT))
    return [
        finding(row)
        for row in await connection.execute(select(silo_finding).where(c.day == day).order_by(*order))
    ]


async def last_judged(connection: AsyncConnection) -> date | None:
    """Return the last local day that was judged and kept; None: none was."""
    found: date | None = (await connection.execute(select(func.max(silo_memory.c.day)))).scalar()
    return found


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    c = silo_signal.c
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(c.state.in_([one.value for one in wanted.states]))
    if wanted.kinds:
        found.append(c.kind.in_([one.value for one in wanted.kinds]))
    if wanted.agency is not None:
        found.append(or_(*(c[name] == wanted.agency for name in ("sender", "receiver", "agency"))))
    if wanted.rule is not None:
        found.append(c.rule == wanted.rule)
    if wanted.at is not None:
        found.append(and_(c.opened <= wanted.at, or_(c.ended.is_(None), c.ended > wanted.at)))
    return found


def _rank() -> list[ColumnElement[Any]]:
    c = silo_signal.c
    return [
        c.ended.desc().nulls_first(),
        case((c.direction == Direction.IMPROVEMENT.value, 1), else_=0),
        case((c.confidence == Confidence.LOW.value, 1), else_=0),
        func.coalesce(c.excess_days, 0.0).desc(),
        func.coalesce(c.share, 0.0).desc(),
        case({one.value: place for place, one in enumerate(Confidence)}, value=c.confidence),
        cast(c.id, Text),
    ]


def _signal(row: Row[Any]) -> SignalRow:
    told = row._asdict()
    about = about_of(*(told.pop(name) for name in ABOUT))
    effect = Effect(*(told.pop(f"effect_{name}") for name in ("value", "low", "high", "unit")))
    sample = Sample(told.pop("n"), told.pop("n_open"), told.pop("baseline_n"))
    window = told.pop("window_from"), told.pop("window_to")
    kind, state, direction = (
        Kind(told.pop("kind")),
        State(told.pop("state")),
        Direction(told.pop("direction")),
    )
    confidence = Confidence(told.pop("confidence"))
    return SignalRow(
        **told,
        kind=kind,
        about=about,
        direction=direction,
        state=state,
        window=window,
        effect=effect,
        sample=sample,
        confidence=confidence,
    )


def finding(row: Row[Any]) -> FindingRow:
    """Return a row of `silo_finding`."""
    told = row._asdict()
    about = about_of(*(told.pop(name) for name in ABOUT))
    parts = [told.pop(f"effect_{name}") for name in ("value", "low", "high", "unit")]
    sample = Sample(told.pop("n"), told.pop("n_open"), told.pop("baseline_n"))
    first, last = told.pop("window_from"), told.pop("window_to")
    return FindingRow(
        **told | {"kind": Kind(row.kind), "status": Status(row.status)},
        about=about,
        effect=None if parts[0] is None else Effect(*parts),
        sample=sample,
        window=None if first is None else (first, last),
    )
