"""`caseflow rebuild`: what follows from the log, made anew; with `--check` only held against it."""

import logging
from enum import StrEnum
from typing import Annotated

import typer

from caseflow.console import say
from caseflow.errors import FAILED, run
from caseflow.reading.screen import screen
from caseflow.rebuilding.checking import checked
from caseflow.rebuilding.steps import rebuilt
from caseflow.rebuilding.words import (
    check_content,
    check_table,
    check_text,
    done_content,
    done_text,
    totals,
)
from caseflow.signals.rows import as_json
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, settings_from
from infra import faults, log

HELP = """
Make everything anew that follows from the log of events: cases, timelines, steps and hand-offs.

Needed after the rules have changed (a limit, a calendar, another version): timelines then refuses the old states.
It also mends a database that was lost or damaged. The log, dead letters, alerts and what people decided stay as
they are; alerts follow what the new judgements say, and agencies are told of hand-offs that are judged otherwise.

End `caseflow up` first, or every `caseflow run timelines`; the others may go on. Where nothing runs, the data
directory's servers are started for the time. It may be repeated, also after it was cut off.

With --check nothing is changed: every row is compared with what the log says, and the exit code is 1 where one
differs. caseflow may run meanwhile.

With --signals the judged days of silo signals are forgotten too, and judged anew by the next `caseflow up`.

Examples:

  caseflow rebuild --check

  caseflow rebuild

  caseflow rebuild --signals --format json
"""


NAME = "rebuild"


class SummaryFormat(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Compare only.")] = False,
    signals: Annotated[
        bool, typer.Option("--signals", help="Forget the judged days of silo signals too.")
    ] = False,
    format_: Annotated[
        SummaryFormat, typer.Option("--format", help="How the outcome is written on standard output.")
    ] = SummaryFormat.TEXT,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Rebuild, or check."""
    if check and signals:
        raise typer.BadParameter("--check changes nothing: leave --signals away", param_hint="--signals")
    settings = settings_from(data, profile, profiles_dir)
    # A projector may run in this process, and aiokafka tells of what it tries again by itself.
    log.set_up(settings.model_copy(update={"log_level": "WARNING"}), NAME)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    faults.arm(settings.fault)
    if not check:
        done = run(rebuilt(settings, signals=signals))
        say(done_text(done))
        if format_ is SummaryFormat.JSON:
            typer.echo(as_json(done_content(done)))
        return
    found = run(checked(settings))
    tables, changed_since = totals(found), sum(one.changed_since for one in found)
    if format_ is SummaryFormat.JSON:
        typer.echo(as_json(check_content(tables, changed_since)))
    else:
        screen().print(check_table(tables))
    say(check_text(tables, changed_since))
    if not all(table.holds for table in tables.values()):
        raise typer.Exit(FAILED)
