"""The one catalogue of metrics: every name, its kind, its labels and its meaning."""

from dataclasses import dataclass
from typing import Literal

from prometheus_client import Counter, Gauge, Histogram

BATCH_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
ALERT_SECONDS = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 60.0, 600.0, 3_600.0, 86_400.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric as /metrics shows it; a counter's name gets `_total` at its end."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    meaning: str
    labels: tuple[str, ...]


CATALOGUE: list[Metric] = []


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    CATALOGUE.append(Metric(name, "counter", meaning, labels))
    return Counter(name, meaning, labels)


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    CATALOGUE.append(Metric(name, "gauge", meaning, labels))
    return Gauge(name, meaning, labels)


def _histogram(
    name: str, meaning: str, *labels: str, buckets: tuple[float, ...] = BATCH_SECONDS
) -> Histogram:
    CATALOGUE.append(Metric(name, "histogram", meaning, labels))
    return Histogram(name, meaning, labels, buckets=buckets)


# Consumers: aiokafka processes that store rows and positions together.
ROWS = _counter("caseflow_rows", "Rows that a consumer wrote or changed.", "table")
RECORDS = _counter("caseflow_consumed_records", "Records that a consumer stored or refused.", "topic")
BATCHES = _counter("caseflow_consumed_batches", "Database transactions that moved positions.")
TRANSACTION_SECONDS = _histogram("caseflow_database_transaction_seconds", "Duration of such a transaction.")
RETRIES = _counter(
    "caseflow_consumer_retries", "Attempts that failed and will pass: server away, deadlock.", "error"
)
REFUSALS = _counter(
    "caseflow_consumer_refusals", "Records that a consumer wrote to the dead letters.", "step"
)
LAG = _gauge("caseflow_consumer_lag_records", "Committed offsets not yet stored.", "topic", "partition")
WATERMARK = _gauge(
    "caseflow_watermark_seconds", "Unix time of the last tick stored: its age is now minus this.", "partition"
)

# Streams: what the exactly-once host and its two processors did.
EVENTS_ACCEPTED = _counter(
    "caseflow_events_accepted", "Events that intake wrote to the log.", "source", "type"
)
EVENTS_REFUSED = _counter("caseflow_events_refused", "Events that intake refused.", "source", "reason")
HOST_RECORDS = _counter("caseflow_host_records", "Source records folded and committed.", "partition")
HOST_TRANSACTIONS = _counter("caseflow_host_transactions", "Kafka transactions committed.", "partition")
HOST_TRANSACTION_SECONDS = _histogram("caseflow_host_transaction_seconds", "Duration of such a transaction.")
HOST_REPEATS = _counter(
    "caseflow_host_repeated_records", "Records delivered again and skipped by a guard.", "partition"
)
CASES_CHANGED = _counter("caseflow_cases_changed", "Changes of cases written, one per case and batch.")
CONFLICTS = _counter("caseflow_conflicts", "Events whose id was known with other content.")
TICKS = _counter("caseflow_ticks", "Ticks of the clock written into the log.", "partition")
CLOCK_LAG_SECONDS = _gauge(
    "caseflow_clock_lag_seconds", "Now minus the safe time that the last tick carried."
)

# Alerts: what left, what waits, and how soon; a message tells of one alert or of many.
ALERT_MESSAGES_SENT = _counter(
    "caseflow_alert_messages_sent", "Messages that their target accepted.", "route", "channel"
)
ALERT_ATTEMPTS_FAILED = _counter(
    "caseflow_alert_attempts_failed",
    "Attempts that failed: the message is tried again, or parked.",
    "route",
    "channel",
)
ALERT_MESSAGES_PARKED = _gauge(
    "caseflow_alert_messages_parked", "Messages given up, which a person must look at.", "route"
)
ALERTS_WAITING = _gauge(
    "caseflow_alerts_waiting",
    "Notices that have not left: grouped soon, limited, for the morning, or in a message tried again.",
    "route",
)
ALERTS_ESCALATED = _counter("caseflow_alerts_escalated", "Alerts that rose to this level.", "level")
ALERT_SECONDS_FROM_DEADLINE = _histogram(
    "caseflow_alert_seconds_from_deadline",
    "From the deadline of an alert to the acceptance of the message that raised it; digests left out.",
    "channel",
    buckets=ALERT_SECONDS,
)

# Silo signals: how far days are judged, how long that takes, and what stands.
SIGNALS_JUDGED = _gauge(
    "caseflow_signals_judged_until_seconds", "Unix time of the midnight that ends the last judged day."
)
SIGNALS_DAYS = _counter("caseflow_signals_days", "Local days judged.")
SIGNALS_SECONDS = _histogram(
    "caseflow_signals_seconds",
    "Duration of the work of judging: load, once for all days that are due; day, for each of them.",
    "part",
    buckets=(0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0),
)
SIGNALS_OPEN = _gauge("caseflow_signals_open", "Signals that are open.", "kind")
SIGNALS_ENDED = _counter("caseflow_signals_ended", "Signals that ended, by how.", "kind", "state")
SIGNAL_TESTS = _gauge(
    "caseflow_signal_tests", "Tests of the last judged day, by their answer.", "kind", "status"
)
