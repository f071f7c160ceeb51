"""Known failures are one sentence and exit code 1; unknown ones keep their traceback."""

import asyncio
import os
import signal

import pytest
import typer

from caseflow.errors import CommandError, run
from infra.settings import Settings


def test_a_known_failure_is_one_sentence_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    async def fail() -> None:
        raise CommandError("there is no such case: look at `caseflow report`")

    with pytest.raises(typer.Exit) as ended:
        run(fail())
    said = capsys.readouterr()
    assert ended.value.exit_code == 1
    assert said.err == "caseflow: there is no such case: look at `caseflow report`\n"
    assert said.out == ""


def test_settings_that_cannot_be_used_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    async def fail() -> None:
        Settings(partitions=0)

    with pytest.raises(typer.Exit):
        run(fail())
    assert "partitions: Input should be greater than or equal to 1" in capsys.readouterr().err


def test_an_unknown_failure_is_raised_as_it_is() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(fail())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(("until_stopped", "code"), [(True, 0), (False, 130)])
def test_a_signal_lets_the_command_clean_up_first(
    number: signal.Signals, until_stopped: bool, code: int
) -> None:
    cleaned = []

    async def wait() -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.append("up")

    with pytest.raises(typer.Exit) as ended:
        run(wait(), until_stopped=until_stopped)
    assert ended.value.exit_code == code
    assert cleaned == ["up"]


def test_the_result_of_a_command_is_returned() -> None:
    async def seven() -> int:
        return 7

    assert run(seven()) == 7


def test_a_cancellation_that_no_signal_asked_for_does_not_look_like_a_stop() -> None:
    async def fail() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        run(fail(), until_stopped=True)
