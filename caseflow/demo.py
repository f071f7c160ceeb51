"""`caseflow demo`: everything at once, from events to a report."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from caseflow.addresses import processes_answer, tell_addresses
from caseflow.arrival import until_judged, until_stored
from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.partnership.showing import show_partnership
from caseflow.publishing import end_history, publish_path
from caseflow.reading.formats import Format, OrgNames
from caseflow.reading.one_case import show_one_case
from caseflow.reading.report import show_report
from caseflow.system import system
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, profile_of, settings_from
from infra import clock
from infra.kafka_positions import Place
from infra.settings import Settings
from models.profile import Profile
from publishers.files import default_rejects


@dataclass(frozen=True, slots=True)
class Wish:
    """What a demo of a file is to publish and show."""

    events: Path
    format: Format
    org_names: OrgNames
    leave: bool


def demo(  # noqa: PLR0913, PLR0917 - a command has as many options as people need
    events: Annotated[
        Path | None,
        typer.Option(help="File of events.", show_default="the synthetic partnership of the profile"),
    ] = None,
    leave: Annotated[bool, typer.Option("--exit", help="Stop everything after the report.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="Of the report.")] = Format.TABLE,
    org_names: Annotated[
        OrgNames, typer.Option(help="code: of the profile; source: as the imported log names them.")
    ] = OrgNames.CODE,
    days: Annotated[
        float, typer.Option(min=0.1, help="Days of the partnership that pass before its report.")
    ] = 2.0,
    speed: Annotated[
        float, typer.Option(min=1.0, max=86_400.0, help="Seconds of the partnership that pass in one.")
    ] = 3_600.0,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Show the whole of caseflow: start everything, publish events, wait for the last one's row, report.

    Without a file it tells a synthetic partnership: 90 days of history, then its days as they pass, an hour in a
    second, with effects planted in them, until its clock has caught up with the wall's. Alerts go to a mailbox
    file and to a webhook that prints them; the summary says what was planted and what was found. All cases are
    invented.

    Then it stays up until Ctrl-C, for the other commands to be tried, unless --exit is given. With --format json
    or csv standard output holds the report alone. A second demo goes on with the same data: publishing the same
    events again changes nothing.

    Examples:
      caseflow demo

      caseflow demo --days 5 --exit

      caseflow demo --profile cook-county --events felony_2019_day.csv.gz --exit --format json
    """

    async def work() -> None:
        settings = settings_from(data, profile, profiles_dir)
        known = profile_of(settings)
        if events is None:
            await show_partnership(settings, known, days, speed, format_, leave=leave)
        else:
            await _show_file(settings, known, Wish(events, format_, org_names, leave))

    run(work(), until_stopped=True)


async def _show_file(settings: Settings, profile: Profile, wish: Wish) -> None:
    if not wish.events.is_file():
        raise CommandError(f"{wish.events} is not a file")
    async with system(settings, say) as running:
        began = time.monotonic()
        await until_stored(running, await _publish(running, profile, wish.events))
        if profile.clock_mode == "live":
            await until_judged(running, clock.now_us())
        say(f"everything is in the database, {time.monotonic() - began:.1f} s after the first event")
        await show_report(running, profile, wish.format, wish.org_names)
        if wish.format is Format.TABLE:
            await show_one_case(running)
        if wish.leave:
            return
        await processes_answer(running)
        tell_addresses(running)
        say(f"caseflow stays up on {running.data}; Ctrl-C stops it")
        await asyncio.Event().wait()


async def _publish(settings: Settings, profile: Profile, events: Path) -> dict[Place, int]:
    """Publish the file, and return the last offset by raw topic and partition."""
    rejects = settings.data / "rejects" / default_rejects(str(events)).name
    rejects.parent.mkdir(parents=True, exist_ok=True)
    report = await publish_path(settings, profile, str(events), None, rejects)
    return report.last | await end_history(settings, profile, report, None)
