"""Alerts on their way out: routed, grouped, sent, tried again, escalated; raising them is the projector's."""
