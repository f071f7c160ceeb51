"""`caseflow alerts ack`, `snooze` and `resolve`: what people decide about alerts, with who and why."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from caseflow.alerts_listing import with_database
from caseflow.alerts_rows import Times
from caseflow.alerts_text import DIGITS
from caseflow.console import say
from caseflow.reading.safe_text import safe
from caseflow.until import length_of, moment_of
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption
from consumers import alert_desk as desk
from consumers.alert_desk import Decision
from infra.clock import now
from projections.alerts.queries import AlertRow

ACK_HELP = """
Acknowledge alerts: somebody has them in hand, and they escalate no more.

Example: caseflow alerts ack 3f9a12c0 77b1 --by "Ann Smith"
"""
SNOOZE_HELP = """
Put alerts off: they escalate no earlier than then. One that becomes worse speaks up again.

Examples:

  caseflow alerts snooze 3f9a12c0 --for 2d --by "Ann Smith"

  caseflow alerts snooze 3f9a12c0 --until 2026-03-04T09:00 --by "Ann Smith" --why "hearing that morning"
"""
RESOLVE_HELP = """
End alerts for good; whoever was told of them is told. Only a worse delay of the same hand-off raises another, and
a signal only after it was over.

Example: caseflow alerts resolve 3f9a12c0 --by "Ann Smith" --why "told by phone, the letter follows"
"""

Names = Annotated[list[str], typer.Argument(metavar="ALERT...", help="Ids, or beginnings of ids.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; stays with the alert.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why; stays with the alert.")]


def ack(
    alerts: Names,
    by: By,
    why: Why = "",
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Acknowledge alerts of one data directory."""

    async def work(reader: AsyncEngine, _: ZoneInfo) -> None:
        _say("acknowledged", await desk.acknowledge(reader, alerts, _decision(by, why)))

    with_database(work, data, profile, profiles_dir)


def snooze(  # noqa: PLR0913, PLR0917 - options of a command
    alerts: Names,
    by: By,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="LENGTH", help="90min, 4h, 2d or 1w from now.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="A local day or time: 2026-03-04, 2026-03-04T09:00.")
    ] = None,
    why: Why = "",
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Put alerts of one data directory off."""

    async def work(reader: AsyncEngine, zone: ZoneInfo) -> None:
        decision = _decision(by, why)
        then = _moment(for_, until, zone, decision.at)
        rows = await desk.snooze(reader, alerts, decision, then)
        _say(f"snoozed until {Times(zone, decision.at).of(then)}", rows)

    with_database(work, data, profile, profiles_dir)


def resolve(
    alerts: Names,
    by: By,
    why: Why,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """End alerts of one data directory."""

    async def work(reader: AsyncEngine, _: ZoneInfo) -> None:
        _say("resolved", await desk.resolve(reader, alerts, _decision(by, why)))

    with_database(work, data, profile, profiles_dir)


def _decision(by: str, why: str) -> Decision:
    return Decision(by, now(), why.strip() or None)


def _moment(length: str | None, until: str | None, zone: ZoneInfo, at: datetime) -> datetime:
    """Return until when to snooze, told in one of two ways.

    Raises:
        typer.BadParameter: neither or both are told, or what is told is no time.
    """
    try:
        if length is not None and until is None:
            return at + length_of(length)
        if until is not None and length is None:
            return moment_of(until, zone)
    except ValueError as error:
        raise typer.BadParameter(safe(error)) from error
    raise typer.BadParameter("say how long: either --for LENGTH or --until TIME")


def _say(done: str, rows: list[AlertRow]) -> None:
    for row in rows:
        say(f"{done}: {str(row.id)[:DIGITS]}, {safe(row.subject)}")
