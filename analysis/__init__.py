"""Pure arithmetic over projection rows; no I/O."""
