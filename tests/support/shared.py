"""Real logs and sample messages beside the project: where they are, and what happens when they are absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(relative: str) -> Path:
    """Return a file of ../shared; without it a test fails in CI and skips, saying so, elsewhere."""
    path = SHARED / relative
    if not path.exists():
        message = f"{path} is absent: this test reads real data that lies beside the project, not in it"
        if os.environ.get("CI"):  # noqa: TID251 - the one question a test asks of its surroundings
            pytest.fail(message)
        pytest.skip(message)
    return path
