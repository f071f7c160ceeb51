"""What effects do to a wait: pure functions on seconds, for the synthetic partnership and for any other generator.

A wait runs from `since` to `ends`; instants in seconds of one clock.
"""

from collections.abc import Callable


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


def rarer(
    since: float,
    ends: float,
    span: tuple[float, float, float],
    lasting: Callable[[float], float],
    shortest: Callable[[float], float],
) -> float:
    """Return when a wait ends whose chance to end at any moment is a part of the usual for some time.

    Unlike `worked`, what is left ages meanwhile: of ten that wait, four tenths of the usual number are taken up.

    Args:
        since: when it begins.
        ends: when it would end.
        span: from when to when the chance is less, and what part of the usual it is, above 0.
        lasting: the share of waits that last longer than a time.
        shortest: its inverse: the time that a share of waits outlasts.
    """
    begins, over, strength = span
    if ends <= begins or since >= over:
        return ends
    before, after = lasting(max(begins - since, 0.0)), lasting(over - since)
    drawn = lasting(ends - since) / before
    through = (after / before) ** strength
    if drawn >= through:
        return since + shortest(before * drawn ** (1 / strength))
    return since + shortest(after * drawn / through)


def collected(at: float, weekday: float, days: int = 5) -> float:
    """Return when something happens that is put off to one day of the week, the same day included.

    Args:
        at: in working days since the beginning of a week, unlike the seconds of the others.
        weekday: 1 for the first day of the week.
        days: working days of a week.
    """
    return at + (weekday - 1 - at // 1) % days
