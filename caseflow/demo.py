"""`caseflow demo`: everything at once, from events to a report."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from caseflow import sample
from caseflow.addresses import processes_answer, tell_addresses
from caseflow.arrival import until_judged, until_stored
from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.publishing import end_history, publish_path
from caseflow.reading.case import show_case
from caseflow.reading.database import opened
from caseflow.reading.report import Format, OrgNames, show_report
from caseflow.system import system
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, profile_of, settings_from
from infra import clock
from infra.kafka_positions import Place
from infra.settings import Settings
from models.profile import Profile
from projections.late_case.queries import late_case, longest_waiting_case
from publishers.files import default_rejects


@dataclass(frozen=True, slots=True)
class Wish:
    """What a demo is to publish and show."""

    events: Path | None
    format: Format
    org_names: OrgNames
    leave: bool


def demo(
    events: Annotated[
        Path | None,
        typer.Option(
            help="File of events. [default: 300 synthetic cases of the profile]", show_default=False
        ),
    ] = None,
    leave: Annotated[bool, typer.Option("--exit", help="Stop everything after the report.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="Of the report.")] = Format.TABLE,
    org_names: Annotated[
        OrgNames, typer.Option(help="code: of the profile; source: as the imported log names them.")
    ] = OrgNames.CODE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Show the whole of caseflow: start everything, publish events, wait for the last one's row, report.

    Then it stays up until Ctrl-C, for the other commands to be tried, unless --exit is given. With --format json
    or csv standard output holds the report alone. A second demo goes on with the same data: publishing the same
    events again changes nothing.

    Examples:
      caseflow demo

      caseflow demo --profile cook-county --events felony_2019_day.csv.gz --exit --format json
    """

    async def work() -> None:
        settings = settings_from(data, profile, profiles_dir)
        await _demo(settings, profile_of(settings), Wish(events, format_, org_names, leave))

    run(work(), until_stopped=True)


async def _demo(settings: Settings, profile: Profile, wish: Wish) -> None:
    if wish.events is not None and not wish.events.is_file():
        raise CommandError(f"{wish.events} is not a file")
    if wish.events is None:
        sample.check(profile, clock.now())
    async with system(settings, say) as running:
        began = time.monotonic()
        await until_stored(running, await _publish(running, profile, wish.events))
        if profile.clock_mode == "live":
            await until_judged(running, clock.now_us())
        say(f"everything is in the database, {time.monotonic() - began:.1f} s after the first event")
        await show_report(running, profile, wish.format, wish.org_names)
        if wish.format is Format.TABLE:
            await _one_case(running)
        if wish.leave:
            return
        await processes_answer(running)
        tell_addresses(running)
        say(f"caseflow stays up on {running.data}; Ctrl-C stops it")
        await asyncio.Event().wait()


async def _publish(settings: Settings, profile: Profile, events: Path | None) -> dict[Place, int]:
    """Publish the file or the sample, and return the last offset by raw topic and partition."""
    if events is None:
        return await sample.publish(settings, profile, clock.now())
    rejects = settings.data / "rejects" / default_rejects(str(events)).name
    rejects.parent.mkdir(parents=True, exist_ok=True)
    report = await publish_path(settings, profile, str(events), None, rejects)
    return report.last | await end_history(settings, profile, report, None)


async def _one_case(settings: Settings) -> None:
    """Print one case that is late, or where no limits are known, one that lay long between organisations."""
    async with opened(settings) as reader, reader.connect() as connection:
        ref = await late_case(connection) or await longest_waiting_case(connection)
    if ref is not None:
        await show_case(settings, ref)
