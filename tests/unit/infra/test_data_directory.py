from pathlib import Path

import pytest

from infra.embedded import Addresses, DataDirectoryInUseError, OtherProfileError, claim, running
from infra.embedded.data_directory import held, tell

HERE = Addresses("127.0.0.1:1", "postgresql+asyncpg://postgres@/caseflow?host=/s", 4321)


def test_a_data_directory_belongs_to_one_profile(tmp_path: Path) -> None:
    claim(tmp_path / "new", "cook-county")
    claim(tmp_path / "new", "cook-county")
    with pytest.raises(OtherProfileError, match=r"cook-county, not elsewhere.*--data"):
        claim(tmp_path / "new", "elsewhere")


def test_a_held_directory_is_refused_and_a_released_one_is_not(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(DataDirectoryInUseError, match="--data"), held(tmp_path):
        pass
    with held(tmp_path):
        pass


def test_a_lock_left_by_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("999999999\n")
    with held(tmp_path):
        assert (tmp_path / "lock").read_text() != "999999999\n"


def test_addresses_are_known_only_while_someone_keeps_the_servers_up(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    with held(tmp_path):
        assert running(tmp_path) is None
        tell(tmp_path, HERE)
        assert running(tmp_path) == HERE
    assert running(tmp_path) is None


def test_addresses_left_by_a_dead_process_are_forgotten(tmp_path: Path) -> None:
    with held(tmp_path):
        tell(tmp_path, HERE)
    with held(tmp_path):
        assert running(tmp_path) is None
