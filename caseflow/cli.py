"""The command `caseflow`. `run` is loaded alone: a process must not carry what the other commands need."""

import importlib
from functools import cache
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from caseflow.running import run_process


@cache
def others() -> TyperGroup:
    """Return every command but `run`; loading them costs half a second and 50 MB."""
    loaded = get_command(importlib.import_module("caseflow.commands").app)
    assert isinstance(loaded, TyperGroup)  # noqa: S101 - it has several commands
    return loaded


class Commands(TyperGroup):
    """The group of all commands, of which only `run` is there from the start."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer does not export its base types
        """Return the names in the order of the help: `run` after those that run everything."""
        first, *rest = others().list_commands(ctx)
        return [first, *super().list_commands(ctx), *rest]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - the same
        """Return a command, loading the others when it is one of them."""
        return super().get_command(ctx, cmd_name) or others().get_command(ctx, cmd_name)


app = typer.Typer(
    cls=Commands,
    name="caseflow",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def caseflow() -> None:
    """Case-flow tracking across criminal justice agencies: timelines, hand-offs and who waits for whom.

    Examples:
      caseflow demo

      caseflow report --help
    """


app.command("run")(run_process)
