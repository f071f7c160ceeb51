"""The case, pure: events, timelines, hand-offs and the rules that judge them; no I/O, no clock."""
