"""Table `setting`: what this database was filled with."""

from sqlalchemy import Column, Table, Text

from projections.metadata import METADATA

setting = Table(
    "setting", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)
