"""How much waits and how much was given up, per route, for /metrics."""

import asyncpg

from infra import metrics

WAITING = """
SELECT i.route, count(*) FROM alert_delivery_item i LEFT JOIN alert_delivery d ON d.id = i.delivery
WHERE i.delivery IS NULL OR d.state = 'pending' GROUP BY i.route
"""
PARKED = "SELECT route, count(*) FROM alert_delivery WHERE state = 'parked' GROUP BY route"


async def count(connection: asyncpg.Connection) -> None:
    """Set the gauges from the tables: they are right after every restart."""
    for gauge, query in ((metrics.ALERTS_WAITING, WAITING), (metrics.ALERT_MESSAGES_PARKED, PARKED)):
        rows = await connection.fetch(query)
        gauge.clear()
        for route, number in rows:
            gauge.labels(route).set(number)
