"""`make bench-signals`: every scenario and every budget of the silo signals; a table, and the page with it."""

import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bench.environment import OUT, ROOT
from bench.report import Figures
from bench.report import write as write_figures
from bench.signals.measuring import Measurement, could_not, measure
from bench.signals.plan import RUNS, chosen, measurements
from bench.signals.rows import Row
from bench.signals.table import counted, figure_rows, markdown, said, show, write
from bench.signals.volume import CASES, measure_volume
from infra.clock import now

SIGNALS = OUT / "signals.json"
PAGE = ROOT / "docs" / "silo_signals.md"
FEW, FEW_CASES = 3, 20_000
VOLUME = "volume"
_WIDE = 190
"""Columns where nobody looks at a terminal."""


def main(
    only: Annotated[
        list[str] | None, typer.Option(help="S1 to S17, budget, xmr, volume, ...; repeat it.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Runs of every row.")] = RUNS,
    cases: Annotated[int, typer.Option(min=1, help="Of the evaluation in PostgreSQL.")] = CASES,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; by default one for each core.")
    ] = None,
    quick: Annotated[bool, typer.Option(help=f"{FEW} runs, {FEW_CASES} cases: does it run at all?")] = False,
) -> None:
    """Measure, print the table, write bench/out/signals.json; the page too after a whole run.

    Progress goes to standard error. Code 1: something does not hold.
    """
    every = list(measurements(FEW if quick else seeds))
    picked, with_volume = chosen(every, only or []), not only or VOLUME in only
    if not picked and not with_volume:
        names = ", ".join(dict.fromkeys(one.name.split()[0] for one in every))
        raise typer.BadParameter(
            f"nothing is called {', '.join(only or [])}; there are {names}, budget, {VOLUME}"
        )
    began = time.monotonic()
    rows = _measured(picked, workers or os.cpu_count() or 1)
    if with_volume:
        rows += _volume(FEW_CASES if quick else cases)
    took_s = time.monotonic() - began
    write_figures(_figures(rows, took_s), SIGNALS)
    if not only and not quick and (seeds, cases) == (RUNS, CASES):
        write(PAGE, markdown(rows, _said(took_s)))
    show(rows, Console() if sys.stdout.isatty() else Console(width=_WIDE))
    if counted(rows)[1]:
        raise typer.Exit(1)


def _measured(picked: Sequence[Measurement[Any]], workers: int) -> list[Row]:
    """Return the rows in the order of the plan; what could not be measured is a row that does not hold."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    found: dict[str, list[Row]] = {}
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("runs", total=sum(len(one.seeds) for one in picked))
        for one, rows in measure(picked, workers, lambda: progress.advance(task)):
            found[one.name] = rows
            for row in rows:
                progress.console.print(said(row), highlight=False, markup=False, soft_wrap=True)
    return [row for one in picked for row in found[one.name]]


def _volume(cases: int) -> list[Row]:
    """Return the figures of an evaluation in PostgreSQL; nothing else runs beside it."""
    OUT.mkdir(parents=True, exist_ok=True)
    said = Console(stderr=True)
    with tempfile.TemporaryDirectory(dir=OUT, prefix="volume-", ignore_cleanup_errors=True) as scratch:
        try:
            return figure_rows(asyncio.run(measure_volume(Path(scratch), cases, said.print)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the rows so far are shown
            said.print_exception()
            return [could_not(VOLUME, error)]


def _said(took_s: float) -> str:
    command = " ".join(
        ["make bench-signals", *([f'ARGS="{" ".join(sys.argv[1:])}"'] if sys.argv[1:] else [])]
    )
    day = f"{now():%-d %B %Y}"
    return f"Measured on {day} by `{command}` in {took_s / 60:.0f} minutes on {os.cpu_count()} cores."


def _figures(rows: Sequence[Row], took_s: float) -> Figures:
    passed, failed = counted(rows)
    told: Figures = {
        "passed": passed,
        "failed": failed,
        "took_s": round(took_s),
        "measured_at": now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "arguments": " ".join(sys.argv[1:]),
    }
    for row in rows:
        name = " ".join(part for part in (row.scenario, row.title, row.volume, row.asked) if part)
        told |= {name: f"{row.found}; {row.delay}; {row.false}", f"{name}, holds": row.holds}
    return told


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        typer.run(main)
