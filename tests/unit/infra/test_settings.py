from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.settings import NoAddressError, Settings


def test_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEFLOW_PARTITIONS", "12")
    assert Settings().partitions == 12


def test_settings_never_change_once_they_are_made() -> None:
    with pytest.raises(ValidationError):
        Settings().partitions = 5  # type: ignore[misc]


def test_without_an_address_the_message_names_the_command_and_the_variable() -> None:
    with pytest.raises(NoAddressError, match=r"caseflow up.*CASEFLOW_KAFKA"):
        _ = Settings(kafka=None).bootstrap
    with pytest.raises(NoAddressError, match="CASEFLOW_DATABASE"):
        _ = Settings(database=None).database_url


def test_settings_pointed_at_servers_know_their_addresses_and_keep_the_rest() -> None:
    settings = Settings(data=Path("here")).at("127.0.0.1:1", "postgresql+asyncpg://postgres@/x?host=/s")
    assert settings.bootstrap == "127.0.0.1:1"
    assert settings.database_url.endswith("/x?host=/s")
    assert settings.data == Path("here")


def test_passwords_are_not_shown() -> None:
    settings = Settings(
        database="postgresql+asyncpg://u:hidden@h/d",
        kafka_security="SASL_SSL",
        kafka_user="u",
        kafka_password="hidden",  # noqa: S106 - not a password
    )
    assert "hidden" not in repr(settings)
    assert "hidden" not in settings.model_dump_json()


def test_a_sasl_cluster_without_a_password_is_refused() -> None:
    with pytest.raises(ValidationError, match="CASEFLOW_KAFKA_PASSWORD"):
        Settings(kafka_security="SASL_SSL", kafka_user="u")


def test_a_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="CASEFLOW_KAFKA_KEY_FILE"):
        Settings(kafka_cert_file=Path("cert.pem"))
