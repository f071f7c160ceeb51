"""Which processes there should be, and what each says of itself."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from caseflow import held
from caseflow.run_files import RunFile, written
from infra.settings import Settings

NEEDED = ("intake", "timelines", "projector", "alerts", "signals")
ANSWER_SECONDS = 2.0
READY, NOT_READY, DOWN, HELD = "ready", "not ready", "down", "held"
MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Process:
    """One process as it is now. `state`: ready, not ready (it lives, `detail` says why), down, held."""

    process: str
    worker: str
    state: str
    detail: str
    url: str | None
    pid: int | None

    @property
    def well(self) -> bool:
        """Whether nobody need look after it: one that is not ready answers, and says when it is."""
        return self.state in {READY, NOT_READY}


async def processes(settings: Settings) -> list[Process]:
    """Return every process that runs or should run on this data directory; asks each, two seconds at most."""
    files = written(settings)
    stopped = held.held(settings.data)
    asked = await asyncio.gather(
        *(asyncio.to_thread(_asked, file, file.process in stopped) for file in files)
    )
    return [*asked, *_absent(files, stopped)]


def _absent(files: Sequence[RunFile], stopped: Sequence[str]) -> list[Process]:
    running = {file.process for file in files}
    names = dict.fromkeys((*NEEDED, *stopped))
    return [_stopped(name, "one", name in stopped) for name in names if name not in running]


def _stopped(name: str, worker: str, is_held: bool) -> Process:
    if is_held:
        return Process(name, worker, HELD, held.why(name), None, None)
    return Process(name, worker, DOWN, "not started, or ended", None, None)


def _asked(file: RunFile, is_held: bool) -> Process:
    state, detail = _answer(f"{file.url}/health/ready")
    if state == DOWN and is_held:
        return _stopped(file.process, file.worker, is_held=True)
    return Process(file.process, file.worker, state, detail, file.url, file.pid)


def _answer(url: str) -> tuple[str, str]:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS):  # noqa: S310 - an address of our own run file
            return READY, ""
    except urllib.error.HTTPError as answer:
        with answer:
            return NOT_READY, answer.read(MOST_WORDS).decode("utf-8", "replace").strip()
    except (OSError, ValueError) as error:
        return DOWN, f"{url} does not answer: {getattr(error, 'reason', error)}"
