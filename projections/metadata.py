"""The one SQLAlchemy metadata that every `table.py` of this room adds its tables to."""

from sqlalchemy import MetaData

METADATA = MetaData()
