"""How much waits and how much was given up, per route, for /metrics."""

import asyncpg

from infra import metrics

WAITING = """
SELECT route, count(*) FROM (
    SELECT route FROM alert_delivery_item WHERE delivery IS NULL
    UNION ALL
    SELECT i.route FROM alert_delivery d JOIN alert_delivery_item i ON i.delivery = d.id WHERE d.state = 'pending'
) AS waiting GROUP BY route
"""
"""Two halves, each with an index of its own: this is asked every few seconds."""
PARKED = "SELECT route, count(*) FROM alert_delivery WHERE state = 'parked' GROUP BY route"


async def count(connection: asyncpg.Connection) -> None:
    """Set the gauges from the tables: they are right after every restart."""
    for gauge, query in ((metrics.ALERTS_WAITING, WAITING), (metrics.ALERT_MESSAGES_PARKED, PARKED)):
        rows = await connection.fetch(query)
        gauge.clear()
        for route, number in rows:
            gauge.labels(route).set(number)
