"""Where each running process answers: one small file per process in the data directory."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.clock import now
from infra.settings import Settings
from infra.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class RunFile:
    """One process as it was when it started; whether it still answers, only its address can tell."""

    process: str
    worker: str
    pid: int
    host: str
    port: int
    started: str

    @property
    def url(self) -> str:
        """Return the address of /metrics and /health."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"


@contextmanager
def told(settings: Settings, process: str, port: int) -> Iterator[None]:
    """Tell the other commands where this process answers, until the block ends."""
    entry = RunFile(process, settings.worker, os.getpid(), settings.metrics_host, port, now().isoformat())
    file = _folder(settings.data) / _name(process, settings.worker)
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as part:
        part.write_text(json.dumps(asdict(entry)) + "\n")
    try:
        yield
    finally:
        forget(settings, process)


def forget(settings: Settings, process: str) -> None:
    """Take back what a process of this worker's name told, when it could not do so itself."""
    (_folder(settings.data) / _name(process, settings.worker)).unlink(missing_ok=True)


def written(settings: Settings) -> list[RunFile]:
    """Return what the processes of this data directory have told, also those that were killed since."""
    files = sorted(_folder(settings.data).glob("*.json"))
    return [RunFile(**json.loads(file.read_text())) for file in files]


def _folder(data: Path) -> Path:
    return data / "run"


def _name(process: str, worker: str) -> str:
    return f"{process}.json" if worker == "one" else f"{process}-{worker}.json"
