"""Processes that stay stopped until a person has looked: a file each, written by the supervisor."""

from pathlib import Path

from infra.clock import now


def hold(data: Path, process: str, why: str) -> None:
    """Keep a process stopped from now on; may be repeated."""
    _folder(data).mkdir(parents=True, exist_ok=True)
    (_folder(data) / process).write_text(f"{now().isoformat()} {why}\n")


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
