"""Table `feed`: what each agency has told, and how soon after it happened."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Numeric, Table, Text

from projections.metadata import METADATA

feed = Table(
    "feed",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("last_occurred_at", DateTime(timezone=True), nullable=False),
    Column("last_published_at", DateTime(timezone=True)),
    Column("events", BigInteger, nullable=False),
    Column("late_events", BigInteger, nullable=False),
    Column("lag_last_us", BigInteger),
    Column("lag_sum_us", Numeric, nullable=False),
    Column("lag_count", BigInteger, nullable=False),
    Column("lag_max_us", BigInteger),
    CheckConstraint("source <> ''", name="feed_source_not_empty"),
    CheckConstraint(
        "late_events BETWEEN 0 AND events AND lag_count BETWEEN 0 AND events", name="feed_counts_fit"
    ),
)
