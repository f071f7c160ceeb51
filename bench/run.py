"""`make bench`: ours and the peers on one broker, in turn; a table, and bench/out/latest.json."""

import asyncio
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench.candidates import Candidate, Tools, candidates
from bench.comparison import Failures, Results, compare
from bench.environment import OUT, prepare
from bench.path import whole_path
from bench.plan import Plan, plan
from bench.report import Figures, figures, show, write
from bench.whole_path import measure_path
from infra.clock import now
from infra.embedded import embedded
from infra.settings import Settings

LATEST = OUT / "latest.json"
WHOLE_PATH = "whole_path"


def main(
    only: Annotated[list[str] | None, typer.Option(help="A candidate, or whole_path; repeat it.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Runs of every candidate.")] = 3,
    quick: Annotated[bool, typer.Option(help="Few events, one round: does it run at all?")] = False,
) -> None:
    """Measure, print a table to standard output, write bench/out/latest.json. Progress on standard error."""
    console, load_before = Console(stderr=True), os.getloadavg()[0]
    failures: Failures = {}
    wanted, path_too = _chosen(candidates(_tools(console, failures)), only or [])
    measured = _measured(wanted, path_too, plan(rounds, quick=quick), console, failures)
    results, others = asyncio.run(measured)
    show(results, others, Console())
    failed: Figures = {f"{name}_failed": why for name, why in failures.items()}
    write(figures(results) | others | failed | _circumstances(quick=quick, load_before=load_before), LATEST)
    console.print(f"written: {LATEST}")
    if failures:
        console.print(f"[red]failed: {', '.join(failures)}[/red]; the figures of the others are written")
        raise typer.Exit(1)


def _tools(console: Console, failures: Failures) -> Tools | None:
    """Prepare what the peers run on; None, and named in `failures`, where that is impossible: ours still run."""
    console.print("preparing the peers (the first time it takes a minute)")
    try:
        return prepare(Settings().cache)
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        failures["peers"] = f"{type(error).__name__}: {error}"
        console.print(f"[red]no peers[/red]: {failures['peers']}", highlight=False)
        return None


def _chosen(contenders: tuple[Candidate, ...], only: list[str]) -> tuple[list[Candidate], bool]:
    """Return the candidates to run, and whether the whole path is measured too."""
    names = [*(candidate.name for candidate in contenders), WHOLE_PATH]
    if unknown := set(only) - set(names):
        raise typer.BadParameter(
            f"nothing is called {', '.join(sorted(unknown))}; there are {', '.join(names)}"
        )
    chosen = only or names
    return [candidate for candidate in contenders if candidate.name in chosen], WHOLE_PATH in chosen


async def _measured(
    wanted: list[Candidate], path_too: bool, what: Plan, console: Console, failures: Failures
) -> tuple[Results, Figures]:
    """Start one Kafka and one PostgreSQL, measure everything on them, and remove what they left."""
    results: Results = {}
    others: Figures = {}
    OUT.mkdir(parents=True, exist_ok=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        tempfile.TemporaryDirectory(dir=OUT, prefix="run-") as folder,
        Progress(*columns, console=console) as progress,
    ):
        scratch = Path(folder)
        async with embedded(scratch / "servers", Settings().cache) as servers:
            settings = servers.settings(Settings())
            if wanted:
                results = await compare(settings, wanted, what, scratch, progress, failures)
            if path_too:
                pids = {"kafka": servers.kafka.child.pid, "postgres": servers.postgres.child.pid}
                try:
                    await _whole_path(settings, pids, what, scratch, progress, others)
                except Exception as error:  # noqa: BLE001 - whatever it is, the figures so far are written
                    failures[WHOLE_PATH] = f"{type(error).__name__}: {error}"
                    console.print_exception()
    return results, others


async def _whole_path(
    settings: Settings, servers: dict[str, int], what: Plan, scratch: Path, progress: Progress, found: Figures
) -> None:
    task = progress.add_task("whole path: starting", total=None)
    async with whole_path(settings, servers, scratch) as path:
        await measure_path(
            path, what.path, now(), found, lambda text: progress.update(task, description=text)
        )


def _circumstances(*, quick: bool, load_before: float) -> Figures:
    """Return what a reader must know to judge the figures; a load before the run says who else worked."""
    return {
        "load_average_before": round(load_before, 2),
        "measured_at": now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "quick": quick,
        "arguments": " ".join(sys.argv[1:]),
    }


if __name__ == "__main__":
    typer.run(main)
