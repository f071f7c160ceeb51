import orjson

from consumers.alerts.line import OF_HAND_OFFS, Line
from consumers.alerts.message import Kind, Message, body, linked
from models.routes import AlertSettings
from tests.architecture.documents import examples, rows

ALERTS = "docs/alerts.md"
NAMES = {"handOff": "rule", "daysLate": "days_late", "localTarget": "local_target"}


def test_the_message_of_the_document_is_what_the_code_makes() -> None:
    example = orjson.loads(examples(ALERTS)["message"])
    data = example["data"]
    lines = tuple(
        Line(**{NAMES.get(name, name): value for name, value in one.items()}) for one in data["alerts"]
    )
    message = Message(
        example["id"], data["route"], data["receiver"], Kind(data["kind"]), example["time"], lines
    )
    assert orjson.loads(body(linked(message, "https://caseflow.example.org"))) == example


def test_the_entry_of_a_signal_in_the_document_is_what_the_code_makes() -> None:
    example = orjson.loads(examples(ALERTS)["signal"])
    known = {NAMES.get(name, name): value for name, value in example.items()}
    nothing = dict.fromkeys(OF_HAND_OFFS) | {"local_target": False}
    assert Line(**nothing | known).told == example


def test_every_setting_of_alerts_is_in_the_document() -> None:
    told = {key.removeprefix("[alerts] ") for key in rows(ALERTS, "key") if key.startswith("[alerts]")}
    assert told == set(AlertSettings.model_fields)
