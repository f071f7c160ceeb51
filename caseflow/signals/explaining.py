"""`caseflow signals explain`: why there is a signal, or why there is none."""

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from sqlalchemy.ext.asyncio import AsyncConnection

from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.signals.baseline_words import baseline_content, in_force
from caseflow.signals.definitions import DEFINITIONS
from caseflow.signals.listing import AgencyOption, FormatOption, RuleOption, SignalFormat
from caseflow.signals.reading import named, with_signals
from caseflow.signals.rows import as_json, finding_content, signal_content
from caseflow.signals.text import print_answers, print_judgements
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption
from models.profile import Profile
from models.signal_kinds import SignalKind
from projections.silo_signals.answers import last_answers
from projections.silo_signals.naming import names_of
from projections.silo_signals.queries import FindingRow, SignalRow, findings
from projections.silo_signals.usual import BaselineRow, usual

EXPLAIN_HELP = """
Explain a signal: what its test asks, against which baseline, what it said on each day, and what would end it.

Without a signal: what every test said last about a hand-off or an agency, and why one has no answer.

Examples:

  caseflow signals explain 5f0d7a3e

  caseflow signals explain --rule H04

  caseflow signals explain --agency cps-north-east --format json
"""
DAYS = 40
"""Judgements shown: eight weeks of a daily test, and most of a year of a weekly one."""


def explain(
    signal: Annotated[
        str | None,
        typer.Argument(metavar="[SIGNAL]", help="An id, or the beginning of one.", show_default=False),
    ] = None,
    rule: RuleOption = None,
    agency: AgencyOption = None,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Explain a signal, or what the tests say of a hand-off or an agency."""
    if (signal is None) == (rule is None and agency is None):
        raise typer.BadParameter("name either a signal, or a hand-off or an agency: --rule, --agency")

    async def work(connection: AsyncConnection, known: Profile) -> None:
        if signal is not None:
            await _signal(connection, signal, format_)
        else:
            await _answers(connection, known, rule, agency, format_)

    with_signals(work, data, profile, profiles_dir)


async def _signal(connection: AsyncConnection, name: str, format_: SignalFormat) -> None:
    row = await named(connection, name)
    against, lately = (
        await usual(connection, row.about),
        await findings(connection, row.about, row.kind, DAYS),
    )
    if format_ is SignalFormat.JSON:
        told = {"signal": signal_content(row), "judgements": [finding_content(one) for one in lately]}
        definition = DEFINITIONS[SignalKind(row.kind)]._asdict()
        typer.echo(
            as_json(
                told | {"definition": definition, "baselines": [baseline_content(one) for one in against]}
            )
        )
    else:
        _print(screen(), row, lately, against)


async def _answers(
    connection: AsyncConnection, known: Profile, rule: str | None, agency: str | None, format_: SignalFormat
) -> None:
    rows = await last_answers(connection, rule, agency)
    if not rows:
        what = " and ".join(filter(None, (rule, agency)))
        raise CommandError(
            f"no test has been asked about {safe(what)}: see that it is in the profile, and that a day has been "
            "judged (`caseflow signals list`)"
        )
    if format_ is SignalFormat.JSON:
        typer.echo(as_json([finding_content(row) for row in rows]))
    else:
        print_answers(screen(), rows, names_of(known))


def _print(console: Console, row: SignalRow, judged: list[FindingRow], against: list[BaselineRow]) -> None:
    definition = DEFINITIONS[SignalKind(row.kind)]
    facts = [
        ("says", row.sentence),
        ("asks", definition.asks),
        ("passes at", definition.passes),
        ("needs", definition.least),
        *(("usual", in_force(one)) for one in against),
        ("ends with", row.goes_away_if),
    ]
    for name, value in facts:
        console.print(Text(f"{name:<11}", style="bold").append(safe(value), style="not bold"))
    console.print()
    print_judgements(console, judged)
