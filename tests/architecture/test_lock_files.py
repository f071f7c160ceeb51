"""Lock files name what is installed by hash, and say nothing of where it comes from."""

import re
from pathlib import Path

import pytest

from infra.embedded.jars import KAFKA_LOCK, locked
from tests.architecture.tree import ROOT, shown, tracked

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.IGNORECASE | re.MULTILINE)


def blocks(lock: Path) -> list[str]:
    """Return one text per pinned requirement, hashes included."""
    return re.split(r"\n(?=[a-zA-Z0-9])", lock.read_text(encoding="utf-8").strip())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_with_its_hashes(lock: Path) -> None:
    for block in blocks(lock):
        assert PIN.match(block), block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_no_lock_file_holds_an_address() -> None:
    locks = [path for path in tracked() if ".lock" in path.name]
    assert {KAFKA_LOCK, *LOCKS} <= set(locks)
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"https?:|://|--index|--find-links", text), shown(lock)


def test_what_runs_is_what_is_developed_with() -> None:
    runtime, dev = (
        dict(PIN.findall((ROOT / f"requirements/{name}.lock").read_text())) for name in ("runtime", "dev")
    )
    assert runtime.items() <= dev.items()


def test_every_jar_is_locked_by_its_hash() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) for jar in locked())
