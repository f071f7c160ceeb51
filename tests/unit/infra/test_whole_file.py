"""A file appears when it is complete, and not before."""

from pathlib import Path

import pytest

from infra.whole_file import whole_file


def test_a_file_appears_at_the_end_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")
    with whole_file(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_what_was_there_and_the_part_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")

    def fail() -> None:
        with whole_file(path) as part:
            part.write_text("ne")
            raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "old"
    assert (tmp_path / "table.csv.part").read_text() == "ne"
