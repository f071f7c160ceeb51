"""The order of a case's events, read back from its steps: each step leads from one event to the next.

Times alone would not do: equal times are ordered by rules that only the fold knows, and it has applied them.
"""

from collections.abc import Sequence
from typing import NamedTuple

Identity = tuple[str, str]
"""An event within its case: source and id."""


class BrokenChainError(Exception):
    """The steps of a case do not lead from one event to the next through all of them."""


class StepLink(NamedTuple):
    """One row of `step`, as far as a timeline needs it; times in microseconds."""

    case_ref: str
    from_source: str
    from_event: str
    to_source: str
    to_event: str
    from_type: str
    to_type: str
    from_org: str | None
    to_org: str | None
    kind: str
    started_us: int
    ended_us: int
    wait_us: int


class Place(NamedTuple):
    """An event's place on the timeline: as what, with whom and when it is judged."""

    source: str
    event_id: str
    type: str
    org: str | None
    at_us: int

    @property
    def identity(self) -> Identity:
        """Return source and id."""
        return self.source, self.event_id


def chain(steps: Sequence[StepLink]) -> list[Place]:
    """Return the events in order; empty without steps.

    Raises:
        BrokenChainError: not exactly one event has no step before it, or some step is not reached from it.
    """
    if not steps:
        return []
    following = {(step.from_source, step.from_event): step for step in steps}
    starts = following.keys() - {(step.to_source, step.to_event) for step in steps}
    if len(starts) != 1 or len(following) != len(steps):
        raise _broken(steps)
    first = following[starts.pop()]
    places = [Place(first.from_source, first.from_event, first.from_type, first.from_org, first.started_us)]
    while link := following.pop(places[-1].identity, None):
        places.append(Place(link.to_source, link.to_event, link.to_type, link.to_org, link.ended_us))
    if following:
        raise _broken(steps)
    return places


def _broken(steps: Sequence[StepLink]) -> BrokenChainError:
    return BrokenChainError(
        f"case {steps[0].case_ref}: its {len(steps)} steps are no chain of events; rebuild the case"
    )
