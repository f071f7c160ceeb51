"""A register looked through as a whole: what loading accepts row by row, and a person should still know."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import NamedTuple

from models.clauses import Conditions
from models.limits import Certainty, Limit, LimitKind
from models.profile import Profile, parse_profile
from models.profile_checks import EVENTS, attributes_read
from models.profile_text import ProfileError
from models.register import Rule
from models.toml_lines import KeyPath, key_lines, line_of

_DAY = timedelta(days=1)
_WITHOUT_DUE = frozenset({LimitKind.LOCAL, LimitKind.SHARE, LimitKind.FLOOR})


class Finding(NamedTuple):
    """One thing found: in which file and line, about which row (none: about the file), and what it is.

    `grave` ones are mistakes; the others are remarks: right, but worth knowing.
    """

    file: str
    line: int
    row: str
    grave: bool
    message: str

    def __str__(self) -> str:
        """Return `file:line: row: what was found`."""
        row = f"{self.row}: " if self.row else ""
        return f"{self.file}:{self.line}: {row}{self.message}"


class _Note(NamedTuple):
    path: KeyPath
    grave: bool
    message: str


def check_register(files: Mapping[str, str]) -> list[Finding]:
    """Return what is wrong with or remarkable in the register of a profile, in the order of files and lines.

    A profile that does not load has its mistakes as findings, and nothing else is looked at: unknown events,
    roles, calendars and chains, attributes that a case would not keep, limits without a source.

    Args:
        files: text by file name, as `models.profile.parse_profile` takes them.
    """
    try:
        profile = parse_profile(files)
    except ProfileError as error:
        return [Finding(m.file, m.line, "", True, m.message) for m in error.mistakes]
    rules = {rule.id: rule for rule in profile.rules}
    found = [_idle(name, attributes) for name, attributes in _unread(profile)]
    for file in (name for name in files if name.startswith("hand_offs/")):
        rule = rules[tomllib.loads(files[file])["id"]]
        lines = key_lines(files[file])
        found += [
            Finding(file, line_of(lines, note.path), rule.id, note.grave, note.message)
            for note in _notes(file, rule, rules)
        ]
    return sorted(found)


def _notes(file: str, rule: Rule, rules: Mapping[str, Rule]) -> Iterator[_Note]:
    if PurePosixPath(file).stem != rule.id:
        message = f"the row is '{rule.id}': rename the file to {rule.id}.toml, or correct the id"
        yield _Note(("id",), True, message)
    yield from _of_conditions(rule)
    yield from _of_limits(rule)
    yield from _of_chain(rule, rules)
    yield from _of_missing(rule)


def _of_conditions(rule: Rule) -> Iterator[_Note]:
    for path, clause in rule.clauses():
        for name in sorted(clause.unknown_matches - clause.attributes):
            message = f"'{name}' is in unknown_matches, and no condition here reads it: correct or remove it"
            yield _Note((*path, "unknown_matches"), True, message)


def _of_limits(rule: Rule) -> Iterator[_Note]:
    if not rule.limits:
        yield _Note((), True, "the row has no limit: add one, of kind local where no number is known")
    for table, limits in (("limit", rule.limits), ("standard", rule.standards)):
        for number, limit in enumerate(limits):
            for grave, message in _of_limit(
                limit, limits[:number], [one for one in limits if one is not limit]
            ):
                yield _Note((table, number), grave, message)
    if rule.anchor is not None:
        for number, limit in enumerate(rule.limits):
            if limit.at not in (None, rule.anchor.at):
                message = f"the limit names '{limit.at}', the anchor tells '{rule.anchor.at}': name the same"
                yield _Note(("limit", number, "at"), True, message)


def _of_limit(limit: Limit, earlier: Sequence[Limit], others: Sequence[Limit]) -> Iterator[tuple[bool, str]]:
    if not any(character.isalpha() for character in limit.source):
        yield True, f"'{limit.source}' is no source: say who says so, or that none was found"
    if limit.kind is LimitKind.LOCAL and limit.certainty is not Certainty.COMMON_KNOWLEDGE:
        yield True, "a limit of kind local has no number to be sure of: its certainty is K"
    if limit.since is not None and limit.until is not None and limit.until < limit.since:
        yield True, f"the limit ends on {limit.until}, before it begins on {limit.since}: exchange the dates"
    for other in earlier:
        if _hides(other, limit):
            days = _days(max(limit.since or date.min, other.since or date.min))
            yield (
                True,
                f"{days} an earlier limit always holds where this one does: part their dates or conditions",
            )
    yield from _after(limit, others)


def _after(limit: Limit, others: Iterable[Limit]) -> Iterator[tuple[bool, str]]:
    """Look at the days after a limit's last: something must hold then, or nothing ever again."""
    if limit.until is None:
        return
    following = limit.until + _DAY
    alike = [other for other in others if _may_hold_both(limit, other)]
    if any(other.includes(following) for other in alike):
        return
    later = [other.since for other in alike if other.since is not None and other.since > following]
    if later:
        yield (
            True,
            f"no limit holds from {following} to {min(later) - _DAY}: close the gap between the periods",
        )
    else:
        yield False, f"no limit holds from {following} on"


