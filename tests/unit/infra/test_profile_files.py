"""Profile folders are read from the package or from a directory, as text."""

import pytest

from infra.profile_files import ProfileFilesError, profile_names, read_profile_files


def test_a_shipped_profile_is_read_with_its_folders():
    texts = read_profile_files("cook-county")
    assert {"profile.toml", "agencies.toml", "events.toml", "imports/felony-log.toml"} == set(texts)


def test_a_profile_in_a_directory_is_read_and_other_files_are_left_alone(tmp_path):
    folder = tmp_path / "mine"
    (folder / "hand_offs").mkdir(parents=True)
    (folder / "profile.toml").write_text('name = "mine"', encoding="utf-8")
    (folder / "hand_offs" / "A1.toml").write_text('id = "A1"', encoding="utf-8")
    (folder / "README.md").write_text("words", encoding="utf-8")
    (tmp_path / "no-profile").mkdir()
    assert profile_names(tmp_path) == ("mine",)
    assert read_profile_files("mine", tmp_path) == {
        "profile.toml": 'name = "mine"',
        "hand_offs/A1.toml": 'id = "A1"',
    }


def test_an_unknown_profile_is_refused_with_those_there_are():
    with pytest.raises(ProfileFilesError, match="choose one of cleveland-and-durham, cook-county"):
        read_profile_files("atlantis")


def test_a_directory_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ProfileFilesError, match="is not a directory"):
        read_profile_files("mine", tmp_path / "nowhere")


def test_a_file_that_is_not_text_is_named(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "profile.toml").write_bytes(b"name = \xff")
    with pytest.raises(ProfileFilesError, match=r"profile\.toml is not UTF-8"):
        read_profile_files("mine", tmp_path)
