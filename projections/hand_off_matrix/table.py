"""Table `step`: the consecutive pairs of every case's current timeline."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, Text, Uuid

from projections.metadata import METADATA

step = Table(
    "step",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("from_source", Text, nullable=False),
    Column("from_event", Text, nullable=False),
    Column("to_source", Text, nullable=False),
    Column("to_event", Text, nullable=False),
    Column("from_type", Text, nullable=False),
    Column("to_type", Text, nullable=False),
    Column("from_org", Text),
    Column("to_org", Text),
    Column("kind", Text, nullable=False),
    Column("started_us", BigInteger, nullable=False),
    Column("ended_us", BigInteger, nullable=False),
    Column("wait_us", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("started_known_us", BigInteger),
    Column("ended_known_us", BigInteger),
    Column("foreseen_type", Text),
    Column("foreseen_org", Text),
    CheckConstraint("wait_us >= 0", name="step_wait_not_negative"),
    CheckConstraint("wait_us = ended_us - started_us", name="step_wait_is_end_minus_start"),
    CheckConstraint("from_org <> '' AND to_org <> ''", name="step_orgs_not_empty"),
    CheckConstraint(
        "kind = CASE WHEN from_org IS NULL OR to_org IS NULL THEN 'unknown'"
        " WHEN from_org = to_org THEN 'inside' ELSE 'discovered' END",
        name="step_kind_follows_from_the_orgs",
    ),
    CheckConstraint(
        "num_nonnulls(foreseen_type, foreseen_org) IN (0, 2)", name="step_foreseen_is_what_and_by_whom"
    ),
    Index("step_case", "case_ref"),
    Index("step_matrix", "from_org", "to_org", "wait_us"),
)
