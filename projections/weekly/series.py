"""Rows of `weekly` as series without gaps, and several flows as one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis.items import FlowKey
from projections.weekly.queries import WeekRow

WEEK = timedelta(weeks=1)
ADDED = ("started", "stopped", "limited", "late", "same_day", "missing", "void", "negative", "wait_sum_days")
"""What of several flows may be added; medians may not."""


def every_week(rows: Sequence[WeekRow], before: date) -> list[WeekRow]:
    """Return every week of one flow that is over, from its first one on, weeks in which nothing happened included.

    Args:
        rows: of one flow, by week, as `projections.weekly.queries.weeks` gives them.
        before: the first local day that is not complete: the week it lies in is left out.
    """
    known = {row.week: row for row in rows}
    monday, found = min(known, default=before), []
    while monday + WEEK <= before:
        found.append(known.get(monday) or _nothing(rows[0].key, monday))
        monday += WEEK
    return found


def together(flows: Sequence[Sequence[WeekRow]]) -> list[WeekRow]:
    """Return several flows of a row of the register as one, by week: counts and sums of waits are added.

    There is no median: that of several medians would be wrong. One flow alone stays as it is.
    """
    if len(flows) == 1:
        return list(flows[0])
    rows = [row for flow in flows for row in flow]
    senders, receivers = {row.sender for row in rows}, {row.receiver for row in rows}
    key = FlowKey(rows[0].rule, _only(senders), _only(receivers)) if rows else FlowKey("", "", "")
    found: dict[date, WeekRow] = {}
    for row in rows:
        so_far = found.get(row.week) or _nothing(key, row.week)
        sums = {name: getattr(so_far, name) + getattr(row, name) for name in ADDED}
        found[row.week] = replace(so_far, **sums)
    return [found[week] for week in sorted(found)]


def _nothing(key: FlowKey, monday: date) -> WeekRow:
    return WeekRow(*key, monday, 0, 0, 0, 0, 0, 0, 0, 0, None, 0.0)


def _only(names: Iterable[str]) -> str:
    one, *others = names
    return "" if others else one
