"""The read side: tables and the questions asked of them, in SQLAlchemy Core."""
