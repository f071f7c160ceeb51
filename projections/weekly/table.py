"""Tables `weekly` (each flow by local week) and `weekly_change` (weeks to compute anew)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Identity,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from projections.metadata import METADATA

weekly = Table(
    "weekly",
    METADATA,
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("week", Date, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("stopped", BigInteger, nullable=False),
    Column("limited", BigInteger, nullable=False),
    Column("late", BigInteger, nullable=False),
    Column("same_day", BigInteger, nullable=False),
    Column("missing", BigInteger, nullable=False),
    Column("void", BigInteger, nullable=False),
    Column("negative", BigInteger, nullable=False),
    Column("wait_median_us", Double),
    Column("wait_sum_us", Numeric, nullable=False),
    Column("computed_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    PrimaryKeyConstraint("rule", "sender", "receiver", "week"),
    CheckConstraint("extract(isodow FROM week) = 1", name="weekly_begins_on_a_monday"),
    CheckConstraint("rule <> '' AND sender <> '' AND receiver <> ''", name="weekly_names_not_empty"),
    CheckConstraint(
        "started >= 0 AND stopped >= limited AND limited >= late AND late >= 0"
        " AND stopped >= same_day AND same_day >= 0"
        " AND missing >= 0 AND void >= 0 AND negative >= 0",
        name="weekly_counts_fit",
    ),
    CheckConstraint("(wait_median_us IS NULL) = (stopped = 0)", name="weekly_median_of_something"),
)

weekly_change = Table(
    "weekly_change",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("week", Date, nullable=False),
)
