"""The catalogue of Kafka topics: every name, its policy, and who writes and reads it."""

from dataclasses import dataclass, field

STAGES = ("charge", "court", "sentence", "probation", "release", "victim")
RAW = tuple(f"caseflow.{stage}" for stage in STAGES)
EVENTS = "caseflow.events"
TIMELINES = "caseflow.timelines"
CHANGES = "caseflow.changes"
HAND_OFFS = "caseflow.hand-offs"
ALERTS = "caseflow.alerts"
DEAD_LETTERS = "caseflow.dead-letters"

DAY_MS = 86_400_000
RAW_MAX_BYTES = 16 << 20
"""More than the SDK sends, so that an oversized message becomes a dead letter with a reason."""
INTERNAL_MAX_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as it must exist on the broker; `config` holds Kafka's own names and values as text."""

    name: str
    key: str
    written_by: str
    read_by: str
    config: dict[str, str] = field(default_factory=dict)


def _deleted_after(days: int, max_bytes: int, **more: str) -> dict[str, str]:
    settings = {"cleanup.policy": "delete", "retention.ms": str(days * DAY_MS if days > 0 else -1)}
    named = {name.replace("_", "."): value for name, value in more.items()}
    return settings | {"max.message.bytes": str(max_bytes)} | named


def _raw(name: str) -> Topic:
    # The broker stamps the append time: retention and lag must not follow the time of what is told.
    config = _deleted_after(30, RAW_MAX_BYTES, message_timestamp_type="LogAppendTime")
    return Topic(name, "case", "agencies, gateway, import", "intake", config)


COMPACTED = {
    "cleanup.policy": "compact",
    "min.cleanable.dirty.ratio": "0.1",
    "segment.bytes": str(64 << 20),
    "delete.retention.ms": str(7 * DAY_MS),
    "max.message.bytes": str(INTERNAL_MAX_BYTES),
}

CATALOGUE: tuple[Topic, ...] = (
    *(_raw(name) for name in RAW),
    Topic(
        EVENTS,
        "case",
        "intake; ticks: timelines",
        "timelines, projector, rebuild",
        _deleted_after(-1, INTERNAL_MAX_BYTES),
    ),
    Topic(TIMELINES, "case", "timelines (changelog)", "timelines, agencies", COMPACTED),
    Topic(CHANGES, "case", "timelines", "projector", _deleted_after(30, INTERNAL_MAX_BYTES)),
    Topic(HAND_OFFS, "case", "timelines", "agencies", _deleted_after(365, INTERNAL_MAX_BYTES)),
    Topic(ALERTS, "receiver", "alerts", "agencies", _deleted_after(30, INTERNAL_MAX_BYTES)),
    Topic(
        DEAD_LETTERS,
        "original key",
        "intake, timelines, consumers",
        "projector, operators",
        _deleted_after(365, INTERNAL_MAX_BYTES),
    ),
)

INTAKE_GROUP = "caseflow-intake"
TIMELINES_GROUP = "caseflow-timelines"
"""Consumer groups; for the streams also the app's id and the stem of its transactional ids: fixed for life."""
