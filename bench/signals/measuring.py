"""Measurements as many small jobs, spread over the machine's cores."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, TypeVar

from bench.signals.rows import Row

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measurement(Generic[Result]):
    """One or more rows of the table: a job for every seed, and what is made of the results in the order of seeds.

    `work` and `rows` travel to other processes: functions of a module, or partials of them.
    """

    name: str
    seeds: Sequence[int]
    work: Callable[[int], Result]
    rows: Callable[[Sequence[Result]], list[Row]]


def could_not(name: str, error: BaseException) -> Row:
    """Return the row that says that something could not be measured."""
    return Row(name, "could not be measured", "", "", f"{type(error).__name__}: {error}", holds=False)


def measure(
    measurements: Iterable[Measurement[Result]], workers: int, done: Callable[[], None]
) -> Iterator[tuple[Measurement[Result], list[Row]]]:
    """Yield every measurement with its rows as soon as it is complete; `done` is called after each job.

    Worker processes are forked anew and end with this.
    """
    with ProcessPoolExecutor(
        workers, mp_context=get_context("fork"), initializer=os.nice, initargs=(5,)
    ) as pool:
        orders = {
            pool.submit(one.work, seed): (one, seed) for one in list(measurements) for seed in one.seeds
        }
        left = {one.name: len(one.seeds) for one, _ in orders.values()}
        for job in as_completed(orders):
            done()
            one, _ = orders[job]
            left[one.name] -= 1
            if not left[one.name]:
                yield one, _rows(one, [job for job, order in orders.items() if order[0] is one])


def _rows(one: Measurement[Result], jobs: Sequence[Future[Result]]) -> list[Row]:
    failed = next((error for job in jobs if (error := job.exception()) is not None), None)
    return [could_not(one.name, failed)] if failed is not None else one.rows([job.result() for job in jobs])
