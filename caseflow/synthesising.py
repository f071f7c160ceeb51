"""`caseflow synthesise`: a synthetic partnership into a file, and the truth about it into another."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from caseflow.console import say
from caseflow.errors import CommandError, failed
from caseflow.progress import Meter
from caseflow.wiring import ProfileOption, ProfilesDirOption, settings_from
from infra import clock
from infra.profile_files import read_profile_files
from publishers.synthetic.exporting import Order, Written, cases_for, export
from publishers.synthetic.plants.catalogue import CATALOGUE

DEFAULT_CASES = 1_000
DAY_FORMAT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


def synthesise(  # noqa: PLR0913, PLR0917 - options of a command
    to: Annotated[
        Path | None, typer.Option(help="File to write, JSON lines of CloudEvents; .gz compresses.")
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="File for the truth: which hand-offs are late, and why.")
    ] = None,
    cases: Annotated[
        int | None,
        typer.Option(min=1, help="Cases that begin in two years.", show_default=f"{DEFAULT_CASES}"),
    ] = None,
    events: Annotated[int | None, typer.Option(min=1, help="About so many events, instead of cases.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same file.")] = 1,
    until: Annotated[
        datetime | None,
        typer.Option(formats=DAY_FORMAT, help="End of what is known, UTC.", show_default="now"),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=DAY_FORMAT, help="Cases begin from here on.", show_default="two years before"),
    ] = None,
    plant: Annotated[
        list[str] | None, typer.Option(help="An effect, as --plants lists them; may be repeated.")
    ] = None,
    plants: Annotated[bool, typer.Option("--plants", help="List what can be planted, and stop.")] = False,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Write the events of a synthetic partnership to a file that `caseflow publish` takes.

    All people and cases are invented and say so. The truth is what the generator drew: it is never in the events.

    Examples:
      caseflow synthesise --to events.jsonl.gz --truth truth.jsonl --cases 5000 --seed 1 --until 2026-11-22

      caseflow synthesise --to slow.jsonl --plant slow-pair=cps:hmcts-magistrates,from=2026-03-01,factor=3
    """
    if plants:
        _list_plants()
        return
    try:
        settings = settings_from(None, profile, profiles_dir)
        files = read_profile_files(settings.profile, settings.profiles_dir)
        end = clock.now() if until is None else until.replace(tzinfo=UTC)
        start = None if since is None else since.replace(tzinfo=UTC)
        order = Order(files, seed, cases or DEFAULT_CASES, end, start, tuple(plant or ()))
        _write(order, events, to, truth)
    except ValueError as error:
        raise typer.Exit(failed(CommandError(str(error)))) from error
    except Exception as error:
        raise typer.Exit(failed(error)) from error


def _write(order: Order, events: int | None, to: Path | None, truth: Path | None) -> None:
    if to is None:
        raise CommandError("no file to write to: name one with --to FILE, or list the effects with --plants")
    if events is not None:
        order = Order(
            order.files, order.seed, cases_for(order, events), order.until, order.since, order.plants
        )
    with Meter(f"writing {to}", "events") as meter:
        written = export(order, to, truth, meter.at)
        say(_summary(written, to, truth, meter.seconds))


def _summary(written: Written, to: Path, truth: Path | None, took: float) -> str:
    told = f"{written.events:,} events of {written.cases:,} cases in {to}"
    labelled = f", the truth of {written.labels:,} hand-offs in {truth}" if truth is not None else ""
    return f"{told}{labelled}: {took:.1f} s ({written.events / took:,.0f} events/s)"


def _list_plants() -> None:
    for effect in CATALOGUE.values():
        target = f"={effect.target}" if effect.target else ""
        parameters = "".join(f",{name}={value:g}" for name, value in effect.parameters.items())
        harmless = " (harmless)" if effect.harmless else ""
        typer.echo(f"{effect.scenario:4}{effect.name}{target}{parameters}\n      {effect.sentence}{harmless}")
