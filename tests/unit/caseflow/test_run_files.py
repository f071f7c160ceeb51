"""Where each running process answers."""

import os
from pathlib import Path

from caseflow import run_files
from infra.settings import Settings


def test_a_process_is_told_of_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with run_files.told(settings, "intake", 8123):
        (entry,) = run_files.written(settings)
        assert (entry.process, entry.pid, entry.url) == ("intake", os.getpid(), "http://127.0.0.1:8123")
    assert run_files.written(settings) == []


def test_two_workers_of_one_process_have_a_file_each(tmp_path: Path) -> None:
    first, second = Settings(data=tmp_path), Settings(data=tmp_path, worker="two")
    with run_files.told(first, "timelines", 1), run_files.told(second, "timelines", 2):
        assert {entry.worker for entry in run_files.written(first)} == {"one", "two"}


def test_an_address_bound_everywhere_is_read_on_loopback(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, metrics_host="0.0.0.0")  # noqa: S104 - written down, never bound
    with run_files.told(settings, "projector", 9):
        assert run_files.written(settings)[0].url == "http://127.0.0.1:9"
