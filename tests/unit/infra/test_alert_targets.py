from pathlib import Path

import pytest

from infra.alert_targets import AlertTargets, AlertTargetsError, read_alert_targets

GOOD = """
pseudonym_key = "hidden and long enough"

[webhook.office]
url = "https://hook.example.org/hidden"
secret = "hidden and long enough"

[email]
host = "mail.example.org"
sender = "caseflow@example.org"
user = "caseflow"
password = "hidden"

[email.to]
duty = ["duty@example.org", "deputy@example.org"]

[chat.room]
url = "tgram://hidden/1"
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "targets.toml"
    file.write_text(text)
    return file


def test_a_targets_file_names_addresses_by_channel(tmp_path: Path) -> None:
    targets = read_alert_targets(written(tmp_path, GOOD))
    assert targets.has("webhook", "office")
    assert targets.has("email", "duty")
    assert targets.has("chat", "room")
    assert targets.has("kafka", "anybody")
    assert not targets.has("chat", "office")
    assert targets.email is not None
    assert (targets.email.port, targets.email.tls) == (587, "starttls")


def test_without_a_file_there_are_no_targets() -> None:
    assert read_alert_targets(None) == AlertTargets()


def test_nothing_secret_is_ever_shown(tmp_path: Path) -> None:
    targets = read_alert_targets(written(tmp_path, GOOD))
    assert "hidden" not in repr(targets)
    assert "hidden" not in targets.model_dump_json()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://hook.example.org/hidden", "hook.example.org/hidden", r"webhook\.office\.url: .*https://"),
        (
            'secret = "hidden and long enough"',
            'secret = "hidden"',
            r"webhook\.office\.secret: .*16 characters",
        ),
        ('"duty@example.org"', '"hidden"', r"email\.to\.duty\.0"),
        ("[chat.room]", "[chat.room", "not valid TOML"),
        ("[chat.room]", "[chats.room]", r"chats: Extra inputs"),
    ],
)
def test_a_mistake_is_named_by_its_place_and_never_by_its_content(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(AlertTargetsError, match=said) as error:
        read_alert_targets(file)
    assert "hidden" not in str(error.value)


def test_a_file_that_is_not_there_is_named_with_its_variable(tmp_path: Path) -> None:
    with pytest.raises(AlertTargetsError, match="CASEFLOW_ALERT_TARGETS"):
        read_alert_targets(tmp_path / "none.toml")
