"""What /health says of a stream process."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from caseflow.condition import STALLED_S, Condition


def with_host(*, ready: bool, turned_at: float | None) -> Condition:
    """Return the condition of a process whose app has come so far."""
    app: Any = SimpleNamespace(host=SimpleNamespace(ready=ready, turned_at=turned_at))
    return Condition(trouble=None, app=app)


def test_a_process_without_broker_is_alive_but_not_ready() -> None:
    waiting = Condition(trouble="Kafka does not answer")
    assert waiting.ready() == "Kafka does not answer"
    assert waiting.live() is None


def test_a_process_with_its_partitions_is_ready_and_alive() -> None:
    assert with_host(ready=True, turned_at=None).ready() is None
    assert "partitions" in cast("str", with_host(ready=False, turned_at=None).ready())


def test_an_event_loop_that_no_longer_turns_is_not_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.condition.time.monotonic", lambda: 1000.0)
    assert with_host(ready=True, turned_at=1000.0 - STALLED_S + 1).live() is None
    assert "not turned for 61 s" in cast("str", with_host(ready=True, turned_at=939.0).live())
