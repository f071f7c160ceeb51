"""`caseflow report weekly`: read the weeks of one row of the register; loaded when it is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

import typer

from analysis.items import FlowKey, Known
from analysis.judging.asking import clocks
from analysis.judging.locking import clock_of
from caseflow.charting.flows import as_of, read_world
from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.flow_choice import FlowChoice
from caseflow.reading.database import opened
from caseflow.reading.formats import Format
from caseflow.reading.known_until import known_until_us
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.reading.waits_rows import Heading
from caseflow.reading.weekly_command import COMPUTE
from caseflow.reading.weekly_rows import ToldWeek, WeeklyReport, as_csv, as_json
from caseflow.reading.weekly_text import print_weekly
from caseflow.wiring import database_of, profile_of
from infra.settings import Settings
from models.bank_holidays import FIRST_YEAR
from models.instants import date_of
from models.profile import Profile
from projections.flow_items.reach import feeds_alone
from projections.weekly.queries import Waiting, WeekRow, waiting, weeks
from projections.weekly.series import WEEK, every_week, together

UNIT = "days of 24 hours"


@dataclass(frozen=True, slots=True)
class WeeklyAsked:
    """What a person asks for: the weeks that lie whole between two local days, both included."""

    choice: FlowChoice
    since: date | None = None
    until: date | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is stored of a row of the register: its weeks, those that wait, and up to which day flows are known."""

    rows: Sequence[WeekRow]
    waiting: set[Waiting]
    known: dict[str, Known]
    now: Known

    def before(self, key: FlowKey) -> date:
        """Return the first local day of which not all of a flow may be told yet."""
        return date_of((clock_of(key, self.known) or self.now).day)


async def show_weekly(settings: Settings, asked: WeeklyAsked, format_: Format) -> None:
    """Print the look-back figures of one row of the register, week by week; on standard error, what waits.

    Raises:
        CommandError: there is no such row, nothing is known of it between these organisations, or no week of it
            has ever been computed.
    """
    profile = profile_of(settings)
    title = asked.choice.title_in(profile)
    report = _report(await _kept(settings, profile, asked.choice.rule), asked, title)
    if report.waiting:
        say(f"caseflow: {_waits(report.waiting, asked.choice.rule)}, and may be old: {COMPUTE}")
    match format_:
        case Format.TABLE:
            print_weekly(screen(), report)
        case Format.JSON:
            typer.echo(as_json(report))
        case Format.CSV:
            typer.echo(as_csv(report))


async def _kept(settings: Settings, profile: Profile, rule: str) -> _Kept:
    async with database_of(settings) as opened_settings:
        async with opened(opened_settings, profile.name) as reader, reader.connect() as connection:
            now = Known(*as_of(None, profile, await known_until_us(connection, profile)))
            changed = await waiting(
                connection, rule
            )  # first: what is computed meanwhile is marked all the same
            rows = await weeks(connection, rule)
        world, _ = await read_world(opened_settings, profile, reach=feeds_alone(now.now_us))
    return _Kept(rows, changed, clocks(world, now.now_us), now)


def _report(kept: _Kept, asked: WeeklyAsked, title: str) -> WeeklyReport:
    # What is dated before the calendars' years is misdated: charts leave it out too.
    flows = _by_flow(row for row in kept.rows if row.week.year >= FIRST_YEAR)
    keys = asked.choice.among(sorted(flows))
    if not keys:
        raise _nothing(kept, asked.choice, flows)
    before = {key: kept.before(key) for key in keys}
    end = min(before.values())
    if asked.together:
        before = dict.fromkeys(keys, end)
    changed = {(one.sender, one.week) for one in kept.waiting}
    found = [_asked_for(every_week(flows[key], before[key]), asked) for key in keys]
    shown = [together(found)] if asked.together else found
    waiting_too = (one.sender for one in kept.waiting if asked.choice.sender in {None, one.sender})
    senders = {*(key.sender for key in keys), *waiting_too}  # a sender may have no computed week yet
    head = Heading(asked.choice.rule, title, UNIT, (end - timedelta(days=1)).isoformat())
    told = [[_told(row, changed, senders) for row in flow] for flow in shown]
    waits = sum(
        one.sender in senders and _lies_in(one.week, max(before.values()), asked) for one in kept.waiting
    )
    return WeeklyReport(head, told, asked.together, waits)


def _nothing(kept: _Kept, choice: FlowChoice, flows: Iterable[FlowKey]) -> CommandError:
    """Return why there is no week: none of this sender is computed yet, or there is no such flow."""
    changed = sum(choice.sender in {None, one.sender} for one in kept.waiting)
    if not changed or any(choice.sender in {None, key.sender} for key in flows):
        return choice.not_among(flows)
    return CommandError(
        f"no week of {safe(choice.rule)} has been computed yet, {_waits(changed, choice.rule)}: {COMPUTE}"
    )


def _by_flow(rows: Iterable[WeekRow]) -> dict[FlowKey, list[WeekRow]]:
    return {key: list(some) for key, some in groupby(rows, attrgetter("key"))}


def _asked_for(rows: Iterable[WeekRow], asked: WeeklyAsked) -> list[WeekRow]:
    return [row for row in rows if _lies_in(row.week, date.max, asked)]


def _lies_in(monday: date, before: date, asked: WeeklyAsked) -> bool:
    """Return whether a week ends before a day, and lies whole in the time that is asked for."""
    after = monday + WEEK
    return (
        after <= before
        and (asked.since is None or monday >= asked.since)
        and (asked.until is None or after - timedelta(days=1) <= asked.until)
    )


def _told(row: WeekRow, changed: set[tuple[str, date]], senders: set[str]) -> ToldWeek:
    """Return a week with its mark: together it is old where a week of any of the senders is."""
    of = {row.sender} if row.sender else senders
    return ToldWeek(row, not any((sender, row.week) in changed for sender in of))


def _waits(count: int, rule: str) -> str:
    return f"1 week of {safe(rule)} waits" if count == 1 else f"{count:,} weeks of {safe(rule)} wait"
