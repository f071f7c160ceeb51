"""`caseflow publish`: a file of events into Kafka, every row accounted for."""

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from caseflow.console import say
from caseflow.days import day
from caseflow.errors import CommandError, run
from caseflow.progress import Meter
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    connected,
    profile_of,
    settings_from,
)
from infra.kafka_positions import Place
from infra.settings import Settings
from models.calendars import last_us_of_day
from models.instants import from_us
from models.profile import ImportMapping, Profile
from publishers.as_of import Waiting, send_as_of
from publishers.files import Progress, Report, default_rejects, publish_file
from publishers.sdk import Publisher


class SummaryFormat(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"


def publish(  # noqa: PLR0913, PLR0917 - options of a command
    file: Annotated[
        str, typer.Argument(help=".csv, .jsonl, .json, .ndjson, each also .gz; - reads JSON lines.")
    ],
    mapping: Annotated[str | None, typer.Option(help="Import of the profile, where it has several.")] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help="File of the refused rows.", show_default="<file>.rejects.jsonl, here"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row, send nothing.")] = False,
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=day,
            metavar="DAY",
            help="Day on which the history was taken.",
            show_default="that of the newest event",
        ),
    ] = None,
    format_: Annotated[SummaryFormat, typer.Option("--format", help="Of the summary.")] = SummaryFormat.TEXT,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Publish a file of events: every row becomes an event, or a line with its reason in the rejects file.

    Ids follow from the rows, so publishing a file again changes nothing. A file of history ends with its as-of
    day, once intake has read the rest: what is still open then is judged as of that day.

    Examples:
      caseflow publish felony_2019_day.csv.gz --profile cook-county

      caseflow publish events.jsonl --dry-run --format json
    """

    async def work() -> None:
        settings = settings_from(data, profile, profiles_dir)
        found = profile_of(settings)
        chosen = mapping_of(found, mapping)
        place = rejects or default_rejects(file)
        end = last_instant(as_of, found) if as_of else None
        if dry_run:
            report = await publish_path(None, found, file, chosen, place)
        else:
            settings = connected(settings, database=False)
            report = await publish_path(settings, found, file, chosen, place)
            await end_history(settings, found, report, end)
        _tell(report, file, place, format_)

    run(work())


async def publish_path(
    settings: Settings | None, profile: Profile, path: str, mapping: ImportMapping | None, rejects: Path
) -> Report:
    """Publish a file with a progress bar; without settings check it only. Raises what `publish_file` raises."""
    with Meter(f"publishing {path}" if settings else f"checking {path}", "rows") as meter:

        def show(progress: Progress) -> None:
            meter.at(progress.bytes_read, progress.bytes_total, progress.rows)

        if settings is None:
            report = await publish_file(path, profile, mapping, None, rejects, show)
        else:
            async with Publisher(settings) as publisher:
                report = await publish_file(path, profile, mapping, publisher, rejects, show)
        say(summary(report, rejects, meter.seconds))
    return report


async def end_history(
    settings: Settings, profile: Profile, report: Report, as_of: datetime | None
) -> dict[Place, int]:
    """Send the as-of of an import of history (default: its newest event) and return where it lies.

    Nothing is sent for a file without history. Raises what `send_as_of` raises.
    """
    instant = as_of or report.newest
    if not report.history or instant is None or not profile.accepts_history:
        return {}
    with Meter("intake reads the history", "records") as meter:
        most = 0

        def show(waiting: Waiting) -> None:
            nonlocal most
            most = max(most, waiting.records_left)
            meter.at(most - waiting.records_left, most, most - waiting.records_left)

        places = await send_as_of(settings, instant, report.last, progress=show)
    say(f"history is complete as of {instant.isoformat()}")
    return places


def mapping_of(profile: Profile, name: str | None) -> ImportMapping | None:
    """Return the profile's import of that name; None for none. Raises CommandError for an unknown one."""
    if name is not None and name not in profile.imports:
        known = ", ".join(profile.imports) or "none"
        raise CommandError(f"profile {profile.name} has no import '{name}': it has {known}")
    return None if name is None else profile.imports[name]


def last_instant(of: date, profile: Profile) -> datetime:
    """Return the last microsecond of a day in the profile's time zone."""
    return from_us(last_us_of_day(of, profile.tz))


def summary(report: Report, rejects: Path, seconds: float) -> str:
    """Return what became of the rows, for people."""
    rate = f"{report.rows / seconds:,.0f} rows/s"
    text = f"{report.rows:,} rows in {seconds:.1f} s ({rate}): {report.published:,} published"
    if not report.refused:
        return f"{text}, none refused"
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(report.by_reason.items()))
    return f"{text}, {report.refused:,} refused ({reasons}): each with its line and reason in {rejects}"


def _tell(report: Report, file: str, rejects: Path, format_: SummaryFormat) -> None:
    """Write the summary for machines; people have read theirs."""
    if format_ is not SummaryFormat.JSON:
        return
    fields = {
        "file": file,
        "rows": report.rows,
        "published": report.published,
        "refused": report.refused,
        "by_reason": report.by_reason,
        "rejects": str(rejects) if report.refused else None,
        "history": report.history,
        "newest": report.newest.isoformat() if report.newest else None,
    }
    sys.stdout.write(json.dumps(fields, indent=1) + "\n")
