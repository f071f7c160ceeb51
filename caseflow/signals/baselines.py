"""`caseflow signals baselines`: what is usual now, and what people decided about it."""

from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.judging.wording import Names
from caseflow.reading.screen import screen, table, told
from caseflow.signals.baseline_words import OF_WHAT, baseline_content, in_words
from caseflow.signals.listing import AgencyOption, FormatOption, RuleOption, SignalFormat
from caseflow.signals.reading import with_signals
from caseflow.signals.rows import about_content, as_json
from caseflow.signals.text import day
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption
from models.profile import Profile
from projections.silo_signals.baselines import What
from projections.silo_signals.naming import names_of
from projections.silo_signals.usual import BaselineRow, RebaseRow, all_usual, rebases

BASELINES_HELP = """
List what is usual now: from which days each baseline was locked, what it comes to, by whom and why; and below, the
newest first, every rebase that was recorded.

Examples:

  caseflow signals baselines

  caseflow signals baselines --rule H04

  caseflow signals baselines --agency cps-north-east --format json
"""


def baselines(
    rule: RuleOption = None,
    agency: AgencyOption = None,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """List the baselines in force of one data directory; its database alone must be there."""

    async def work(connection: AsyncConnection, known: Profile) -> None:
        usual = await all_usual(connection, rule, agency)
        decided = await rebases(connection, rule, agency)
        if format_ is SignalFormat.JSON:
            content = {
                "baselines": [about_content(row.about) | baseline_content(row) for row in usual],
                "rebases": [_content(row) for row in decided],
            }
            typer.echo(as_json(content))
        else:
            _print(screen(), usual, decided, names_of(known))

    with_signals(work, data, profile, profiles_dir)


def _print(
    console: Console, usual: Sequence[BaselineRow], decided: Sequence[RebaseRow], names: Names
) -> None:
    made = table("about", "usual", "from", "to", "comes to", "locked by", "why")
    for row in usual:
        what = What(row.what)
        cells = (names.subject(row.about), OF_WHAT[what], day(row.first_day), day(row.last_day))
        made.add_row(*map(told, (*cells, in_words(what, row.content), row.locked_by, row.why or "-")))
    if usual:
        console.print(made)
    console.print(_count(len(usual), "baseline is locked", "baselines are locked"))
    if decided:
        console.print()
        console.print(_rebases(decided, names))
    console.print(_count(len(decided), "rebase was recorded", "rebases were recorded"))


def _rebases(decided: Sequence[RebaseRow], names: Names) -> Any:  # noqa: ANN401 - a table of rich
    made = table("about", "since", "counts from", "window", "decided by", "why", "shift")
    for row in decided:
        window = f"{day(row.first_day)} to {day(row.last_day)}"
        shift = {True: "seen", False: "not seen", None: "-"}[row.shift_seen]
        cells = (names.subject(row.about), day(row.since), day(row.counts_from), window)
        made.add_row(*map(told, (*cells, row.decided_by, row.why, shift)))
    return made


def _content(row: RebaseRow) -> dict[str, Any]:
    return {
        **about_content(row.about),
        "number": row.number,
        "since": row.since,
        "countsFrom": row.counts_from,
        "window": [row.first_day, row.last_day],
        "shiftSeen": row.shift_seen,
        "decidedAt": row.decided_at,
        "decidedBy": row.decided_by,
        "why": row.why,
    }


def _count(number: int, one: str, many: str) -> str:
    return f"No {one}." if not number else f"{number} {one if number == 1 else many}."
