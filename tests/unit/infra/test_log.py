import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from infra import log
from infra.settings import Settings


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in log.QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert not out
    return [json.loads(line) for line in err.splitlines()]


def fail(why: str) -> None:
    try:
        int(f"not a number: {why}")
    except ValueError:
        log.logger("intake").exception("batch.failed")


def test_our_lines_and_the_libraries_lines_have_one_shape(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(Settings(log_json=True), "intake")
    log.logger("intake").info("batch.done", records=3)
    logging.getLogger("aiokafka.conn").warning("lost %s", "it")
    ours, theirs = lines(capsys)
    assert (ours["event"], ours["records"], ours["logger"]) == ("batch.done", 3, "caseflow.intake")
    assert (theirs["event"], theirs["level"], theirs["process"]) == ("lost it", "warning", "intake")


def test_chatter_of_the_libraries_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(Settings(log_json=True), "intake")
    logging.getLogger("aiokafka.conn").info("connected")
    log.logger("intake").debug("fetched")
    assert lines(capsys) == []


def test_an_error_keeps_its_traceback_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(Settings(log_json=True), "intake")
    fail("why")
    [line] = lines(capsys)
    assert "not a number: why" in str(line["exception"])


def test_a_person_reads_plain_lines_without_local_values(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(Settings(log_json=False), "intake")
    payload = "the whole case"
    fail(str(len(payload)))
    err = capsys.readouterr().err
    assert "batch.failed" in err
    assert "ValueError" in err
    assert payload not in err
