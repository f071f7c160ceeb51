"""`caseflow alerts test` as a person runs it, against a receiver that is there, refuses, or is away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from caseflow.alerts import app
from tests.support.dispatching import HOOK, SECRET, Receiver, receivers
from tests.support.profiles import SMALL


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Receiver]:
    """Give a webhook's other end, running, and a profile beside it whose routes lead there."""
    for name, text in SMALL.items():
        file = tmp_path / "profiles" / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    own = HOOK.replace('"hook"\n', '"own"\n', 1).replace('receiver = "office"\n', "")
    (tmp_path / "profiles" / "small" / "routes.toml").write_text(HOOK + own)
    with receivers(tmp_path) as (one, _):
        url = f'url = "http://127.0.0.1:{one.port}/hidden"'
        (tmp_path / "targets.toml").write_text(f'[webhook.hook]\n{url}\nsecret = "{SECRET}"\n')
        one.start()
        yield one
    shutil.rmtree(tmp_path / "profiles")


def tried(hook: Receiver, *options: str) -> Result:
    folder = hook.file.parent
    environment = {
        "CASEFLOW_DATA": str(folder / "data"),
        "CASEFLOW_PROFILE": "small",
        "CASEFLOW_PROFILES_DIR": str(folder / "profiles"),
        "CASEFLOW_ALERT_TARGETS": str(folder / "targets.toml"),
    }
    return CliRunner(env=environment).invoke(app, ["test", *options])


def test_a_test_message_arrives_and_says_that_it_is_one(hook: Receiver) -> None:
    result = tried(hook, "--route", "hook")
    assert result.exit_code == 0
    assert "was accepted" in result.stderr
    [message] = hook.messages
    assert (message["kind"], message["receiver"], message["alerts"]) == ("test", "office", [])
    assert hook.ids[0] in result.stderr


def test_a_refusal_is_said_without_the_address_and_ends_with_one(hook: Receiver) -> None:
    hook.kill()
    hook.start(403)
    result = tried(hook, "--route", "hook")
    assert result.exit_code == 1
    assert "was not accepted: it answered 403" in result.stderr
    hook.kill()
    away = tried(hook, "--route", "hook")
    assert "no connection" in away.stderr
    assert "hidden" not in result.stderr + away.stderr


def test_a_route_for_whoever_must_act_asks_for_whom(hook: Receiver) -> None:
    assert "--receiver" in tried(hook, "--route", "own").stderr
    assert tried(hook, "--route", "own", "--receiver", "crown").exit_code == 0
    assert hook.messages[0]["receiver"] == "crown"


def test_a_route_that_the_profile_does_not_have_is_named_with_those_it_has(hook: Receiver) -> None:
    result = tried(hook, "--route", "hock")
    assert result.exit_code == 1
    assert "choose one of hook, own" in result.stderr
