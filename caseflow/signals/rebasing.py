"""`caseflow signals rebase`: a person decides that from a day on something else is usual, and it is recorded."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, NamedTuple

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.arrays import WEEK
from caseflow.charting.flows import read_world
from caseflow.days import day
from caseflow.errors import CommandError, run
from caseflow.flow_choice import ReceiverOption, SenderOption
from caseflow.reading.database import opened
from caseflow.reading.known_until import known_until_us
from caseflow.signals.listing import FormatOption, SignalFormat
from caseflow.signals.rebase_asked import Said, Subject, line_of, subject_of, wanted_of
from caseflow.signals.rebase_change import Change, Seen, change
from caseflow.signals.rebase_text import Shown, print_rebase, rebase_content
from caseflow.signals.rows import as_json
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    database_of,
    profile_of,
    settings_from,
)
from consumers.signals.rebase_desk import planned, recorded
from infra.postgres import connect
from infra.settings import Settings
from models.instants import date_of, local_day, number_of
from models.profile import Profile
from projections.silo_signals.queries import signals
from projections.silo_signals.usual import usual

REBASE_HELP = """
Decide that from a Monday on something else is usual for a flow, or for what an agency publishes; it says what that
changes, and stays with who and why.

A shift that lasts and is explained is what a rebase is for: a new service, another way of working. It is never the
answer to a signal that nobody has explained. At least one chart of the flow must show the shift: seven weeks in a
row on one side of the mean, from that Monday on. Where what is counted changed instead, add --without-shift.

The new baseline is taken from as many weeks from that Monday on as the profile says, or from the weeks that
--window names; until these are over the tests answer `not enough data`. Days that are judged already stay as they
are, open signals that rest on the old baseline end as `rebased`, and charts have new limits from that Monday on.
Nothing that is recorded can be changed or taken back: a later decision replaces it, also by naming the old window.

Examples:

  caseflow signals rebase --rule H04 --since 2026-03-02 --by "Ann Smith" --why "two lawyers more" --dry-run

  caseflow signals rebase --rule H04 --sender cleveland-police --receiver cps-north-east --since 2026-03-02 \
--window 2026-03-02 2026-08-30 --by "Ann Smith" --why "two lawyers more"

  caseflow signals rebase --agency cps-north-east --since 2026-03-02 --by "Ann Smith" --why "publishes hourly now"
"""
NAME = "caseflow-signals-rebase"
LONGEST_S = 1_800.0
"""Of one statement: a great database is read whole."""


class How(NamedTuple):
    """Whether a shift must be seen, and whether it is recorded or only shown."""

    without_shift: bool
    dry_run: bool


def rebase(  # noqa: PLR0913, PLR0917 - options of a command
    since: Annotated[
        date,
        typer.Option(parser=day, metavar="DAY", help="The Monday from which something else is usual."),
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; stays with the decision.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What explains it; stays too.")],
    rule: Annotated[str | None, typer.Option(help="Row of the register, such as H04.")] = None,
    sender: SenderOption = None,
    receiver: ReceiverOption = None,
    agency: Annotated[
        str | None, typer.Option(help="Instead of a hand-off: whose feed, by its code.")
    ] = None,
    window: Annotated[
        tuple[date, date] | None,
        typer.Option(
            parser=day,
            metavar="FROM TO",
            help="Days that the new baseline is taken from.",
            show_default="from --since on",
        ),
    ] = None,
    without_shift: Annotated[
        bool, typer.Option("--without-shift", help="Record it although no chart shows a shift that lasts.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would change.")] = False,
    format_: FormatOption = SignalFormat.TABLE,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Decide on a rebase in one data directory; its database alone must be there."""
    subject = subject_of(rule, sender, receiver, agency)
    days = window and (number_of(window[0]), number_of(window[1]))
    said = Said(number_of(since), days, line_of(by, "--by"), line_of(why, "--why"))

    async def work() -> tuple[Shown, Profile]:
        async with database_of(settings_from(data, profile, profiles_dir, reading=True)) as settings:
            known = profile_of(settings)
            return await _decided(settings, known, subject, said, How(without_shift, dry_run)), known

    shown, known = run(work())
    if format_ is SignalFormat.JSON:
        typer.echo(as_json(rebase_content(shown)))
    else:
        print_rebase(shown, known)


async def _decided(settings: Settings, profile: Profile, subject: Subject, said: Said, how: How) -> Shown:
    async with opened(settings, profile.name) as reader, reader.connect() as reading:
        seen = await _seen(settings, profile, reading)
        wanted = wanted_of(seen.world, profile, subject, said)
        was, going_on = await usual(reading, wanted.about), await signals(reading)
    connection = await connect(settings.database_url, NAME, command_timeout=LONGEST_S)
    try:
        found = await planned(connection, profile, wanted)
        changed = change(seen, wanted, was, going_on)
        seen_shift = bool(changed.seen_in(wanted.since)) if changed.shifts else None
        if found.anew and seen_shift is False and not how.without_shift:
            raise CommandError(_unseen(changed))
        if not how.dry_run:
            found = await recorded(connection, profile, wanted, shift_seen=seen_shift)
        return Shown(found.decision, changed, recorded=not (found.anew and how.dry_run), known=not found.anew)
    finally:
        await connection.close()


async def _seen(settings: Settings, profile: Profile, reading: AsyncConnection) -> Seen:
    until_us = await known_until_us(reading, profile)
    world, baselines = await read_world(settings, profile)
    return Seen(world, baselines, until_us, local_day(until_us, profile.tz))


def _unseen(changed: Change) -> str:
    """Return that no chart shows a shift, and in which week the newest one begins that any shows."""
    newest = {measure: _beginning(weeks) for measure, weeks in changed.shifts.items() if weeks}
    told = ", ".join(f"of {measure.value} from {date_of(week)} on" for measure, week in newest.items())
    return (
        "no chart of the flow shows a shift that begins in that week and lasts, seven weeks on one side of the "
        f"mean; there is {f'one {told}' if told else 'none at all'}: see `caseflow chart xmr`, or, where what is "
        "counted changed, add --without-shift"
    )


def _beginning(weeks: Sequence[int]) -> int:
    """Return the first of the last weeks that follow each other."""
    starts = [after for before, after in pairwise(weeks) if after - before > WEEK]
    return starts[-1] if starts else weeks[0]
