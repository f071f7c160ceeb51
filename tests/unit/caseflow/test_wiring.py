"""Settings: flags before environment before defaults; and which data directory is meant."""

import os
from pathlib import Path

import pytest

from caseflow.errors import NotRunningError
from caseflow.wiring import connected, profile_of, settings_from
from infra.embedded import claim
from infra.profile_files import ProfileFilesError
from infra.settings import Settings


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("CASEFLOW_")]:  # noqa: TID251 - emptied for the test
        monkeypatch.delenv(name)


def test_a_flag_wins_over_the_environment_which_wins_over_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert settings_from().profile == "cleveland-and-durham"
    monkeypatch.setenv("CASEFLOW_PROFILE", "cook-county")
    assert settings_from().profile == "cook-county"
    assert settings_from(profile="other").profile == "other"


def test_two_profiles_never_share_the_default_data_directory() -> None:
    assert settings_from().data == Path(".caseflow/cleveland-and-durham")
    assert settings_from(profile="cook-county").data == Path(".caseflow/cook-county")


def test_a_data_directory_that_is_named_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_from(data=Path("here")).data == Path("here")
    monkeypatch.setenv("CASEFLOW_DATA", "there")
    assert settings_from().data == Path("there")


def test_a_data_directory_names_its_profile(tmp_path: Path) -> None:
    claim(tmp_path / "cook", "cook-county")
    assert settings_from(data=tmp_path / "cook").profile == "cook-county"
    assert settings_from(data=tmp_path / "cook", profile="other").profile == "other"


def test_a_reading_command_takes_the_data_directory_used_last() -> None:
    for age, name in enumerate(("cook-county", "cleveland-and-durham")):
        place = Path(".caseflow") / name
        claim(place, name)
        (place / "lock").touch()
        os.utime(place / "lock", (1e9 - age, 1e9 - age))
    assert settings_from(reading=True).profile == "cook-county"
    assert settings_from(profile="cleveland-and-durham", reading=True).data.name == "cleveland-and-durham"


def test_a_reading_command_without_any_data_directory_means_the_default() -> None:
    assert settings_from(reading=True).data == Path(".caseflow/cleveland-and-durham")


def test_addresses_that_are_given_need_no_data_directory() -> None:
    given = Settings().at("broker:9092", "postgresql+asyncpg://somewhere/caseflow")
    assert connected(given) is given


def test_without_any_server_the_message_says_what_to_do() -> None:
    with pytest.raises(NotRunningError, match="start it with `caseflow up`"):
        connected(settings_from())


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ProfileFilesError, match="cook-county"):
        profile_of(settings_from(profile="atlantis"))
