"""A fault point does nothing, until a test arms it."""

import os
import signal
from collections.abc import Iterator

import pytest

from infra import faults


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    signals: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _pid, number: signals.append(number))
    yield signals
    faults.arm(None)


def test_an_unarmed_point_does_nothing(sent: list[int]) -> None:
    faults.arm(None)
    faults.passing("before commit")
    assert sent == []


def test_an_armed_point_kills_at_the_passage_meant_and_only_there(sent: list[int]) -> None:
    faults.arm("before commit@2")
    for point in ("before commit", "after commit", "before commit", "before commit"):
        faults.passing(point)
    assert sent == [signal.SIGKILL]


def test_a_point_may_stop_the_process_to_make_a_zombie(sent: list[int]) -> None:
    faults.arm("before commit@1 stop")
    faults.passing("before commit")
    assert sent == [signal.SIGSTOP]


@pytest.mark.parametrize("written", ["before commit", "@1", "x@0", "x@-1", "x@1 halt"])
def test_a_fault_that_is_not_understood_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="POINT@N"):
        faults.arm(written)
