"""`caseflow report process`: the cases as one log, read and told; loaded when it is asked for."""

import typer

from caseflow.errors import CommandError
from caseflow.progress import Meter
from caseflow.reading.database import opened
from caseflow.reading.formats import Format, OrgNames
from caseflow.reading.log_names import naming_of
from caseflow.reading.process_report import as_csv, as_json, process_report
from caseflow.reading.process_text import print_process
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.wiring import database_of, profile_of
from infra.settings import Settings
from projections.case_timeline.chain import BrokenChainError
from projections.process_logs.as_arrays import event_log


async def show_process(settings: Settings, format_: Format, names: OrgNames, *, every_row: bool) -> None:
    """Print what the cases of a database come to as a process.

    Args:
        settings: know the database.
        format_: `csv` is the table of what follows what.
        names: whose words activities and organisations are told in.
        every_row: in a table, all pairs instead of those that cost most.

    Raises:
        CommandError: the steps of a case are no chain.
    """
    profile = profile_of(settings)
    naming = naming_of(profile, names, None)
    async with database_of(settings) as known, opened(known, profile.name) as reader:
        with Meter("reading cases", "events") as meter:
            try:
                log = await event_log(reader, naming, lambda done, total: meter.at(done, total, done))
            except BrokenChainError as error:
                raise CommandError(safe(error)) from error
    report = process_report(log)
    match format_:
        case Format.TABLE:
            print_process(screen(), profile.title, report, every_row=every_row)
        case Format.JSON:
            typer.echo(as_json(report, profile.name))
        case Format.CSV:
            typer.echo(as_csv(report.follows))
