"""The source tree as the architecture tests see it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "models",
    "streams",
    "consumers",
    "publishers",
    "projections",
    "analysis",
    "board",
    "infra",
    "caseflow",
)
NOT_OURS = {"dist", "build", "out", "__pycache__"}


@cache
def sources() -> tuple[Path, ...]:
    """Return every Python file of ours: the rooms, the tests and the benchmarks."""
    found = (path for room in (*ROOMS, "tests", "bench") for path in (ROOT / room).rglob("*.py"))
    return tuple(sorted(path for path in found if not NOT_OURS & set(path.parts)))


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that the repository holds or would take; without git, every visible one."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not _hidden(path))
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file() and not _environment(name))


def shown(path: Path) -> str:
    """Return the path as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _environment(name: str) -> bool:
    return name.startswith(".venv")


def _hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") for part in parts) or bool(NOT_OURS & set(parts))
