"""What somebody asks to rebase, found among what is known."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import typer

from analysis.findings import About
from analysis.items import FlowKey
from analysis.judging.world import World
from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from consumers.signals.days import WEEK, number_of
from consumers.signals.rebase_desk import RebaseError, Wanted, check
from infra.clock import now_us
from models.instants import local_day
from models.profile import Profile


class Subject(NamedTuple):
    """About what, as asked for: a hand-off and perhaps between whom, or an agency."""

    rule: str | None
    sender: str | None
    receiver: str | None
    agency: str | None


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
    if subject.agency is not None:
        if subject.agency not in world.feeds:
            feeds = _listed("there are", world.feeds)
            raise CommandError(f"{safe(subject.agency)} publishes nothing: {feeds}")
        return About(agency=subject.agency)
    mine = [key for key in world.flows if _is_asked(key, subject)]
    if len(mine) == 1:
        return About(mine[0])
    pairs = [f"{key.sender} to {key.receiver}" for key in mine]
    if mine:
        raise CommandError(
            f"{safe(subject.rule)} is more than one flow, name one with --sender and --receiver: "
            f"{_listed('it goes from', pairs)}"
        )
    known = {key.rule for key in world.flows}
    raise CommandError(f"no such flow of {safe(subject.rule)} is known: {_listed('there are', known)}")


def _is_asked(key: FlowKey, subject: Subject) -> bool:
    ends = subject.sender in {None, key.sender} and subject.receiver in {None, key.receiver}
    return key.rule == subject.rule and ends


def subject_of(rule: str | None, sender: str | None, receiver: str | None, agency: str | None) -> Subject:
    """Return about what a decision is to be.

    Raises:
        typer.BadParameter: it is about neither a hand-off nor a feed, or about both.
    """
    if (rule is None) == (agency is None):
        raise typer.BadParameter("name either a hand-off or an agency: --rule, --agency")
    if rule is None and (sender or receiver):
        raise typer.BadParameter("--sender and --receiver go with --rule: the feed of an agency has neither")
    return Subject(rule, sender, receiver, agency)


def day_of_text(text: str, option: str) -> int:
    """Return the day number of a date.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        return number_of(date.fromisoformat(text))
    except ValueError as error:
        raise typer.BadParameter("write a day as 2026-06-14", param_hint=option) from error


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
