"""The database's history, written by hand: numbered SQL files that alembic applies in order."""
