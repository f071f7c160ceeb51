"""What a benchmark run says: a table for people, a flat JSON object for everything else."""

from collections.abc import Mapping
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from bench.comparison import Results
from bench.figures import Spread, ratios, spread
from infra.whole_file import whole_file

OURS = ("timelines", "timelines_full_fold")
PEERS = ("stock_faust", "quix_exactly_once", "kafka_streams_exactly_once")
AT_LEAST = {("timelines", "stock_faust"): 5.0, ("timelines", "kafka_streams_exactly_once"): 0.8}
"""The ratios to reach."""

Figures = dict[str, float | int | str | bool | None]


def rates(results: Results) -> dict[str, Spread]:
    """Return events per second of every candidate, over its runs."""
    return {name: spread([run.rate for run in runs]) for name, runs in results.items()}


def figures(results: Results) -> Figures:
    """Return the comparison's part of latest.json: medians, ranges, cost and ratios under flat names."""
    flat: Figures = {}
    measured = rates(results)
    for name, rate in measured.items():
        key = f"{name}_per_s"
        flat |= {key: round(rate.median), f"{key}_min": round(rate.low), f"{key}_max": round(rate.high)}
        flat |= {f"{name}_events": results[name][0].events, f"{name}_runs": rate.runs} | _cost(name, results)
    for (our, peer), ratio in _ratios(measured).items():
        flat[f"{our}_to_{peer}"] = round(ratio, 3)
    return flat


def write(found: Figures, path: Path) -> None:
    """Write latest.json, sorted by name, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as part:
        part.write_bytes(
            orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
        )


def show(results: Results, others: Figures, console: Console) -> None:
    """Print rates, then ratios ours / peer with what is to be reached, then the figures that have no peer."""
    console.print(_rates_table(results))
    if any(our in results for our in OURS):
        console.print(_ratios_table(rates(results)))
    for name, value in others.items():
        console.print(f"{name}: {value:,.1f}" if isinstance(value, float) else f"{name}: {value}")


def _cost(name: str, results: Results) -> Figures:
    cpu = [run.events / run.cpu_seconds for run in results[name] if run.cpu_seconds]
    memory = [run.rss_mb for run in results[name] if run.rss_mb is not None]
    flat: Figures = {f"{name}_per_cpu_s": round(spread(cpu).median)} if cpu else {}
    return flat | ({f"{name}_peak_rss_mb": round(spread(memory).median, 1)} if memory else {})


def _ratios(measured: Mapping[str, Spread]) -> dict[tuple[str, str], float]:
    ours = {name: measured[name].median for name in OURS if name in measured}
    return ratios(ours, {name: measured[name].median for name in PEERS if name in measured})


def _rates_table(results: Results) -> Table:
    table = Table(
        "candidate", "events/s", "min - max", "per CPU s", "peak MB", "events", "runs", title="Rates, medians"
    )
    for name, rate in rates(results).items():
        cost = _cost(name, results)
        table.add_row(
            name,
            f"{rate.median:,.0f}",
            f"{rate.low:,.0f} - {rate.high:,.0f}",
            _number(cost.get(f"{name}_per_cpu_s")),
            _number(cost.get(f"{name}_peak_rss_mb")),
            f"{results[name][0].events:,}",
            str(rate.runs),
        )
    return table


def _ratios_table(measured: Mapping[str, Spread]) -> Table:
    table = Table("ours", "peer", "ours / peer", "to reach", title="Ratios of medians")
    for pair, ratio in _ratios(measured).items():
        wanted = AT_LEAST.get(pair)
        colour = "" if wanted is None else "[green]" if ratio >= wanted else "[red]"
        table.add_row(*pair, f"{colour}{ratio:.2f}", "" if wanted is None else f"{wanted:.1f}")
    return table


def _number(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float | int) else "-"
