"""The demonstration of a synthetic partnership, step by step: history, days that pass, report, what was found."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from caseflow.addresses import processes_answer, tell_addresses
from caseflow.arrival import until_judged, until_stored
from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.partnership.plan import Plan, Progress, keep_progress, plan, read_progress
from caseflow.partnership.publishing import Playing, publish_history
from caseflow.partnership.receivers import receiving
from caseflow.partnership.summary import show_summary
from caseflow.reading.formats import Format, OrgNames
from caseflow.reading.one_case import show_one_case
from caseflow.reading.report import show_report
from caseflow.system import system
from caseflow.wiring import pace_file
from infra import clock
from infra.settings import Settings
from models.instants import to_us
from models.profile import Profile

FOLDER, PROGRESS = "demo", "progress.json"


async def show_partnership(
    settings: Settings, profile: Profile, days: float, speed: float, format_: Format, *, leave: bool
) -> None:
    """Tell a synthetic partnership to a caseflow of its own, and show what it makes of it.

    Args:
        settings: name the data directory; nothing runs on it yet.
        profile: must have the vocabulary of the synthetic partnership.
        days: how many days pass before the report.
        speed: seconds that pass in one.
        format_: of the report; with json and csv standard output holds that alone.
        leave: stop after the report; else the days go on until Ctrl-C.

    Raises:
        CommandError: the profile has no such vocabulary.
    """
    file = settings.data / FOLDER / PROGRESS
    progress = read_progress(file)
    clock.keep(None)  # an earlier demonstration's pace: this one has its own
    _planned(profile, speed, progress)
    async with receiving(file.parent, profile) as (receivers, targets):
        told: list[Plan] = []

        def at_pace(known: Settings) -> Settings:
            told.append(_planned(profile, speed, progress))
            return _at_pace(known.model_copy(update={"alert_targets": targets}), told[0])

        async with system(settings, say, at_pace) as running:
            [planned] = told
            if progress is None:
                await until_stored(running, await publish_history(running, profile, planned))
                keep_progress(file, planned.progress)
            playing = Playing(running, profile, planned)
            try:
                reached = await _pass(playing, running, planned, days)
                async with _days_going_on(playing, go_on=not leave) as days_going_on:
                    await _report(running, profile, format_)
                    await show_summary(running, planned, reached, receivers)
                    if not leave:
                        await processes_answer(running)
                        tell_addresses(running)
                        say(f"the days go on; caseflow stays up on {running.data}; Ctrl-C stops it")
                        await days_going_on
            finally:
                keep_progress(file, Progress(planned.progress.history_ends, playing.reached))


async def _pass(playing: Playing, running: Settings, planned: Plan, days: float) -> datetime:
    """Let days pass, wait until everything that they told is judged, and return when they ended."""
    reached = planned.progress.reached + timedelta(days=days)
    hours = planned.pace.speed / 3600
    say(f"{days:g} days pass, {hours:g} h in a second, until {reached:%d %B %H:%M} UTC")
    await playing.play(reached)
    await until_stored(running, playing.last)
    await until_judged(running, to_us(reached))
    say(f"{playing.events:,} events were published as their time came")
    return reached


async def _report(running: Settings, profile: Profile, format_: Format) -> None:
    await show_report(running, profile, format_, OrgNames.CODE)
    if format_ is Format.TABLE:
        await show_one_case(running)


@asynccontextmanager
async def _days_going_on(playing: Playing, *, go_on: bool) -> AsyncIterator[asyncio.Task[None]]:
    """Go on publishing while the block reports: a clock that runs while nothing is told accuses people."""
    task = asyncio.create_task(playing.play(None if go_on else playing.reached))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _planned(profile: Profile, speed: float, progress: Progress | None) -> Plan:
    try:
        return plan(profile, clock.now(), speed, progress)
    except ValueError as error:
        raise CommandError(f"{error} (--events FILE)") from error


def _at_pace(settings: Settings, planned: Plan) -> Settings:
    """Let the clock run by the plan: of this process, of those that start now, and of commands that look."""
    pace_file(settings.data).write_text(f"{planned.pace}\n")
    clock.keep(planned.pace)
    return settings.model_copy(update={"pace": str(planned.pace)})
