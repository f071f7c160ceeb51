"""Which start a stop answers: the pairing rules of the register, without limits or clocks."""

from collections.abc import Sequence
from typing import NamedTuple

from models.register import Restart, Rule
from models.timeline import Placed


class Instance(NamedTuple):
    """One start of a register row, the stop that answers it, and whether that stop lies before it."""

    start: Placed
    stop: Placed | None
    negative: bool = False


def pair(row: Rule, placed: Sequence[Placed]) -> list[Instance]:
    """Return the instances that a row opens in a case, in the order of their starts.

    A stop closes the oldest open instance that it may close. By the row's `restart` each start opens its own,
    only the first opens one, or the latest takes the place of one still open. An instance without a later stop
    takes an unused earlier one, and is negative. Source:
    docs/decisions/0001-what-was-settled-first.md, "Case state and changes 10".
    """
    instances: list[Instance] = []
    unused: list[Placed] = []
    for event in placed:
        if event.entry.type in row.stop.events and not _close(row, instances, event):
            unused.append(event)
        if row.starts(event.entry.type, event.entry.judged):
            _open(row, instances, event)
    return [_with_earlier_stop(row, instance, unused) for instance in instances]


def _close(row: Rule, instances: list[Instance], stop: Placed) -> bool:
    for index, instance in enumerate(instances):
        if instance.stop is None and _answers(row, instance.start, stop):
            instances[index] = instance._replace(stop=stop)
            return True
    return False


def _open(row: Rule, instances: list[Instance], start: Placed) -> None:
    if row.restart is Restart.FIRST and instances:
        return
    if row.restart is Restart.LATEST and instances and instances[-1].stop is None:
        instances.pop()
    instances.append(Instance(start, None))


def _with_earlier_stop(row: Rule, instance: Instance, unused: list[Placed]) -> Instance:
    if instance.stop is not None:
        return instance
    for index, stop in enumerate(unused):
        if _answers(row, instance.start, stop):
            del unused[index]
            return Instance(instance.start, stop, negative=True)
    return instance


def _answers(row: Rule, start: Placed, stop: Placed) -> bool:
    return row.stops(start.entry.judged, stop.entry.type, stop.entry.judged)
