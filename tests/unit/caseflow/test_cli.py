"""The command line as a whole: every command is there and explains itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from caseflow.cli import app

WIDE = {"COLUMNS": "400"}
"""No column of a help is so narrow then that a line is broken within it."""


def walk(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with the words that lead to it, groups before what is in them."""
    yield path, command
    if isinstance(command, TyperGroup):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name), *path, name)


EVERY = {" ".join(("caseflow", *path)): (path, command) for path, command in walk(get_command(app))}


def helped(name: str) -> str:
    done = CliRunner(env=WIDE).invoke(app, [*EVERY[name][0], "--help"], prog_name="caseflow")
    assert done.exit_code == 0
    return " ".join(done.stdout.split())


def in_brackets(command: Any) -> Iterator[str]:
    """Yield whatever stands in square brackets in the texts of a command, and the defaults put into words."""
    texts = [command.help, *(text for one in command.params for text in (one.help, one.metavar))]
    for text in filter(None, texts):
        yield from re.findall(r"\[[^]]*\]", " ".join(text.split()))
    for one in command.params:
        if isinstance(one.show_default, str):
            yield f"[default: ({one.show_default})]"


def test_the_walk_reaches_commands_of_every_depth() -> None:
    assert {
        "caseflow",
        "caseflow up",
        "caseflow run",
        "caseflow report",
        "caseflow report waits",
    } <= EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    said = helped(name)
    assert "Usage:" in said
    _, example, shown = said.partition("Example")
    assert example, said
    assert name in shown


@pytest.mark.parametrize("name", EVERY)
def test_nothing_in_brackets_is_lost_in_a_help(name: str) -> None:
    said = helped(name)
    assert [text for text in in_brackets(EVERY[name][1]) if text not in said] == []


def test_a_help_says_what_a_data_directory_is_when_none_is_named() -> None:
    assert "[default: (.caseflow/<profile>)]" in helped("caseflow up")


def test_the_help_of_run_says_what_its_exit_codes_mean() -> None:
    said = CliRunner().invoke(app, ["run", "--help"]).stdout
    assert "78" in said
    assert "70" in said


def test_a_process_that_does_not_exist_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["run", "nothing"]).exit_code == 2


def test_a_profile_that_loads_is_described() -> None:
    done = CliRunner().invoke(app, ["profile", "check", "--profile", "cook-county"])
    assert done.exit_code == 0
    assert "clock: history" in done.stderr
