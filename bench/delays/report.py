"""What `make bench-delays` says: a table for people, a flat JSON object, and a last line that counts."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Column, Table

from bench.delays.figure import Figure, counted


def show(figures: Iterable[Figure], failed: dict[str, str], console: Console) -> None:
    """Print every figure with what is asked of it, what could not be measured, and the last line."""
    found = list(figures)
    table = Table(
        *[Column(name, no_wrap=True) for name in ("figure", "value", "required", "")], title="Delays"
    )
    for figure in found:
        mark = "" if not figure.wanted else "[green]ok" if figure.holds else "[red]NO"
        table.add_row(figure.name, f"{figure.value:,} {figure.unit}".rstrip(), figure.wanted, mark)
    console.print(table)
    for name, why in failed.items():
        console.print(f"[red]{name} could not be measured[/red]: {why}", highlight=False)
    passed, missed = counted(found)
    console.print(f"{passed} passed, {missed + len(failed)} failed", highlight=False)


def flat(figures: Iterable[Figure], failed: dict[str, str]) -> dict[str, float | int | str | bool | None]:
    """Return the figures under their names, what is asked of them beside, and the count."""
    found = list(figures)
    passed, missed = counted(found)
    told: dict[str, float | int | str | bool | None] = {figure.name: figure.value for figure in found}
    told |= {f"{figure.name}_required": figure.wanted for figure in found if figure.wanted}
    told |= {f"{name}_failed": why for name, why in failed.items()}
    return told | {"passed": passed, "failed": missed + len(failed)}
