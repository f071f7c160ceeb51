"""How long an evaluation takes, and how much memory, with ten million events of a million cases in PostgreSQL."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import orjson
import typer

from bench.delays.figure import Figure
from bench.environment import OUT, ROOT
from bench.signals.volume_load import ask_for_weeks, load
from bench.signals.volume_rows import Size
from bench.signals.volume_templates import templates
from infra.embedded import PostgresServer
from infra.profile_files import read_profile_files
from models.instants import DAY_US, to_us
from models.profile import parse_profile

CASES: Final = 1_000_000
WEEKS: Final = 5 * 52
SUNDAY: Final = datetime(2026, 11, 22, tzinfo=UTC)
"""The first day judged: it ends a week, so that everything is asked."""
TOLD: Final = 1_000
"""Cases that are told by the synthetic partnership; a greater partnership tells them again."""
FULL_S, DAILY_S, MEMORY_MB = 60.0, 10.0, 2_000.0
Say = Callable[[str], None]


async def measure_volume(scratch: Path, cases: int, say: Say) -> list[Figure]:
    """Load a partnership of so many cases over five years, and judge a Sunday and the Monday after it.

    The Sunday is the first day ever: all items, every baseline to be locked, and the feeds and steps that these are
    made of. The Monday is a day like any other, with the weeks to compute anew that were told of since Friday. Each
    is judged in a process of its own, whose greatest resident memory is told.

    Args:
        scratch: an empty folder; at a million cases it takes about 12 GB.
        cases: how many; events are ten times, hand-offs about four times as many.
        say: told what is going on.
    """
    server = PostgresServer(scratch)
    await server.start()
    try:
        return await _measured(server.url(), cases, say)
    finally:
        await server.stop()


async def _measured(url: str, cases: int, say: Say) -> list[Figure]:
    say("volume: telling cases")
    profile = parse_profile(read_profile_files("cleveland-and-durham"))
    made = templates(profile, min(TOLD, cases))
    now_us = to_us(SUNDAY) + 34 * 3_600_000_000
    began = time.monotonic()
    counts = await load(url, made, Size(cases, WEEKS, now_us), say)
    figures = [Figure(f"volume_{name}", float(count)) for name, count in counts.items()]
    figures.append(Figure("volume_load_s", round(time.monotonic() - began, 1), "s"))
    day = (SUNDAY.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days
    say("volume: full evaluation")
    figures += _figures("full", await _judged(url, day), {"all_s": FULL_S})
    say("volume: daily evaluation")
    await ask_for_weeks(url, now_us - 3 * DAY_US, now_us)
    return figures + _figures("daily", await _judged(url, day + 1), {"with_weeks_s": DAILY_S})


async def _judged(url: str, day: int) -> dict[str, float]:
    command = (sys.executable, "-m", "bench.signals.volume_day", url, str(day))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    told, _ = await child.communicate()
    if child.returncode != 0:
        raise RuntimeError(f"the evaluation of day {day} ended with {child.returncode}: see above")
    found: dict[str, float] = orjson.loads(told)
    return found


def _figures(name: str, told: dict[str, float], within: dict[str, float]) -> list[Figure]:
    asked = within | {"rss_mb": MEMORY_MB}
    units = {"s": "s", "mb": "MB"}
    return [
        Figure(
            f"volume_{name}_{key}",
            round(value, 2),
            units.get(key.rpartition("_")[2], ""),
            below=asked.get(key),
        )
        for key, value in told.items()
        if key not in ("day", "weekday")
    ]


def main(cases: Annotated[int, typer.Option(min=1)] = CASES) -> None:
    """Measure and print the figures; progress on standard error."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT, prefix="volume-", ignore_cleanup_errors=True) as scratch:
        say = lambda text: print(text, file=sys.stderr)  # noqa: E731 - one line
        figures = asyncio.run(measure_volume(Path(scratch), cases, say))
    for figure in figures:
        print(f"{figure.name:<28} {figure.value:>14,.2f} {figure.unit:<3} {figure.wanted}")
    if not all(figure.holds for figure in figures):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
