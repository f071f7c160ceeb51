"""What stands beside a finding: excess days, their share of all time, arrivals, what is past its limit."""

from dataclasses import replace
from typing import Final

import numpy as np

from analysis.answers import Answer
from analysis.arrays import DAY_US, NEVER, WEEK
from analysis.detectors.batching import cost_per_item, pick_up_slots
from analysis.engine.baseline import Baseline
from analysis.findings import Finding, Kind
from analysis.items import Risk
from analysis.judging.wording import Circumstances
from analysis.judging.world import World
from analysis.view import View
from analysis.waits.excess import accrued_us, net_excess, overdue

BEGUN_WITHIN_DAYS: Final = 300
"""Net excess is that of what began at most so long before the window: what an evaluation reads on any day.

The usual pace leaves a few open for ever. Were all that ever began expected to, a day that is read back to a year
alone would come to another excess than the week that reads everything.
"""


def circumstances(world: World, finding: Finding, view: View | None) -> Circumstances:
    """Return what stands beside an answered finding.

    Raises:
        ValueError: the finding has no window: it is not answered.
    """
    if finding.window is None:
        raise ValueError(f"{finding.kind} about {finding.about} is not answered")
    first, last = finding.window
    if view is None:
        return Circumstances(last - first + 1)
    excess = _excess(view, first, last + 1)
    elapsed = None if world.cases is None else world.cases.elapsed_days(first, last + 1)
    days = view.flow.calendar.open_days
    return Circumstances(
        open_days=days.slot(last + 1) - days.slot(first),
        late_open=_late_open(view),
        excess_days=None if excess is None else excess * WEEK / (last + 1 - first),
        share=None if excess is None or not elapsed else max(0.0, excess) / elapsed,
        arrivals_ratio=view.arrivals_ratio(),
        lost=_lost(finding, view),
        unit=view.flow.calendar.unit,
        within=_within(finding, view),
    )


def _within(finding: Finding, view: View) -> int | None:
    """Return up to which age completions count in a test of pace, in slots; None: at any, as in a stop."""
    if finding.kind not in {Kind.SLOW_PAIR, Kind.IMPROVED} or not isinstance(view.baseline, Baseline):
        return None
    return view.baseline.judged_to


def _excess(view: View, first_day: int, end_day: int) -> float | None:
    """Return the item-days of a period beyond the limit, else beyond the usual pace; None without either."""
    if _has_limit(view):
        return accrued_us(view.flow.items, view.known, first_day * DAY_US, end_day * DAY_US) / DAY_US
    slots = view.flow.calendar.slot(first_day), min(view.flow.calendar.slot(end_day), view.waiting.until)
    found = net_excess(_begun_since(view, first_day - BEGUN_WITHIN_DAYS), view.baseline, *slots)
    return None if isinstance(found, Answer) else found.net


def _begun_since(view: View, day: int) -> Risk:
    risk = view.waiting
    kept = view.flow.items.started[risk.item] >= day * DAY_US
    start, end, outcome = risk.start[kept], risk.end[kept], risk.outcome[kept]
    return replace(risk, start=start, end=end, outcome=outcome, item=risk.item[kept])


def _lost(finding: Finding, view: View) -> float | None:
    """Return what the receiver's batches cost an item; of the sender's only its own feed could tell."""
    if finding.kind is not Kind.BATCHING or finding.about.agency != view.flow.key.receiver:
        return None
    return cost_per_item(pick_up_slots(view.waiting))


def _late_open(view: View) -> int | None:
    """Return how many items are open past their limit; None for a flow without limits."""
    return int(np.count_nonzero(overdue(view.flow.items, view.known))) if _has_limit(view) else None


def _has_limit(view: View) -> bool:
    return bool((view.flow.items.due != NEVER).any())
