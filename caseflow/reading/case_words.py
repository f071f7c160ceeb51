"""What a case's waits, tail and hand-offs are called; shared by the text and the JSON of a case."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from caseflow.reading.durations import days, long
from caseflow.reading.safe_text import safe
from models.instants import DAY_US
from projections.case_timeline.chain import Identity, StepLink
from projections.case_timeline.queries import EventRow

LOCAL_TARGETS = frozenset("DKE")
"""Certainties of limits that nobody has published: they show as a local target, never as the limit."""
NOBODY = "nobody known"
STATES = {
    "open": "open",
    "met": "met",
    "met_late": "met late",
    "overdue": "OVERDUE",
    "missing": "MISSING",
    "void": "void",
    "negative": "negative",
}
REASONS = {"void": "its start was withdrawn", "negative": "its stop lies before its start"}
"""What a state does not say by itself."""


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


def limit(hand_off: Mapping[str, Any]) -> str:
    """Return the limit of a standard hand-off and how far it may be trusted."""
    text = hand_off["time_limit"]
    if text is None:
        return "no limit in force"
    if text == "local":
        return "a local limit, not known here"
    if hand_off["certainty"] in LOCAL_TARGETS:
        return f"{safe(text)}, a local target (certainty {hand_off['certainty']})"
    return f"{safe(text)} (certainty {safe(hand_off['certainty'] or 'not told')})"


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