def _of_chain(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[_Note]:
    for name in rule.follows:
        if rule.id in _all_before(rules[name], rules):
            message = f"{rule.id} follows {name}, which follows it: a chain has a first row"
            yield _Note(("follows",), True, message)
        elif not _can_link(rules[name], rule):
            message = (
                f"no event can both end {name} and start {rule.id} as their conditions stand: never linked"
            )
            yield _Note(("follows",), False, message)


def _all_before(rule: Rule, rules: Mapping[str, Rule]) -> set[str]:
    found, open_ = {rule.id}, [rule]
    while open_:
        new = [name for name in open_.pop().follows if name not in found]
        found.update(new)
        open_ += [rules[name] for name in new]
    return found


def _can_link(before: Rule, rule: Rule) -> bool:
    return any(
        set(stop.events) & set(start.events) and _may_hold_both(stop, start)
        for stop in before.stops
        for start in rule.starts
    )


def _of_missing(rule: Rule) -> Iterator[_Note]:
    if rule.missing or rule.optional:
        return
    if not rule.over or all(limit.kind in _WITHOUT_DUE for limit in rule.limits):
        yield _Note(
            (), False, "no proof that it is missing: without an answer it stays open, or becomes void"
        )
    else:
        yield _Note((), False, "no proof that it is missing: only what ends the wait after its due instant")


def _unread(profile: Profile) -> Iterator[tuple[str, set[str]]]:
    """Yield the types of events that keep attributes which no row reads, with these."""
    read: dict[str, set[str]] = {}
    for rule in profile.rules:
        for _, clause in rule.clauses():
            for name in clause.events:
                read.setdefault(name, set()).update(attributes_read(rule, clause))
    for event in profile.event_types.values():
        left = set(event.judged) - read.get(event.name, set())
        if left:
            yield event.name, left


def _idle(name: str, attributes: set[str]) -> Finding:
    listed = ", ".join(sorted(attributes))
    return Finding(
        EVENTS, 1, "", False, f"cases keep {listed} of {name}, which no row reads: take it off judged"
    )


def _hides(earlier: Limit, later: Limit) -> bool:
    """Return whether, on some day, the earlier limit holds wherever the later one does."""
    if LimitKind.SHARE in (earlier.kind, later.kind) or not earlier.overlaps(later):
        return False
    given = earlier.given is None or earlier.given == later.given
    return given and _holds_wherever(earlier, later)


def _holds_wherever(wide: Conditions, narrow: Conditions) -> bool:
    return (
        all(
            set(narrow.where.get(name, ())) <= set(values) and name in narrow.where
            for name, values in wide.where.items()
        )
        and all(narrow.at_least.get(name, bound - 1) >= bound for name, bound in wide.at_least.items())
        and all(narrow.at_most.get(name, bound + 1) <= bound for name, bound in wide.at_most.items())
    )


def _may_hold_both(one: Conditions, other: Conditions) -> bool:
    shared = one.where.keys() & other.where.keys()
    if any(set(one.where[name]).isdisjoint(other.where[name]) for name in shared):
        return False
    return not any(
        low.at_least[name] > high.at_most[name]
        for low, high in ((one, other), (other, one))
        for name in low.at_least.keys() & high.at_most.keys()
    )


def _days(first: date) -> str:
    return "on every day" if first == date.min else f"from {first} on"
