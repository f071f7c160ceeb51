"""What effects do to a wait: pure functions on seconds, for the synthetic partnership and for any other generator.

A wait runs from `since` to `ends`; instants in seconds of one clock.
"""


def stretched(since: float, ends: float, factor: float) -> float:
    """Return when a wait ends that lasts longer (above 1) or shorter (below 1) by a factor."""
    return since + (ends - since) * factor


def held(ends: float, stopped: float, again: float | None, never: float) -> float:
    """Return when a wait ends whose flow is stopped from `stopped` to `again` (None: for good, so at `never`).

    What would have ended in between ends when the flow runs again.
    """
    if ends < stopped or (again is not None and ends >= again):
        return ends
    return never if again is None else again


def worked(since: float, ends: float, begins: float, over: float, strength: float) -> float:
    """Return when a wait ends whose worker has a part of its strength (0: none) from `begins` to `over`.

    The work that is left at `begins` goes on at that pace, and at the full one from `over` on.
    """
    if ends <= begins or since >= over:
        return ends
    weak_from = max(since, begins)
    left = ends - weak_from
    done_by_then = (over - weak_from) * strength
    return over + left - done_by_then if left > done_by_then else weak_from + left / strength
