"""One catalogue each: what the code names once, the documents explain once, and both agree."""

import pytest

from infra import topics
from infra.metrics import CATALOGUE as METRICS
from infra.settings import Settings
from models.refusals import MEANING, Reason, Step
from tests.architecture.documents import rows

OPERATING = "docs/operating.md"
BAD_INPUT = "docs/bad_input.md"


def test_every_metric_is_documented_as_the_catalogue_has_it() -> None:
    told = rows(OPERATING, "metric")
    known = {one.name: [one.kind, ", ".join(one.labels), one.meaning] for one in METRICS}
    assert told == known


def test_every_topic_is_documented_as_the_catalogue_has_it() -> None:
    told = rows(OPERATING, "topic")
    known = {one.name: [one.key, _kept(one), one.written_by, one.read_by] for one in topics.CATALOGUE}
    assert told == known


def test_every_setting_is_documented_with_its_variable_and_default() -> None:
    told = {variable: cells[0].strip("`") for variable, cells in rows(OPERATING, "variable").items()}
    known = {f"CASEFLOW_{name.upper()}": _default(name) for name in Settings.model_fields}
    assert told == known


def test_every_reason_for_a_refusal_is_documented_with_its_meaning() -> None:
    told = {reason: cells[0] for reason, cells in rows(BAD_INPUT, "reason").items()}
    assert told == {reason.value: meaning for reason, meaning in MEANING.items()}


def test_every_reason_has_a_meaning() -> None:
    assert set(MEANING) == set(Reason)


@pytest.mark.parametrize("step", Step)
def test_every_step_of_refusing_stands_beside_some_reason(step: Step) -> None:
    assert any(step.value in cells[1] for cells in rows(BAD_INPUT, "reason").values())


def _kept(topic: topics.Topic) -> str:
    """Return how long a topic keeps its records, in the words of the documents."""
    if topic.config["cleanup.policy"] == "compact":
        return "compact"
    milliseconds = int(topic.config["retention.ms"])
    return "for ever" if milliseconds < 0 else f"{milliseconds // topics.DAY_MS} days"


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    return "none" if default is None else str(default)
