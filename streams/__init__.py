"""Faust processors on an exactly-once host: raw messages to the canonical log, the log to timelines."""
