"""Tables `alert_outbox`, `alert_delivery` and its items: what has to be told, and how far the telling is."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from projections.alerts.table import INSTANT
from projections.metadata import METADATA

CHANNEL = "caseflow_alerts"
"""What the dispatcher listens to."""
WAKE = f"SELECT pg_notify('{CHANNEL}', '')"
"""Wakes the dispatcher at the commit: run by whoever writes outbox rows."""

alert_outbox = Table(
    "alert_outbox",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("alert", Uuid, ForeignKey("alert.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("routed_at", INSTANT),
    CheckConstraint("what IN ('raised', 'risen', 'escalated', 'resolved')", name="alert_outbox_what_known"),
    CheckConstraint("level >= 0", name="alert_outbox_level_not_negative"),
    Index("alert_outbox_waiting", "id", postgresql_where=text("routed_at IS NULL")),
    Index("alert_outbox_alert", "alert"),
)

alert_delivery = Table(
    "alert_delivery",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("route", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", JSONB),
    Column("state", Text, nullable=False, server_default=text("'pending'::text")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("may_have_left", Boolean, nullable=False, server_default=text("false")),
    Column("next_try_at", INSTANT, nullable=False),
    Column("last_error", Text),
    Column("created_at", INSTANT, nullable=False),
    Column("sent_at", INSTANT),
    Column("parked_at", INSTANT),
    CheckConstraint("route <> '' AND receiver <> '' AND target <> ''", name="alert_delivery_names_not_empty"),
    CheckConstraint("channel IN ('kafka', 'webhook', 'email', 'chat')", name="alert_delivery_channel_known"),
    CheckConstraint("kind IN ('single', 'grouped', 'digest')", name="alert_delivery_kind_known"),
    CheckConstraint("state IN ('pending', 'sent', 'parked')", name="alert_delivery_state_known"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="alert_delivery_sent_says_when"),
    CheckConstraint("(state = 'parked') = (parked_at IS NOT NULL)", name="alert_delivery_parked_says_when"),
    CheckConstraint("attempts >= 0", name="alert_delivery_attempts_not_negative"),
    CheckConstraint(
        "content IS NOT NULL OR NOT (may_have_left OR state = 'sent')",
        name="alert_delivery_leaves_with_its_content",
    ),
    Index("alert_delivery_due", "next_try_at", postgresql_where=text("state = 'pending'")),
    Index("alert_delivery_made", "route", "receiver", "created_at"),
    Index("alert_delivery_parked", "parked_at", postgresql_where=text("state = 'parked'")),
)

alert_delivery_item = Table(
    "alert_delivery_item",
    METADATA,
    Column("outbox", BigInteger, ForeignKey("alert_outbox.id"), nullable=False),
    Column("route", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("alert", Uuid, ForeignKey("alert.id"), nullable=False),
    Column("delivery", Uuid, ForeignKey("alert_delivery.id")),
    PrimaryKeyConstraint("outbox", "route", "receiver"),
    Index("alert_delivery_item_waiting", "route", "receiver", postgresql_where=text("delivery IS NULL")),
    Index("alert_delivery_item_delivery", "delivery"),
    Index("alert_delivery_item_alert", "alert", "route", "receiver"),
)
