"""Every late hand-off found, none invented: the fold against the truth that the synthetic partnership drew."""

import asyncio
import gc
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context

from bench.delays.figure import Figure
from bench.delays.partnership import judge
from bench.delays.tally import Order, Tally, total
from streams.host.app import COLLECT_AFTER

UNTIL = datetime(2026, 10, 1, 12, tzinfo=UTC)
SEED = 4
AT_A_TIME = 500
"""Cases that one worker holds at a time: the whole population would not fit into memory."""
WORKERS = 2
_LONGEST_S = 5400.0


async def measure_judgements(cases: int, say: Callable[[str], None]) -> list[Figure]:
    """Generate so many cases with their truth, fold them in two orders, and compare each late hand-off.

    Raises:
        TimeoutError: it was not done after an hour and a half.
    """
    began = time.monotonic()
    tallies = await asyncio.to_thread(_tallied, cases, say)
    seconds = time.monotonic() - began
    shared = tallies[Order.ARRIVAL]
    return [
        Figure("judgements_cases", shared.cases),
        Figure("judgements_events", shared.events),
        Figure("judgements_refused", shared.refused, exactly=0),
        Figure("judgements_hand_offs", shared.hand_offs),
        Figure("judgements_late", shared.late),
        *[figure for order, tally in tallies.items() for figure in _figures(order, tally)],
        Figure("judgements_intake_us_per_event", round(shared.accepting_s / shared.events * 1e6, 1), "us"),
        Figure("judgements_generator_us_per_event", round(shared.telling_s / shared.events * 1e6, 1), "us"),
        Figure("judgements_s", round(seconds, 1), "s"),
    ]


def _figures(order: Order, tally: Tally) -> list[Figure]:
    name = f"judgements_{order}"
    return [
        Figure(f"{name}_precision", tally.precision, exactly=1.0),
        Figure(f"{name}_recall", tally.recall, exactly=1.0),
        Figure(f"{name}_invented", tally.invented, exactly=0),
        Figure(f"{name}_overlooked", tally.overlooked, exactly=0),
        Figure(f"{name}_other_state", tally.other_state, exactly=0),
        Figure(f"{name}_without_truth", tally.without_truth),
        Figure(f"{name}_fold_us_per_event", round(tally.folding_s / tally.events * 1e6, 1), "us"),
    ]


def _tallied(cases: int, say: Callable[[str], None]) -> dict[Order, Tally]:
    """Share the cases out to worker processes, some at a time, and add up what they found."""
    found: list[dict[Order, Tally]] = []
    starts = range(0, cases, AT_A_TIME)
    one = partial(judge, cases, SEED, UNTIL)
    # Workers that are made anew know nothing of the event loop and the clients of this process.
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=_as_timelines)
    try:
        waiting: list[Future[dict[Order, Tally]]] = [
            pool.submit(one, first, min(AT_A_TIME, cases - first)) for first in starts
        ]
        for future in as_completed(waiting, timeout=_LONGEST_S):
            found.append(future.result())
            say(f"judgements: {min(len(found) * AT_A_TIME, cases):,} of {cases:,} cases")
    finally:
        pool.shutdown(cancel_futures=True)
    return {order: total([tallies[order] for tallies in found]) for order in Order}


def _as_timelines() -> None:
    """Collect garbage as seldom as the timelines process does."""
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
