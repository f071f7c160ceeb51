"""Table `consumer_offset`: how far each consumer is, with the epoch that fences a stale one."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from projections.metadata import METADATA

consumer_offset = Table(
    "consumer_offset",
    METADATA,
    Column("grp", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("next_offset", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("watermark_us", BigInteger),
    Column("appended_us", BigInteger),
    Column("moved_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    PrimaryKeyConstraint("grp", "topic", "part"),
    CheckConstraint("next_offset >= 0 AND epoch >= 1 AND part >= 0", name="consumer_offset_not_negative"),
)
