"""`make bench-delays`: deadlines, storms, outages and judgements; a table, and bench/out/delays.json."""

import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench.delays.deadlines import LIFTED, measure_deadlines
from bench.delays.figure import Figure
from bench.delays.judgements import measure_judgements
from bench.delays.outages import measure_without_broker, measure_without_intake
from bench.delays.report import flat, show
from bench.delays.sizes import FEW, FULL, Sizes
from bench.delays.starting import rig
from bench.delays.storms import measure_storm
from bench.environment import OUT
from bench.report import write
from infra.clock import now

DELAYS = OUT / "delays.json"
Say = Callable[[str], None]
Measure = Callable[[Path, Sizes, Say], Awaitable[list[Figure]]]


async def deadlines(scratch: Path, sizes: Sizes, say: Say) -> list[Figure]:
    """Measure the wait from a deadline to the webhook, messages not limited."""
    say("deadlines: starting servers and caseflow")
    async with rig(scratch, "deadlines", LIFTED) as made:
        return await measure_deadlines(made, "deadlines", sizes.deadlines, sizes.over_s, say)


async def limited(scratch: Path, sizes: Sizes, say: Say) -> list[Figure]:
    """Measure the same with the limit of messages as shipped: for information."""
    say("limited: starting servers and caseflow")
    async with rig(scratch, "limited") as made:
        return await measure_deadlines(made, "limited", sizes.deadlines, sizes.over_s, say, required=False)


async def storms(scratch: Path, sizes: Sizes, say: Say) -> list[Figure]:
    """Measure many hand-offs that are overdue at once."""
    say("storms: starting servers and caseflow")
    async with rig(scratch, "storms") as made:
        return [figure for storm in sizes.storms for figure in await measure_storm(made, storm, say)]


async def outages(scratch: Path, sizes: Sizes, say: Say) -> list[Figure]:
    """Measure what is told after a minute without intake, and after one without the broker."""
    say("outages: starting servers and caseflow")
    async with rig(scratch, "no-intake") as made:
        found = await measure_without_intake(made, sizes.outage, sizes.outage_s, say)
    async with rig(scratch, "no-broker") as made:
        return [*found, *await measure_without_broker(made, sizes.outage, sizes.outage_s, say)]


async def judgements(_: Path, sizes: Sizes, say: Say) -> list[Figure]:
    """Compare judgements with the truth of the synthetic partnership; needs no servers."""
    return await measure_judgements(sizes.cases, say)


MEASUREMENTS: dict[str, Measure] = {
    "deadlines": deadlines,
    "limited": limited,
    "storms": storms,
    "outages": outages,
    "judgements": judgements,
}


def main(
    only: Annotated[list[str] | None, typer.Option(help="A measurement; repeat it.")] = None,
    cases: Annotated[int | None, typer.Option(min=1, help="Of the synthetic partnership.")] = None,
    quick: Annotated[bool, typer.Option(help="Small sizes: does it run at all?")] = False,
) -> None:
    """Measure, print a table to standard output, write bench/out/delays.json. Progress on standard error."""
    if unknown := set(only or []) - set(MEASUREMENTS):
        raise typer.BadParameter(
            f"nothing is called {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}"
        )
    sizes = FEW if quick else FULL
    sizes = sizes if cases is None else replace(sizes, cases=cases)
    load_before = os.getloadavg()[0]
    found, failed = asyncio.run(_measured(only or list(MEASUREMENTS), sizes))
    told = flat(found, failed) | {
        "load_average_before": round(load_before, 2),
        "measured_at": now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "quick": quick,
        "arguments": " ".join(sys.argv[1:]),
    }
    write(told, DELAYS)
    show(found, failed, Console())
    if told["failed"]:
        raise typer.Exit(1)


async def _measured(names: list[str], sizes: Sizes) -> tuple[list[Figure], dict[str, str]]:
    """Measure one after the other; one that fails is named, and the others go on."""
    found: list[Figure] = []
    failed: dict[str, str] = {}
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=OUT, prefix="delays-", ignore_cleanup_errors=True) as scratch,
        Progress(*columns, console=console) as progress,
    ):
        task = progress.add_task("starting", total=None)
        for name in names:
            try:
                found += await MEASUREMENTS[name](
                    Path(scratch), sizes, lambda text: progress.update(task, description=text)
                )
            except Exception as error:  # noqa: BLE001 - whatever it is, the figures so far are written
                failed[name] = f"{type(error).__name__}: {error}"
                console.print_exception()
    return found, failed


if __name__ == "__main__":
    typer.run(main)
