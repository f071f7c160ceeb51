"""Charts as SVG, pure: the same figures give the same bytes."""
