"""Tables `silo_signal` (what was found, as it stands) and `silo_finding` (what each test said on each day).

`rule`, `sender`, `receiver` and `agency` are '' where a signal is not about one; the boundary effect is about
nobody in particular. Days are local dates.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.metadata import METADATA

ABOUT_SOMETHING = "kind = 'boundary' OR agency <> '' OR (sender <> '' AND receiver <> '')"
GOING_ON = text("state IN ('candidate', 'open')")
P_IS_A_PROBABILITY = "p BETWEEN 0 AND 1 AND p_adjusted BETWEEN 0 AND 1"
NO_VERSIONS = text("'{}'::jsonb")

silo_finding = Table(
    "silo_finding",
    METADATA,
    Column("day", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("why", Text),
    Column("passed", Boolean, nullable=False),
    Column("large_enough", Boolean, nullable=False),
    Column("p", Double),
    Column("p_adjusted", Double),
    Column("effect_value", Double),
    Column("effect_low", Double),
    Column("effect_high", Double),
    Column("effect_unit", Text),
    Column("observed", BigInteger, nullable=False),
    Column("expected", Double, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("n_open", BigInteger, nullable=False),
    Column("baseline_n", BigInteger, nullable=False),
    Column("window_from", Date),
    Column("window_to", Date),
    PrimaryKeyConstraint("day", "kind", "rule", "sender", "receiver", "agency"),
    CheckConstraint(ABOUT_SOMETHING, name="silo_finding_is_about_something"),
    CheckConstraint(
        "status IN ('ok', 'not_enough_data', 'not_identifiable', 'withheld')",
        name="silo_finding_status_known",
    ),
    CheckConstraint(
        "num_nonnulls(p, effect_value, effect_low, effect_high, effect_unit)"
        " = CASE WHEN status = 'ok' THEN 5 ELSE 0 END",
        name="silo_finding_numbers_go_with_ok",
    ),
    CheckConstraint("(status = 'ok') = (why IS NULL)", name="silo_finding_says_why_not"),
    CheckConstraint(
        "status = 'ok' OR NOT (passed OR large_enough)", name="silo_finding_only_answered_passes"
    ),
    CheckConstraint(P_IS_A_PROBABILITY, name="silo_finding_p_is_a_probability"),
)

silo_signal = Table(
    "silo_signal",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("opened", Date),
    Column("ended", Date),
    Column("last_judged", Date, nullable=False),
    Column("window_from", Date, nullable=False),
    Column("window_to", Date, nullable=False),
    Column("measure", Text, nullable=False),
    Column("effect_value", Double, nullable=False),
    Column("effect_low", Double, nullable=False),
    Column("effect_high", Double, nullable=False),
    Column("effect_unit", Text, nullable=False),
    Column("p", Double, nullable=False),
    Column("p_adjusted", Double),
    Column("observed", BigInteger, nullable=False),
    Column("expected", Double, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("n_open", BigInteger, nullable=False),
    Column("baseline_n", BigInteger, nullable=False),
    Column("excess_days", Double),
    Column("share", Double),
    Column("arrivals_ratio", Double),
    Column("confidence", Text, nullable=False),
    Column("evidence", JSONB, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("goes_away_if", Text, nullable=False),
    Column("versions", JSONB, nullable=False, server_default=NO_VERSIONS),
    Column("written_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    CheckConstraint(ABOUT_SOMETHING, name="silo_signal_is_about_something"),
    CheckConstraint(
        "kind IN ('stop', 'slow_pair', 'open_age', 'overdue_excess', 'boundary', 'ping_pong', 'missing',"
        " 'batching', 'publish_lag', 'feed_silence', 'cost_shift', 'improved')",
        name="silo_signal_kind_known",
    ),
    CheckConstraint("direction IN ('concern', 'improvement')", name="silo_signal_direction_known"),
    CheckConstraint(
        "state IN ('candidate', 'open', 'closed', 'withdrawn', 'superseded', 'rebased')",
        name="silo_signal_state_known",
    ),
    CheckConstraint("confidence IN ('high', 'moderate', 'low')", name="silo_signal_confidence_known"),
    CheckConstraint(
        "state NOT IN ('open', 'closed') OR opened IS NOT NULL", name="silo_signal_open_says_since_when"
    ),
    CheckConstraint("(state IN ('candidate', 'open')) = (ended IS NULL)", name="silo_signal_ended_says_when"),
    CheckConstraint(
        "since <= opened AND opened <= ended AND window_from <= window_to",
        name="silo_signal_in_the_order_of_time",
    ),
    CheckConstraint(
        "effect_low <= effect_value AND effect_value <= effect_high",
        name="silo_signal_effect_in_its_interval",
    ),
    CheckConstraint(P_IS_A_PROBABILITY, name="silo_signal_p_is_a_probability"),
    CheckConstraint("jsonb_typeof(evidence) = 'array'", name="silo_signal_evidence_is_a_list"),
    CheckConstraint("sentence <> '' AND goes_away_if <> ''", name="silo_signal_says_something"),
    Index(
        "silo_signal_one_going_on",
        *("kind", "rule", "sender", "receiver", "agency"),
        unique=True,
        postgresql_where=GOING_ON,
    ),
    Index("silo_signal_opened", "opened"),
)
