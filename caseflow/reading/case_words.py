"""What a case's waits, tail and notes are called; shared by the text and the JSON of a case."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from caseflow.reading.durations import days, long
from caseflow.reading.safe_text import safe
from models.instants import DAY_US
from projections.case_timeline.chain import Identity, StepLink
from projections.case_timeline.queries import EventRow

NOBODY = "nobody known"


def length(wait_us: int, *, cut: bool) -> str:
    """Return a wait in words; whole days where times are cut to dates."""
    return days(wait_us // DAY_US) if cut else long(wait_us / 1_000_000)


def kind(step: StepLink) -> str:
    """Return whose time a step is, in words, with names safe to print."""
    match step.kind:
        case "inside":
            return f"inside {safe(step.from_org)}"
        case "discovered":
            return f"hand-off {safe(step.from_org)} → {safe(step.to_org)}"
        case _:
            return f"unknown: {safe(step.from_org or NOBODY)} → {safe(step.to_org or NOBODY)}"


def tail(case: Mapping[str, Any]) -> str | None:
    """Return with whom the time after the last event lies; None where it lies with nobody."""
    sender, receiver = case.get("tail_from"), case.get("tail_to")
    if sender is None and receiver is None:
        return None
    if sender == receiver:
        return f"with {safe(sender)}"
    return f"hand-off {safe(sender or NOBODY)} → {safe(receiver or NOBODY)}"


def note(told: Mapping[str, Any]) -> str:
    """Return what is odd in an event, in words: which identifier, where in its data, and what was made of it."""
    return f"note: {safe(told['type'])} in {safe(told['path'])}: {safe(told['wrong'])}"


def apart(event: EventRow, beside: Iterable[EventRow], known: Container[Identity]) -> str:
    """Return why an event is not on the timeline; `known` are the events of the case that were told."""
    root = event.withdraws or event.amends
    if root is not None:
        does = "withdraws" if event.withdraws else "amends"
        waits = "" if (event.source, root) in known else ", which is not known yet: it waits"
        return f"{does} {safe(root)}{waits}"
    if any(e.source == event.source and e.withdraws == event.event_id for e in beside):
        return "withdrawn"
    return "not judged yet"
