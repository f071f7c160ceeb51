"""The command line as a whole: every command is there and explains itself."""

import pytest
from typer.testing import CliRunner

from caseflow.cli import app

COMMANDS = [
    ["up"],
    ["run"],
    ["demo"],
    ["publish"],
    ["report"],
    ["case"],
    ["export"],
    ["status"],
    ["dead-letters"],
    ["topics", "apply"],
    ["topics", "check"],
    ["db", "migrate"],
    ["db", "check"],
    ["profile", "check"],
    ["register", "show"],
    ["register", "check"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_its_help(command: list[str]) -> None:
    done = CliRunner().invoke(app, [*command, "--help"])
    assert done.exit_code == 0
    assert "Usage:" in done.stdout


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != ["dead-letters"]], ids=" ".join)
def test_every_command_shows_an_example_in_its_help(command: list[str]) -> None:
    assert f"caseflow {' '.join(command)}" in CliRunner().invoke(app, [*command, "--help"]).stdout


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
