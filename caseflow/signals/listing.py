"""`caseflow signals list` and `show`: what stands, gravest first, and all about one."""

from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.findings import Kind
from analysis.judging.signals import State
from caseflow.reading.screen import screen
from caseflow.signals.reading import named, with_signals
from caseflow.signals.rows import as_json, signal_content
from caseflow.signals.text import print_signal, print_signals
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption
from models.profile import Profile
from models.signal_kinds import SignalKind
from projections.silo_signals.naming import names_of
from projections.silo_signals.queries import Wanted, last_judged, signals

LIST_HELP = """
List the signals that are open, gravest first: by excess days a week, then by their share of all cases' time.

Signals of low confidence stand behind the others, improvements last. `json` has every field of the record
(docs/silo_signals.md), days as local dates.

Examples:

  caseflow signals list

  caseflow signals list --agency cps-north-east --kind slow_pair

  caseflow signals list --all --format json > signals.json
"""
SHOW_HELP = """
Show one signal: its sentence, effect, sample, what would make it go away, and the cases that show it best.

Examples:

  caseflow signals show 5f0d7a3e

  caseflow signals show 5f0d7a3e --format json
"""


class SignalFormat(StrEnum):
    """How signals are written."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[SignalFormat, typer.Option("--format", help="table for people, or json.")]
KindOption = Annotated[SignalKind | None, typer.Option(help="Only of this kind.")]
RuleOption = Annotated[str | None, typer.Option(help="Only of this row of the register, such as H04.")]
AgencyOption = Annotated[
    str | None, typer.Option(help="Only where this agency (its code) sends, receives or publishes.")
]
SignalArgument = Annotated[str, typer.Argument(metavar="SIGNAL", help="An id, or the beginning of one.")]


def list_signals(  # noqa: PLR0913, PLR0917 - options of a command
    every: Annotated[bool, typer.Option("--all", help="Candidates, and those that ended, too.")] = False,
    kind: KindOption = None,
    rule: RuleOption = None,
    agency: AgencyOption = None,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """List the signals of one data directory; its database alone must be there."""
    kinds = () if kind is None else (Kind(kind.value),)
    wanted = Wanted(() if every else (State.OPEN,), kinds, agency, rule)

    async def work(connection: AsyncConnection, _: Profile) -> None:
        rows = await signals(connection, wanted)
        if format_ is SignalFormat.JSON:
            typer.echo(as_json([signal_content(row) for row in rows]))
        else:
            print_signals(screen(), rows, await last_judged(connection))

    with_signals(work, data, profile, profiles_dir)


def show(
    signal: SignalArgument,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Show one signal of a data directory; its database alone must be there."""

    async def work(connection: AsyncConnection, known: Profile) -> None:
        row = await named(connection, signal)
        if format_ is SignalFormat.JSON:
            typer.echo(as_json(signal_content(row)))
        else:
            print_signal(screen(), row, names_of(known), known.tz)

    with_signals(work, data, profile, profiles_dir)
