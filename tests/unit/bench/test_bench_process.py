"""Processes under measurement: heard, looked at, and ended, whatever they do."""

import sys

import pytest

from bench.process import ProcessFailedError, folder, running

SAYS_SO = "import time; print('a banner'); print('{\"first_event\": true}', flush=True); time.sleep(60)"


async def test_a_candidate_is_timed_from_the_line_in_which_it_says_that_it_works(tmp_path):
    async with running("polite", [sys.executable, "-c", SAYS_SO], tmp_path) as process:
        await process.until_first_event()
        process.check_alive()
    assert process.child.returncode is not None


async def test_a_candidate_that_fails_is_quoted(tmp_path):
    async with running("broken", [sys.executable, "-c", "exit('no broker')"], tmp_path) as process:
        with pytest.raises(ProcessFailedError, match="no broker"):
            await process.until_first_event()


async def test_a_running_process_tells_its_memory_and_an_ended_one_nothing(tmp_path):
    async with running("polite", [sys.executable, "-c", SAYS_SO], tmp_path) as process:
        await process.until_first_event()
        used = process.usage()
    assert used is None or 0 < used.rss_mb <= used.peak_rss_mb
    assert process.usage() is None


def test_a_folder_is_new(tmp_path):
    made = folder(tmp_path, "run")
    with pytest.raises(FileExistsError):
        folder(tmp_path, made.name)
