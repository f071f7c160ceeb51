"""docker-compose.yml runs the same processes, with settings that exist, and opens nothing to the outside."""

import subprocess
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # it comes without types, with pre-commit

from infra.embedded.kafka_properties import FIXED
from infra.settings import Settings
from tests.architecture.tree import ROOT

PROCESSES = {"intake", "timelines", "projector", "alerts", "signals"}
ONCE = {"topics": ["topics", "apply"], "migrate": ["db", "migrate"]}
SERVERS = {"kafka", "postgres"}


def services() -> dict[str, Any]:
    with (ROOT / "docker-compose.yml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)["services"]
    return found


def test_every_process_runs_by_its_own_command_after_topics_and_tables_exist() -> None:
    assert set(services()) == PROCESSES | set(ONCE) | SERVERS
    for name in PROCESSES:
        service = services()[name]
        assert service["command"] == ["run", name]
        conditions = {need: how["condition"] for need, how in service["depends_on"].items()}
        assert conditions == dict.fromkeys(ONCE, "service_completed_successfully")


def test_topics_and_tables_are_made_once_the_servers_answer() -> None:
    for name, command in ONCE.items():
        assert services()[name]["command"] == command
    for name in SERVERS | PROCESSES:
        assert services()[name]["healthcheck"]["test"]


def test_published_ports_are_on_loopback_alone() -> None:
    ports = {name: service.get("ports", []) for name, service in services().items()}
    assert all(port.startswith("127.0.0.1:") for published in ports.values() for port in published)
    assert not any(ports[name] for name in PROCESSES), "a published port cannot be scaled"


def test_every_variable_is_a_setting_that_exists() -> None:
    known = {f"CASEFLOW_{name.upper()}" for name in Settings.model_fields}
    for name in PROCESSES | set(ONCE):
        assert set(services()[name]["environment"]) <= known


def test_the_containers_kafka_differs_from_the_embedded_one_in_addresses_alone() -> None:

    environment = services()["kafka"]["environment"]
    for name in (
        "auto.create.topics.enable",
        "message.max.bytes",
        "replica.fetch.max.bytes",
        "process.roles",
    ):
        assert environment["KAFKA_" + name.upper().replace(".", "_")] == FIXED[name]
    assert int(environment["KAFKA_OFFSETS_RETENTION_MINUTES"]) == int(FIXED["offsets.retention.minutes"])


@pytest.mark.parametrize(("ends_with", "seen"), [(0, 0), (1, 1), (78, 0)])
def test_only_the_code_for_staying_stopped_is_taken_for_a_clean_end(ends_with: int, seen: int) -> None:
    command = [str(ROOT / "infra/compose/stay_stopped"), "sh", "-c", f"exit {ends_with}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == seen
    assert ("stopped for good" in done.stderr) == (ends_with == 78)


def test_a_stop_reaches_the_process_in_the_container() -> None:
    script = "trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.05; done"
    command = [str(ROOT / "infra/compose/stay_stopped"), "sh", "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.terminate()
        assert process.stdout.readline() == "asked\n"
        assert process.wait(10) == 3
