import orjson

from consumers.alerts.message import Kind, Line, Message, body, linked
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


def test_every_setting_of_alerts_is_in_the_document() -> None:
    told = {key.removeprefix("[alerts] ") for key in rows(ALERTS, "key") if key.startswith("[alerts]")}
    assert told == set(AlertSettings.model_fields)
