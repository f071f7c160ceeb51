"""Tables `case_file` and `case_event`: where every case stands, and everything it was told."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.metadata import METADATA

INSTANT = DateTime(timezone=True)

case_file = Table(
    "case_file",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("first_us", BigInteger),
    Column("last_us", BigInteger),
    Column("events", BigInteger, nullable=False),
    Column("precision", Text),
    Column("stage", Text),
    Column("last_type", Text),
    Column("last_org", Text),
    Column("last_known_us", BigInteger),
    Column("foreseen_type", Text),
    Column("foreseen_org", Text),
    Column("area", Text),
    Column("tail_from", Text),
    Column("tail_to", Text),
    Column("elapsed_us", BigInteger, nullable=False),
    Column("inside_us", BigInteger, nullable=False),
    Column("between_us", BigInteger, nullable=False),
    Column("unknown_us", BigInteger, nullable=False),
    Column("next_due_us", BigInteger),
    Column("waiting", BigInteger, nullable=False),
    Column("ahead", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("log_partition", Integer, nullable=False),
    CheckConstraint("case_ref <> ''", name="case_file_ref_not_empty"),
    CheckConstraint("precision IN ('day', 'instant')", name="case_file_precision_known"),
    CheckConstraint("events >= 0 AND waiting >= 0 AND ahead >= 0", name="case_file_counts_not_negative"),
    CheckConstraint("first_us <= last_us", name="case_file_first_before_last"),
    CheckConstraint(
        "num_nonnulls(foreseen_type, foreseen_org) IN (0, 2)", name="case_file_foreseen_is_what_and_by_whom"
    ),
    CheckConstraint(
        "inside_us >= 0 AND between_us >= 0 AND unknown_us >= 0", name="case_file_parts_not_negative"
    ),
    CheckConstraint(
        "elapsed_us = inside_us + between_us + unknown_us", name="case_file_every_second_has_an_owner"
    ),
    CheckConstraint("version >= 0 AND log_partition >= 0", name="case_file_version_is_an_offset"),
)

case_event = Table(
    "case_event",
    METADATA,
    Column("case_ref", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("acting_org", Text),
    Column("owner_org", Text),
    Column("area", Text),
    Column("occurred_at", INSTANT, nullable=False),
    Column("precision", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("recorded_at", INSTANT),
    Column("published_at", INSTANT),
    Column("amends", Text),
    Column("withdraws", Text),
    Column("extends", Text),
    Column("history", Boolean, nullable=False),
    Column("ahead", Boolean, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("data", JSONB, nullable=False),
    Column("origin_topic", Text, nullable=False),
    Column("origin_partition", Integer, nullable=False),
    Column("origin_offset", BigInteger, nullable=False),
    Column("log_partition", Integer, nullable=False),
    Column("log_offset", BigInteger, nullable=False),
    Column("ingested_at", INSTANT, nullable=False, server_default=text("now()")),
    Column("notes", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    PrimaryKeyConstraint("case_ref", "source", "event_id"),
    CheckConstraint(
        "case_ref <> '' AND source <> '' AND event_id <> ''", name="case_event_identity_not_empty"
    ),
    CheckConstraint("precision IN ('second', 'minute', 'day')", name="case_event_precision_known"),
    CheckConstraint("stage = split_part(type, '.', 1)", name="case_event_stage_of_its_type"),
    CheckConstraint("occurred_at >= '1970-01-01T00:00:00Z'", name="case_event_not_before_1970"),
    CheckConstraint(
        "withdraws IS NULL OR num_nonnulls(amends, extends) = 0",
        name="case_event_withdrawal_is_nothing_else",
    ),
    CheckConstraint(
        "origin_partition >= 0 AND origin_offset >= 0 AND log_partition >= 0 AND log_offset >= 0",
        name="case_event_offsets_not_negative",
    ),
    CheckConstraint("jsonb_typeof(notes) = 'array'", name="case_event_notes_are_a_list"),
    Index("case_event_published", "published_at", postgresql_using="brin"),
)
