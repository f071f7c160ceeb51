"""Conditions and limits of the register in words: the same in the table, the page and the JSON."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.calendars import Period, Roll
from models.clauses import Clause, Conditions
from models.limits import Certainty, Limit, LimitKind
from models.register import ForEach, Reply, Rule, Start, Stop, WaitOwner

LOCAL_TARGET = "local target"
CERTAINTIES = {
    Certainty.CONFIRMED: "confirmed",
    Certainty.IN_SERVICE_CODE: "in service code",
    Certainty.DATED: f"{LOCAL_TARGET} (dated)",
    Certainty.COMMON_KNOWLEDGE: f"{LOCAL_TARGET} (common knowledge)",
    Certainty.ESTIMATED: f"{LOCAL_TARGET} (estimated)",
}
MEANINGS = {
    Certainty.CONFIRMED: "confirmed in the source that is named",
    Certainty.IN_SERVICE_CODE: "what a justice service in use does, not what the law says",
    Certainty.DATED: "confirmed once, but old or perhaps superseded",
    Certainty.COMMON_KNOWLEDGE: "generally known, confirmed by nobody; also where no number was found",
    Certainty.ESTIMATED: "reckoned from confirmed numbers",
}
_ROLLS = {Roll.NONE: "", Roll.FORWARD: ", on to a working day", Roll.BACK: ", back to a working day"}


def between(rule: Rule) -> str:
    """Return `sender → receiver` with a star at the wait owner; one side alone where the step is internal."""
    sides = [(WaitOwner.SENDER, rule.sender), (WaitOwner.RECEIVER, rule.receiver)]
    return " → ".join(_side(roles, owns=rule.owner is side) for side, roles in sides if roles)


def of_start(start: Start) -> str:
    """Return what opens a wait, and from when it counts."""
    return clause(start) + (f"; clock from {start.at}" if start.at else "")


def of_stop(stop: Stop) -> str:
    """Return what closes a wait, which one, and by which date it is judged."""
    told = (
        f"judged on {stop.at}" if stop.at else "",
        f"clock from {stop.start_at}" if stop.start_at else "",
    )
    return "; ".join((of_reply(stop), *filter(None, told)))


def of_reply(reply: Reply) -> str:
    """Return what comes back to a start, and to which one."""
    told = (
        f"the same {' and '.join(reply.match)}" if reply.match else "",
        "the start that it names, if it names one" if reply.about else "",
    )
    return "; ".join((clause(reply), *filter(None, told)))


def of_each(each: ForEach) -> str:
    """Return whom a row has a wait for each of."""
    return f"one wait for each {each.key} of {clause(each)}"


def clause(one: Clause) -> str:
    """Return event types, the stage said once, and the conditions on their attributes."""
    held = conditions(one, one.unknown_matches)
    return types(one.events) + (f" where {held}" if held else "")


def conditions(one: Conditions, unknown_matches: Iterable[str] = ()) -> str:
    """Return conditions on attributes: `disposal = custody, sentenceDays ≥ 365`; nothing where there are none."""
    told = [(name, f"{name} = {' or '.join(values)}") for name, values in one.where.items()]
    told += [(name, f"{name} ≥ {bound}") for name, bound in one.at_least.items()]
    told += [(name, f"{name} ≤ {bound}") for name, bound in one.at_most.items()]
    return ", ".join(f"{text} or unknown" if name in unknown_matches else text for name, text in told)


def types(names: Sequence[str]) -> str:
    """Return event types in a row: `charge.charged, .bail-answered`; a stage stands where it changes."""
    shown, stage = [], ""
    for name in names:
        before, _, event = name.partition(".")
        shown.append(f".{event}" if before == stage else name)
        stage = before
    return ", ".join(shown)


def held(limit: Limit) -> str:
    """Return when a limit holds: its period, and its conditions."""
    given = f"given {clause(limit.given)} within it" if limit.given is not None else ""
    return "; ".join(filter(None, (period(limit), conditions(limit), given)))


def period(one: Period) -> str:
    """Return the days of a period in words; nothing where it is for ever."""
    if one.since and one.until:
        return f"{_day(one.since)} to {_day(one.until)}"
    if one.since:
        return f"from {_day(one.since)}"
    return f"to {_day(one.until)}" if one.until else ""


def amount(limit: Limit) -> str:
    """Return how long a limit is, what is taken off it, where its day moves to and when it warns."""
    if limit.kind is LimitKind.LOCAL:
        return "no number known"
    less = f" less {limit.less}" if limit.less else ""
    early = f"; due soon {limit.warning} {limit.unit.value.replace('-', ' ')} before" if limit.warning else ""
    return f"{limit.text}{less}{_roll(limit)}{early}"


def _roll(limit: Limit) -> str:
    """Return where a due day moves; of a lead it is the date counted from that moves."""
    before = limit.kind is LimitKind.LEAD and limit.roll is not Roll.NONE
    return f", itself moved{_ROLLS[limit.roll].removeprefix(',')}" if before else _ROLLS[limit.roll]


def _side(roles: Sequence[str], *, owns: bool) -> str:
    first, *others = roles
    return ", ".join((f"{first}*" if owns else first, *others))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
