"""A world written to a file, fast: its cases are told in several processes and merged in the order of arrival.

The file holds what `tell` yields, line by line; the truth goes to a file of its own, never into the events.
"""

import gzip
import heapq
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Final

from models.profile import parse_profile
from publishers.synthetic.local_time import seconds
from publishers.synthetic.partnership import graces_of, tellings
from publishers.synthetic.plants.planted import read_plant
from publishers.synthetic.truth.labels import labels
from publishers.synthetic.wire import Arrival, arrivals
from publishers.synthetic.world import World

_BLOCKS_AT_MOST: Final = 64
_CASES_IN_A_BLOCK: Final = 250
_COMPRESSION: Final = 6
_SAMPLE: Final = 1_000
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, in values that another process can be given.

    `files` are the texts of the profile by name, `plants` as `read_plant` reads them; the rest as in `tell`.
    """

    files: Mapping[str, str]
    seed: int
    cases: int
    until: datetime
    since: datetime | None = None
    plants: tuple[str, ...] = ()

    def world(self) -> World:
        """Return the world that this order tells.

        Raises:
            ProfileError, PlantError, ValueError: it cannot be told.
        """
        plants = tuple(read_plant(text) for text in self.plants)
        return World(parse_profile(self.files), self.seed, self.cases, plants)

    def numbers(self, world: World) -> range:
        """Return the cases that are told."""
        return world.numbers(None if self.since is None else seconds(self.since), seconds(self.until))


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    cases: int = 0
    events: int = 0
    labels: int = 0


def export(
    order: Order, events: Path, truth: Path | None, progress: Progress, workers: int | None = None
) -> Written:
    """Write the events of an order, and the truth about them where a file is named for it.

    Args:
        order: what to tell.
        events: the file to write; `.gz` is compressed. An older one is replaced.
        truth: the file of labels, in the order of the cases; None: none is written.
        progress: called with how much is done of how much, and how many events that is so far.
        workers: how many processes; None: as many as the machine has processors.

    Returns:
        How many cases, events and labels.

    Raises:
        OSError: a file cannot be written.
        ProfileError, PlantError, ValueError: the order cannot be told.
    """
    world = order.world()
    blocks = _blocks(order.numbers(world))
    cases, steps = sum(map(len, blocks)), 2 * len(blocks)
    with TemporaryDirectory(prefix=f".{events.name}-", dir=events.parent) as name, ExitStack() as stack:
        folder = Path(name)
        count = min(workers or cpu_count() or 1, len(blocks))
        pool = stack.enter_context(
            ProcessPoolExecutor(count, get_context("spawn"), _begin, (order, truth is not None))
        )
        told = [pool.submit(_write_block, folder, n, block) for n, block in enumerate(blocks)]
        stack.callback(_cancel, told)
        done = Written(cases)
        for number, one in enumerate(told):
            events_told, labels_told = one.result()
            done = Written(cases, done.events + events_told, done.labels + labels_told)
            progress(number + 1, steps, done.events)
        _merge(
            folder,
            events,
            len(blocks),
            done.events,
            lambda share: progress(len(blocks) + share, steps, done.events),
        )
        if truth is not None:
            _join([folder / f"{n}.truth" for n in range(len(blocks))], truth)
    return done


def cases_for(order: Order, events: int) -> int:
    """Return how many cases give about so many events: by those of a small world of the same kind."""
    small = Order(order.files, order.seed, _SAMPLE, order.until, order.since, order.plants)
    world, end = small.world(), seconds(order.until)
    numbers = small.numbers(world)
    told = [case for number in numbers for case in tellings(world, number)]
    sent = sum(arrival.at <= end for case in told for arrival in arrivals(*case))
    return max(1, round(events * _SAMPLE / max(1, sent)))


class _Worker:
    """What a process of the pool was given at its start."""

    world: World
    order: Order
    with_truth: bool
    graces: Mapping[str, int]


def _begin(order: Order, with_truth: bool) -> None:
    _Worker.order, _Worker.world, _Worker.with_truth = order, order.world(), with_truth
    _Worker.graces = graces_of(_Worker.world.profile)


def _write_block(folder: Path, number: int, block: range) -> tuple[int, int]:
    """Write the events of some cases in the order of arrival, each behind its sorting key; and their truth."""
    end, sent, labelled = seconds(_Worker.order.until), list[Arrival](), 0
    with (folder / f"{number}.truth").open("wb") as truth:
        for case_number in block:
            for case in tellings(_Worker.world, case_number):
                sent.extend(arrival for arrival in arrivals(*case) if arrival.at <= end)
                if _Worker.with_truth:
                    lines = [label.to_json() for label in labels(*case, end, _Worker.graces)]
                    labelled += len(lines)
                    truth.writelines(line + b"\n" for line in lines)
    sent.sort()
    with (folder / f"{number}.events").open("wb") as file:
        file.writelines(_keyed(arrival) for arrival in sent)
    return len(sent), labelled


def _keyed(arrival: Arrival) -> bytes:
    return b"%012d%s%06d\t%s\n" % (arrival.at, arrival.case.encode(), arrival.place, arrival.line)


def _merge(folder: Path, events: Path, blocks: int, count: int, progress: Callable[[int], None]) -> None:
    with ExitStack() as stack:
        parts = [stack.enter_context((folder / f"{n}.events").open("rb")) for n in range(blocks)]
        target = stack.enter_context(_created(events))
        write, step = target.write, max(1, count // max(1, blocks))
        for done, line in enumerate(heapq.merge(*parts)):
            write(line[line.index(b"\t") + 1 :])
            if done % step == 0:
                progress(min(blocks, done // step))


def _join(parts: list[Path], whole: Path) -> None:
    with _created(whole) as target:
        for part in parts:
            with part.open("rb") as source:
                copyfileobj(source, target)


@contextmanager
def _created(file: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """Give a new file to write, compressed if its name says so; the same content gives the same bytes."""
    with file.open("wb", buffering=1 << 20) as raw:
        if file.suffix != ".gz":
            yield raw
            return
        with gzip.GzipFile("", "wb", _COMPRESSION, raw, mtime=0) as compressed:
            yield compressed


def _blocks(numbers: range) -> list[range]:
    """Return the cases in blocks of which every process gets several."""
    size = max(_CASES_IN_A_BLOCK, -(-len(numbers) // _BLOCKS_AT_MOST))
    return [numbers[first : first + size] for first in range(0, len(numbers), size)]


def _cancel(told: list["Future[tuple[int, int]]"]) -> None:
    for one in told:
        one.cancel()
