"""`caseflow report waits`: read one row of the register, group its waits, compare; loaded when it is asked for."""

from dataclasses import dataclass
from datetime import date, timedelta

import typer

from analysis.items import Known
from analysis.judging.asking import clocks
from analysis.judging.locking import publisher_clock
from analysis.waits.comparison import compared
from analysis.waits.grouping import Between, Part, grouped
from caseflow.charting.flows import as_of, read_world
from caseflow.errors import CommandError
from caseflow.reading.database import opened
from caseflow.reading.formats import Format
from caseflow.reading.known_until import known_until_us
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.reading.waits_rows import WaitsReport, as_csv, as_json
from caseflow.reading.waits_text import print_waits
from caseflow.wiring import database_of, profile_of
from infra.settings import Settings
from models.profile import Profile
from models.wait_groups import By
from projections.flow_items.reach import reach_of

_EPOCH = date(1970, 1, 1)
NOT_TOLD = "(not told)"


@dataclass(frozen=True, slots=True)
class WaitsAsked:
    """What a person asks for; the texts are as given.

    `since` and `until` are local days, both included: the waits count that begin on them. `day`: what was known
    at its end counts.
    """

    rule: str
    by: By
    sender: str | None = None
    receiver: str | None = None
    since: str | None = None
    until: str | None = None
    day: str | None = None


async def show_waits(settings: Settings, asked: WaitsAsked, format_: Format) -> None:
    """Print the waits of one row of the register, in groups.

    Raises:
        CommandError: there is no such row or day, or nothing is known of it between these organisations.
    """
    profile = profile_of(settings)
    between = Between(_day(asked.since), _day(asked.until, after=1))
    async with database_of(settings) as opened_settings:
        async with opened(opened_settings, profile.name) as reader, reader.connect() as connection:
            until_us = await known_until_us(connection, profile)
        at = Known(*as_of(asked.day, profile, until_us))
        parts = [
            part
            for area in _areas(profile, asked.by)
            for part in await _parts(opened_settings, profile, asked, at, area)
        ]
    report = _report(profile, asked, parts, between)
    match format_:
        case Format.TABLE:
            print_waits(screen(), report)
        case Format.JSON:
            typer.echo(as_json(report))
        case Format.CSV:
            typer.echo(as_csv(report))


def _areas(profile: Profile, by: By) -> tuple[str | None, ...]:
    """Return the areas that are read apart, the empty one for what none is told of; (None,): all at once."""
    return (*(area.code for area in profile.areas), "") if by is By.AREA else (None,)


async def _parts(
    settings: Settings, profile: Profile, asked: WaitsAsked, at: Known, area: str | None
) -> list[Part]:
    world, _ = await read_world(settings, profile, reach=reach_of(asked.rule, at.now_us, area))
    known = clocks(world, at.now_us)
    return [
        Part(area or NOT_TOLD, flow, publisher_clock(flow, known) or at)
        for key, flow in sorted(world.flows.items())
        if asked.sender in {None, key.sender} and asked.receiver in {None, key.receiver}
    ]


def _report(profile: Profile, asked: WaitsAsked, parts: list[Part], between: Between) -> WaitsReport:
    titles = {row.id: row.title for row in profile.rules}
    if asked.rule not in titles:
        raise CommandError(
            f"no such hand-off {safe(asked.rule)}: `caseflow register show` shows those there are"
        )
    if not parts:
        raise CommandError(f"nothing of {asked.rule} between these is known: `caseflow report` shows what is")
    return WaitsReport(
        rule=asked.rule,
        title=titles[asked.rule],
        by=asked.by,
        unit=parts[0].flow.calendar.unit,
        known_by=(_EPOCH + timedelta(days=min(part.known.day for part in parts) - 1)).isoformat(),
        found=compared(grouped(parts, asked.by, between)),
    )


def _day(text: str | None, *, after: int = 0) -> int | None:
    """Return a local day as number, or one so many days after it; None where nobody asks."""
    if text is None:
        return None
    try:
        return (date.fromisoformat(text) - _EPOCH).days + after
    except ValueError as error:
        raise CommandError(f"{safe(text)} is no day: write 2026-06-30") from error
