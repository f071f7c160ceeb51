"""`caseflow report waits`: read one row of the register, group its waits, compare; loaded when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import typer
from rich.console import Console

from analysis.items import FlowKey, Known
from analysis.judging.asking import clocks
from analysis.judging.locking import publisher_clock
from analysis.waits.cohorts import cohorts_of
from analysis.waits.comparison import compared
from analysis.waits.grouping import Between, Part, grouped
from caseflow.charting.flows import as_of, read_world
from caseflow.flow_choice import FlowChoice
from caseflow.reading import cohorts_rows, waits_rows
from caseflow.reading.cohorts_rows import CohortsReport
from caseflow.reading.cohorts_text import print_cohorts
from caseflow.reading.database import opened
from caseflow.reading.formats import Format
from caseflow.reading.known_until import known_until_us
from caseflow.reading.screen import screen
from caseflow.reading.waits_rows import Heading, WaitsReport
from caseflow.reading.waits_text import print_waits
from caseflow.wiring import database_of, profile_of
from infra.settings import Settings
from models.instants import date_of, number_of
from models.profile import Profile
from models.wait_groups import By
from projections.flow_items.reach import reach_of

NOT_TOLD = "(not told)"
Report = TypeVar("Report", WaitsReport, CohortsReport)


@dataclass(frozen=True, slots=True)
class WaitsAsked:
    """What a person asks for.

    `since` and `until` are local days, both included: the waits count that begin on them. `day`: what was known
    at its end counts.
    """

    choice: FlowChoice
    by: By
    since: date | None = None
    until: date | None = None
    day: date | None = None


async def show_waits(settings: Settings, asked: WaitsAsked, format_: Format) -> None:
    """Print the waits of one row of the register, in groups; by week, what was started in each.

    Raises:
        CommandError: there is no such row, or nothing is known of it between these organisations.
    """
    profile = profile_of(settings)
    title = asked.choice.title_in(profile)
    async with database_of(settings) as opened_settings:
        async with opened(opened_settings, profile.name) as reader, reader.connect() as connection:
            until_us = await known_until_us(connection, profile)
        parts = await _parts(opened_settings, profile, asked, Known(*as_of(asked.day, profile, until_us)))
    known_by = date_of(min(part.known.day for part in parts) - 1).isoformat()
    head = Heading(asked.choice.rule, title, parts[0].flow.calendar.unit, known_by)
    if asked.by is By.WEEK:
        weeks = CohortsReport(head, cohorts_of(parts, _between(asked)))
        _tell(weeks, format_, print_cohorts, cohorts_rows.as_json, cohorts_rows.as_csv)
    else:
        groups = WaitsReport(head, asked.by, compared(grouped(parts, asked.by, _between(asked))))
        _tell(groups, format_, print_waits, waits_rows.as_json, waits_rows.as_csv)


def _tell(
    report: Report,
    format_: Format,
    as_table: Callable[[Console, Report], None],
    as_json: Callable[[Report], str],
    as_csv: Callable[[Report], str],
) -> None:
    match format_:
        case Format.TABLE:
            as_table(screen(), report)
        case Format.JSON:
            typer.echo(as_json(report))
        case Format.CSV:
            typer.echo(as_csv(report))


async def _parts(settings: Settings, profile: Profile, asked: WaitsAsked, at: Known) -> list[Part]:
    """Return the flows that are asked for, apart by area where these are compared."""
    found: list[Part] = []
    flows: set[FlowKey] = set()
    for area in _areas(profile, asked.by):
        reach = reach_of(asked.choice.rule, at.now_us, area)
        world, _ = await read_world(settings, profile, reach=reach)
        known = clocks(world, at.now_us)
        flows |= world.flows.keys()
        for key in asked.choice.among(sorted(world.flows)):
            flow = world.flows[key]
            found.append(Part(area or NOT_TOLD, flow, publisher_clock(flow, known) or at))
    if not found:
        raise asked.choice.not_among(flows)
    return found


def _areas(profile: Profile, by: By) -> tuple[str | None, ...]:
    """Return the areas that are read apart, the empty one for what none is told of; (None,): all at once."""
    return (*(area.code for area in profile.areas), "") if by is By.AREA else (None,)


def _between(asked: WaitsAsked) -> Between:
    return Between(
        None if asked.since is None else number_of(asked.since),
        None if asked.until is None else number_of(asked.until) + 1,
    )
