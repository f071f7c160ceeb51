"""The projector: events, changes and dead letters become rows of PostgreSQL, each exactly once."""
