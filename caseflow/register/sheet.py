"""A row of the register as a person reads it: every part in words, in the order of the page."""

from collections.abc import Iterator
from typing import NamedTuple

from caseflow.register import words
from models.limits import Limit
from models.register import Restart, Rule

RESTARTS = {
    Restart.EACH: "",
    Restart.FIRST: "only the first start counts",
    Restart.LATEST: "a later start takes the place of one still open",
}


class LimitLine(NamedTuple):
    """One limit, or a standard beside it, in words."""

    held: str
    limit: str
    calendar: str
    certainty: str
    source: str
    note: str
    standard: bool


NO_LIMIT = LimitLine("", "none", "", "", "", "", standard=False)
"""What stands where a row has no limit at all."""


class Sheet(NamedTuple):
    """One row in words. `ends` says what becomes of a wait without an answer, `remarks` all the rest."""

    id: str
    title: str
    between: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    ends: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def sheet(rule: Rule) -> Sheet:
    """Return a row in words."""
    return Sheet(
        rule.id,
        rule.title,
        words.between(rule),
        tuple(words.of_start(start) for start in rule.starts),
        tuple(words.of_stop(stop) for stop in rule.stops),
        (*(_line(one) for one in rule.limits), *(_line(one, standard=True) for one in rule.standards)),
        tuple(_ends(rule)),
        tuple(_remarks(rule)),
    )


def _line(limit: Limit, *, standard: bool = False) -> LimitLine:
    return LimitLine(
        words.held(limit),
        words.amount(limit) + (" (standard)" if standard else ""),
        limit.calendar or "",
        words.CERTAINTIES[limit.certainty],
        limit.source,
        limit.note,
        standard,
    )


def _ends(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield what the register says of a wait that no stop answers."""
    for proof in rule.missing:
        yield "missing", f"{words.clause(proof)} ({proof.grace_days} days later)"
    for end in rule.over:
        yield "over", words.clause(end)
    for earlier in rule.unless:
        yield "not opened after", words.clause(earlier)


def _remarks(rule: Rule) -> Iterator[str]:
    if rule.follows:
        yield f"follows {', '.join(rule.follows)}"
    if rule.for_each is not None:
        yield words.of_each(rule.for_each)
    for back in rule.returned:
        yield f"work sent back by {words.of_reply(back)}"
    yield from _moves(rule)
    if RESTARTS[rule.restart]:
        yield RESTARTS[rule.restart]
    if rule.optional:
        yield "never made is not missing"
    if rule.note:
        yield rule.note.rstrip(".")


def _moves(rule: Rule) -> Iterator[str]:
    """Yield which other events move the due day."""
    if rule.anchor is not None:
        yield f"the {rule.anchor.at} is that of {words.clause(rule.anchor)}"
    if rule.extension is not None:
        yield f"extended to {rule.extension.until} by {words.clause(rule.extension)}"
    for pause in rule.pauses:
        yield f"the clock stands from {words.types(pause.from_events)} to {words.types(pause.to_events)}"
