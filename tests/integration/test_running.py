"""The processes as a person starts them: `caseflow run`, `caseflow up`, and what their supervisor does."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from caseflow import held, run_files
from caseflow.running import Process
from caseflow.watchdog import answers
from infra import kafka, topics
from infra.embedded import running
from infra.settings import Settings
from tests.support.servers import eventually

CASEFLOW = Path(sys.executable).with_name("caseflow")
WITHIN_S = 90.0

pytestmark = pytest.mark.servers


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start caseflow as a child of this test."""
    return subprocess.Popen(
        [CASEFLOW, *arguments],
        env=dict(os.environ) | environment,  # noqa: TID251 - what a child inherits
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def up() -> Iterator[tuple[Settings, "subprocess.Popen[str]"]]:
    """Give a running `caseflow up` on a data directory of its own, and its settings."""
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as folder:
        settings = Settings(data=Path(folder) / "data")
        process = started("up", "--data", str(settings.data))
        try:
            asyncio.run(eventually(lambda: everything_ready(settings), WITHIN_S, "everything is ready"))
            addresses = running(settings.data)
            assert addresses is not None
            yield settings.at(addresses.kafka, addresses.database), process
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


async def everything_ready(settings: Settings) -> bool:
    """Return whether every process says that it is ready."""
    urls = [one.url for one in run_files.written(settings)]
    ready = [await asyncio.to_thread(answers, f"{url}/health/ready") for url in urls]
    return len(ready) == len(Process) and all(ready)


def pid_of(settings: Settings, process: str) -> int | None:
    """Return the process id that a process has told."""
    return next((one.pid for one in run_files.written(settings) if one.process == process), None)


def lives(pid: int) -> bool:
    """Return whether there is a process of this id."""
    return Path(f"/proc/{pid}").exists()


async def test_a_process_without_a_broker_lives_and_waits_and_ends_cleanly(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    process = started("run", "intake", CASEFLOW_KAFKA="127.0.0.1:1", CASEFLOW_DATA=str(tmp_path))

    async def told() -> bool:
        return bool(run_files.written(settings))

    await eventually(told, WITHIN_S, "intake has told its address")
    (entry,) = run_files.written(settings)
    assert await asyncio.to_thread(answers, f"{entry.url}/health/live")
    assert not await asyncio.to_thread(answers, f"{entry.url}/health/ready")
    assert await asyncio.to_thread(answers, f"{entry.url}/metrics")
    process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(process.communicate, timeout=60)
    assert process.returncode == 0
    assert run_files.written(settings) == []


async def test_a_killed_process_is_started_again(up: tuple[Settings, object]) -> None:
    settings, _ = up
    for name in ("intake", "timelines", "projector"):
        killed = pid_of(settings, name)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)

        async def replaced(name: str = name, killed: int = killed) -> bool:
            return pid_of(settings, name) != killed and await everything_ready(settings)

        await eventually(replaced, WITHIN_S, f"{name} runs again")


async def test_a_second_start_on_the_same_data_says_who_holds_it(up: tuple[Settings, object]) -> None:
    settings, _ = up
    second = started("up", "--data", str(settings.data))
    _, said = await asyncio.to_thread(second.communicate, timeout=60)
    assert second.returncode == 1
    assert "is in use by process" in said
    assert "Traceback" not in said


async def test_a_process_past_its_limit_of_refusals_is_held_until_it_is_resumed(
    up: tuple[Settings, object],
) -> None:
    settings, _ = up
    async with kafka.producer(settings) as producer:
        for _ in range(1_100):
            await producer.send(topics.RAW[0], b"{broken", partition=0)

    async def is_held() -> bool:
        return held.held(settings.data) == ["intake"] and pid_of(settings, "intake") is None

    await eventually(is_held, WITHIN_S, "intake is held")
    resume = started("dead-letters", "resume", "--data", str(settings.data))
    out, said = await asyncio.to_thread(resume.communicate, timeout=60)
    assert resume.returncode == 0, out + said

    async def resumed() -> bool:
        return not held.held(settings.data) and await everything_ready(settings)

    await eventually(resumed, WITHIN_S, "intake runs again")


async def test_a_demo_leaves_its_report_alone_on_standard_output_and_can_be_repeated(tmp_path: Path) -> None:
    events = tmp_path / "log.csv"
    events.write_text(
        "case_id,seq,activity,timestamp,org,org_detail,outcome,receiving_org,court_case,offense_category\n"
        "A-1,0,Arrest,2019-01-02T00:00:00,POLICE,,,,,\n"
        "A-1,1,Felony review,2019-01-05T00:00:00,PROSECUTOR,,,,,\n"
    )
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as data:
        reports = []
        for _ in range(2):
            asked = ["--profile", "cook-county", "--events", str(events), "--data", data, "--exit"]
            demo = started("demo", *asked, "--format", "json")
            out, said = await asyncio.to_thread(demo.communicate, timeout=120)
            assert demo.returncode == 0, said
            reports.append(json.loads(out))
    (pair,) = reports[0]["pairs"]
    assert (pair["from_org"], pair["to_org"], pair["sum"]) == ("police", "prosecutor", 3 * 86_400)
    assert reports[0] == reports[1]


async def test_the_partnership_of_a_demo_passes_its_days_and_says_what_was_planted_and_found() -> None:
    with TemporaryDirectory(prefix="caseflow-", ignore_cleanup_errors=True) as data:
        demo = started("demo", "--data", data, "--days", "1", "--exit", "--format", "json")
        out, said = await asyncio.to_thread(demo.communicate, timeout=240)
        assert demo.returncode == 0, said
        assert json.loads(out)["pairs"]
        assert "Traceback" not in said
        assert re.search(r"truth: [1-9]\d*; found [1-9]\d*, missed 0, invented 0", said), said
        assert "slow-pair=cps:police" in said
        assert "webhook: " in said
        assert (Path(data) / "demo" / "mailbox.mbox").read_text().count("Caseflow-Delivery: ") > 0


async def test_a_stop_ends_children_and_servers(up: tuple[Settings, "subprocess.Popen[str]"]) -> None:
    settings, process = up
    pids = [one.pid for one in run_files.written(settings)]
    process.send_signal(signal.SIGINT)
    await asyncio.to_thread(process.communicate, timeout=60)
    assert process.returncode == 0
    assert running(settings.data) is None
    assert run_files.written(settings) == []
    assert not [pid for pid in pids if lives(pid)]
