"""A file that somebody named is written whole, or a sentence says why not."""

from pathlib import Path

import pytest

from caseflow.errors import CommandError
from caseflow.saving import save


def test_a_text_replaces_what_was_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("old")
    save("neu: é", file)
    assert file.read_bytes() == "neu: é".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"report\.html cannot be written: .*; name another file"):
        save("text", tmp_path / "nowhere" / "report.html")
