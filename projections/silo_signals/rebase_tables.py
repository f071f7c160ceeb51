"""Tables `silo_rebase` (what people decided to be usual) and `silo_limits` (of weekly charts, locked).

`rule`, `sender`, `receiver` and `agency` are '' where a decision is not about one. Days are local dates. A decision
is never changed: the database refuses.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)

from projections.metadata import METADATA

ONE_THING = (
    "CASE WHEN agency = '' THEN sender <> '' AND receiver <> ''"
    " ELSE rule = '' AND sender = '' AND receiver = '' END"
)

silo_rebase = Table(
    "silo_rebase",
    METADATA,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("counts_from", Date, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("shift_seen", Boolean),
    Column("decided_on", Date, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    CheckConstraint(ONE_THING, name="silo_rebase_is_about_a_flow_or_a_feed"),
    CheckConstraint("extract(isodow FROM since) = 1", name="silo_rebase_begins_on_a_monday"),
    CheckConstraint("counts_from >= since", name="silo_rebase_counts_no_earlier"),
    CheckConstraint(
        "last_day - first_day + 1 >= 182 AND (last_day - first_day + 1) % 7 = 0",
        name="silo_rebase_window_of_whole_weeks",
    ),
    CheckConstraint("decided_by NOT IN ('', 'caseflow') AND why <> ''", name="silo_rebase_a_person_says_why"),
    Index("silo_rebase_about", "rule", "sender", "receiver", "agency"),
)

silo_limits = Table(
    "silo_limits",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("since", Date),
    Column("centre", Double, nullable=False),
    Column("mean_range", Double, nullable=False),
    Column("points", Integer, nullable=False),
    Column("locked_for", Date, nullable=False),
    Column("locked_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    CheckConstraint("sender <> '' AND receiver <> ''", name="silo_limits_of_a_flow"),
    CheckConstraint("measure IN ('median_wait', 'late', 'outflow')", name="silo_limits_measure_known"),
    CheckConstraint("extract(isodow FROM since) = 1", name="silo_limits_begin_on_a_monday"),
    CheckConstraint("points >= 12 AND mean_range > 0", name="silo_limits_rest_on_enough"),
)
