"""Which start a stop answers: the pairing rules of the register, without limits or clocks."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from models.clauses import any_matches, attribute_text
from models.instants import DAY_US
from models.register import ForEach, Reply, Restart, Rule, Start, Stop
from models.timeline import Entry, Placed

AnyReply = TypeVar("AnyReply", bound=Reply)


class About(NamedTuple):
    """Whom or what a wait is about, where a row has one for each: the value, and the event that first named it."""

    value: str
    entry: Entry


class Instance(NamedTuple):
    """One start of a register row, and what became of it.

    `place`: of the start among the events paired. `negative`: the stop lies before the start.
    `over`: the event from which nothing was awaited any more.
    `replaced`: where among the events the later start stands that took its place.
    `returned`: the first event that sent the work back.
    `attributes`: of the start as its extensions left them, and behind them those of `about`.
    """

    start: Placed
    place: int
    clause: Start
    about: About | None
    attributes: Mapping[str, object]
    stop: Placed | None = None
    stop_clause: Stop | None = None
    over: Placed | None = None
    replaced: int | None = None
    negative: bool = False
    returned: Placed | None = None


def pair(row: Rule, placed: Sequence[Placed]) -> list[Instance]:
    """Return the instances that a row opens in a case: for each value in turn, in the order of their starts.

    A stop closes the oldest open instance that it may close. By the row's `restart` each start opens its own,
    only the first opens one, or the latest takes the place of one still open, which from then on nothing stops,
    ends or sends back. An instance without a later stop takes an unused one of the row's few `early_days` before
    it, and is negative. An extension opens and closes nothing. Source:
    docs/decisions/0001-what-was-settled-first.md, "Case state and changes 10".
    """
    if row.for_each is None:
        return _pair(row, placed, None)
    return [instance for about in _abouts(row.for_each, placed) for instance in _pair(row, placed, about)]


def _abouts(each: ForEach, placed: Sequence[Placed]) -> list[About]:
    found: dict[str, About] = {}
    for event in placed:
        if each.matches(event.entry.type, event.entry.judged):
            value = attribute_text(event.entry.judged.get(each.key))
            if value is not None:
                found.setdefault(value, About(value, event.entry))
    return list(found.values())


def _pair(row: Rule, placed: Sequence[Placed], about: About | None) -> list[Instance]:
    instances: list[Instance] = []
    unused: list[Placed] = []
    extensions = [event.entry for event in placed if event.entry.extends is not None]
    needless_from = _needless_from(row, placed)
    for number, event in enumerate(placed):
        entry = event.entry
        if entry.extends is not None:
            continue
        if entry.type in row.stop_events and not _close(row, instances, event):
            unused.append(event)
        if entry.type in row.over_events and any_matches(row.over, entry.type, entry.judged):
            instances[:] = [_end(instance, event) for instance in instances]
        clause = row.start_of(entry.type, entry.judged) if entry.type in row.starts_by_type else None
        if clause is not None and number <= needless_from and _concerns(row, about, entry):
            told = _attributes(entry, about, row, extensions)
            _open(row, instances, Instance(event, number, clause, about, told))
    found = [_with_earlier_stop(row, instance, unused) for instance in instances]
    return _with_returns(row, found, placed) if row.returned else found


def _close(row: Rule, instances: list[Instance], stop: Placed) -> bool:
    for index, instance in enumerate(instances):
        if _is_open(instance):
            clause = answering(row, instance, stop.entry)
            if clause is not None:
                instances[index] = instance._replace(stop=stop, stop_clause=clause)
                return True
    return False


def _end(instance: Instance, over: Placed) -> Instance:
    return instance._replace(over=over) if _is_open(instance) else instance


def _is_open(instance: Instance) -> bool:
    return instance.stop is None and instance.over is None and instance.replaced is None


def _needless_from(row: Rule, placed: Sequence[Placed]) -> int:
    """Return the place of the first event after which a start opens nothing; without one, after the last."""
    if not row.unless:
        return len(placed)
    needless = (n for n, p in enumerate(placed) if any_matches(row.unless, p.entry.type, p.entry.judged))
    return next(needless, len(placed))


def _concerns(row: Rule, about: About | None, start: Entry) -> bool:
    """Return whether a start is about this value, or about all of them."""
    if about is None or row.for_each is None:
        return True
    return attribute_text(start.judged.get(row.for_each.key)) in (None, about.value)


def _open(row: Rule, instances: list[Instance], instance: Instance) -> None:
    if row.restart is Restart.FIRST and instances:
        return
    if row.restart is Restart.LATEST and instances and _is_open(instances[-1]):
        instances[-1] = instances[-1]._replace(replaced=instance.place)
    instances.append(instance)


def _attributes(
    start: Entry, about: About | None, row: Rule, extensions: Sequence[Entry]
) -> Mapping[str, object]:
    """Return what the limits read: the start's attributes, replaced by those of its extensions in their order."""
    if about is None and not extensions:
        return start.judged
    found: dict[str, object] = {}
    if about is not None and row.for_each is not None:
        kept = row.for_each.attributes_kept
        found = {name: about.entry.judged[name] for name in kept if name in about.entry.judged}
    found |= start.judged
    for later in extensions:
        if later.extends == start.id and later.source == start.source:
            found |= later.judged
    return found


def _with_earlier_stop(row: Rule, instance: Instance, unused: list[Placed]) -> Instance:
    if not _is_open(instance):
        return instance
    earliest_us = instance.start.at_us - row.early_days * DAY_US
    for index, stop in enumerate(unused):
        clause = answering(row, instance, stop.entry)
        if clause is not None and earliest_us <= stop.at_us and stop.at_us <= instance.start.at_us:
            del unused[index]
            return instance._replace(stop=stop, stop_clause=clause, negative=True)
    return instance


def _with_returns(row: Rule, instances: list[Instance], placed: Sequence[Placed]) -> list[Instance]:
    """Return the instances with the returns of their work, each event for one of them.

    A return that is a stop belongs to the wait that it closes; any other to the one begun last before it, of
    those that it may answer and whose work has not come back. One whose place was taken before has none any more.
    """
    found, begun = list(instances), 0
    for event in placed:
        while begun < len(found) and found[begun].start is event:
            begun += 1
        if event.entry.type in row.return_events and event.entry.extends is None:
            index = _sent_back(row, found[:begun], event)
            if index is not None:
                found[index] = found[index]._replace(returned=event)
    return found


def _sent_back(row: Rule, begun: Sequence[Instance], event: Placed) -> int | None:
    may = [
        n
        for n, one in enumerate(begun)
        if one.returned is None
        and (one.replaced is None or n == len(begun) - 1)
        and _reply(row.returned, row, one, event.entry)
    ]
    closed = [n for n in may if begun[n].stop is event]
    return next(iter(closed or may[::-1]), None)


def answering(row: Rule, instance: Instance, stop: Entry) -> Stop | None:
    """Return by which clause an event answers an instance, whatever its place; None: it does not."""
    return _reply(row.stops, row, instance, stop)


def _reply(clauses: Sequence[AnyReply], row: Rule, instance: Instance, event: Entry) -> AnyReply | None:
    about, each = instance.about, row.for_each
    if about is not None and each is not None and attribute_text(event.judged.get(each.key)) != about.value:
        return None
    start = instance.start.entry
    return next((c for c in clauses if c.answers(start.id, start.judged, event.type, event.judged)), None)
