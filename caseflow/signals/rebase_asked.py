"""What somebody asks to rebase, found among what is known."""

from collections.abc import Iterable
from typing import NamedTuple

import typer

from analysis.arrays import WEEK
from analysis.findings import About
from analysis.items import FlowKey
from analysis.judging.world import World
from caseflow.errors import CommandError
from caseflow.flow_choice import FlowChoice
from caseflow.reading.safe_text import safe
from consumers.signals.rebase_desk import RebaseError, Wanted, check
from infra.clock import now_us
from models.instants import local_day
from models.profile import Profile

Subject = FlowChoice | str
"""About what, as asked for: a hand-off and perhaps between whom, or the code of an agency."""


class Said(NamedTuple):
    """What somebody says: since when, from which window (None: the profile's length), who and why."""

    since: int
    window: tuple[int, int] | None
    by: str
    why: str


def wanted_of(world: World, profile: Profile, subject: Subject, said: Said) -> Wanted:
    """Return the decision that somebody wants.

    Raises:
        CommandError: it is about nothing known, or cannot be decided in this way.
    """
    whole = (said.since, said.since + profile.head.signals.baseline_weeks * WEEK - 1)
    wanted = Wanted(_about(world, subject), said.since, said.window or whole, said.by, said.why)
    try:
        check(wanted, local_day(now_us(), profile.tz))
    except RebaseError as error:
        raise CommandError(str(error)) from error
    return wanted


def _about(world: World, subject: Subject) -> About:
    if isinstance(subject, FlowChoice):
        return About(_only(world.flows, subject))
    if subject not in world.feeds:
        raise CommandError(f"{safe(subject)} publishes nothing: {_listed('there are', world.feeds)}")
    return About(agency=subject)


def _only(flows: Iterable[FlowKey], choice: FlowChoice) -> FlowKey:
    mine = choice.among(flows)
    if not mine:
        raise choice.not_among(flows)
    if len(mine) > 1:
        pairs = _listed("it goes from", (f"{key.sender} to {key.receiver}" for key in mine))
        raise CommandError(
            f"{safe(choice.rule)} is more than one flow, name one with --sender and --receiver: {pairs}"
        )
    return mine[0]


def subject_of(rule: str | None, sender: str | None, receiver: str | None, agency: str | None) -> Subject:
    """Return about what a decision is to be.

    Raises:
        typer.BadParameter: it is about neither a hand-off nor a feed, or about both.
    """
    if rule is not None and agency is None:
        return FlowChoice(rule, sender, receiver)
    if agency is None or rule is not None:
        raise typer.BadParameter("name either a hand-off or an agency: --rule, --agency")
    if sender or receiver:
        raise typer.BadParameter("--sender and --receiver go with --rule: the feed of an agency has neither")
    return agency


def line_of(text: str, option: str) -> str:
    """Return one line without a character that a terminal or a chart would obey.

    Raises:
        typer.BadParameter: it has one.
    """
    line = " ".join(text.split())
    if safe(line) != line:
        raise typer.BadParameter("it holds a character that cannot be shown", param_hint=option)
    return line


def _listed(words: str, names: Iterable[str]) -> str:
    return f"{words} {', '.join(sorted(names)) or 'none'}"
