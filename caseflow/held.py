"""Processes that stay stopped until a person has looked: a file each, written by the supervisor."""

from pathlib import Path

from infra.clock import now

REFUSALS = (
    "too many refusals look like a bad deployment, not bad data: see `caseflow dead-letters list`, mend the cause, "
    "then `caseflow dead-letters resume`"
)
WHY = {
    "timelines": "the states of its cases were judged by other rules, or by another version: `caseflow rebuild`"
}
"""What holds a process, and what to do; REFUSALS for the others."""


def hold(data: Path, process: str) -> None:
    """Keep a process stopped from now on; may be repeated."""
    _folder(data).mkdir(parents=True, exist_ok=True)
    (_folder(data) / process).write_text(f"{now().isoformat()} {why(process)}\n")


def why(process: str) -> str:
    """Return why a process is held, and what to do."""
    return WHY.get(process, REFUSALS)


def held(data: Path) -> list[str]:
    """Return the names of the processes that are held, sorted."""
    return sorted(file.name for file in _folder(data).glob("*"))


def release(data: Path, process: str) -> bool:
    """Let the supervisor start a process again; return whether it was held."""
    was_held = process in held(data)
    (_folder(data) / process).unlink(missing_ok=True)
    return was_held


def _folder(data: Path) -> Path:
    return data / "held"
