"""Partnerships as data: one folder of TOML files each, and no code."""
