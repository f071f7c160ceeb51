"""The canonical log, with its clock, to cases, steps and hand-offs."""
