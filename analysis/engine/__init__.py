"""Observed against expected: how many outcomes the usual pace gives for what was really at risk.

It works by age, so that a surge or a lull of arrivals is no change of speed. It sees slots only (`items.Risk`):
whether one is an open day or an open hour is the calendar's business.
"""
