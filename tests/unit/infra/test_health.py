"""The small HTTP server of every process."""

from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from infra import metrics
from infra.health import Handle, serve

trouble: dict[str, str | None] = {}


@pytest.fixture
def server() -> Iterator[Handle]:
    trouble.clear()
    handle = serve("127.0.0.1", 0, lambda: trouble.get("ready"), lambda: trouble.get("live"))
    yield handle
    handle.close()


def asked(server: Handle, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize("check", ["ready", "live"])
def test_trouble_is_told_with_its_reason(server: Handle, check: str) -> None:
    assert asked(server, f"/health/{check}") == (200, "ok\n")
    trouble[check] = "the database is away"
    assert asked(server, f"/health/{check}") == (503, "the database is away\n")


def test_metrics_show_every_name_of_the_catalogue_with_its_meaning(server: Handle) -> None:
    status, shown = asked(server, "/metrics")
    assert status == 200
    for metric in metrics.CATALOGUE:
        ending = "_total" if metric.kind == "counter" else ""
        assert f"# HELP {metric.name}{ending} {metric.meaning}" in shown
        assert metric.name.startswith("caseflow_")


def test_any_other_path_says_what_there_is(server: Handle) -> None:
    status, said = asked(server, "/")
    assert status == 404
    assert "/health/live" in said
