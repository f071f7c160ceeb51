"""Days, as people give them to every command that takes one."""

from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from caseflow.cli import app
from caseflow.days import day

COMMANDS = [
    ["report", "waits", "H04", "--since"],
    ["report", "waits", "H04", "--until"],
    ["report", "waits", "H04", "--as-of"],
    ["report", "timeliness", "--as-of"],
    ["chart", "xmr", "H04", "--to", "x.svg", "--as-of"],
    ["signals", "evaluate", "--as-of"],
    ["signals", "rebase", "--rule", "H04", "--by", "Ann Smith", "--why", "moved", "--since"],
    ["signals", "rebase", "--since", "2026-03-02", "--window", "2026-03-02"],
    ["publish", "events.csv", "--as-of"],
]


def test_a_day_is_read_as_it_is_written() -> None:
    assert day("2026-06-30") == date(2026, 6, 30)
    assert day(" 2026-06-30 ") == date(2026, 6, 30)


@pytest.mark.parametrize(
    "text", ["", "soon", "30/06/2026", "2026-02-30", "2026-06", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_named_with_what_is_expected_and_an_example(text: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        day(text)
    assert refused.value.message == f"{text} is no day: write it as YYYY-MM-DD, such as 2026-06-30"


def test_what_is_no_day_cannot_write_on_the_terminal() -> None:
    with pytest.raises(typer.BadParameter, match=r"\\x1b\[2J is no day"):
        day("\x1b[2J")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_refuses_what_is_no_day_with_the_same_words(words: list[str]) -> None:
    done = CliRunner().invoke(app, [*words, "soon"])
    said = " ".join(done.stderr.replace("│", " ").split())
    assert done.exit_code == 2
    option = next(word for word in reversed(words) if word.startswith("--"))
    assert f"Invalid value for '{option}': soon is no day: write it as YYYY-MM-DD, such as 2026-06-30" in said
