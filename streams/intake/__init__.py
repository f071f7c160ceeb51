"""Raw stage topics to the canonical log, or to the dead letters."""
