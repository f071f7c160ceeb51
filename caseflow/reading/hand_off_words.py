"""What the state, the parties and the limit of a standard hand-off are called."""

from collections.abc import Mapping
from typing import Any

from caseflow.reading.safe_text import safe
from projections.hand_offs.queries import LOCAL_TARGETS

STATES = {
    "open": "open",
    "met": "met",
    "met_late": "met late",
    "overdue": "OVERDUE",
    "missing": "MISSING",
    "void": "void",
    "negative": "negative",
}
TIERS = {1: "very late", 2: "severe"}
"""Of what is overdue; the first tier has no further word."""
REASONS = {
    "void": "it was withdrawn, a later start took its place, or nothing awaits it any more",
    "negative": "its stop lies before its start",
}
"""What a state does not say by itself."""


def state(hand_off: Mapping[str, Any]) -> str:
    """Return how a hand-off stands: `open, due soon`, `OVERDUE, very late`, `met late`."""
    said = [STATES.get(hand_off["state"], safe(hand_off["state"]))]
    if hand_off["due_soon"]:
        said.append("due soon")
    if hand_off["tier"] in TIERS:
        said.append(TIERS[hand_off["tier"]])
    return ", ".join(said)


def between(hand_off: Mapping[str, Any]) -> str:
    """Return between whom a hand-off lies, or inside whom an internal step."""
    if hand_off["internal"]:
        return f"inside {safe(hand_off['sender'])}"
    return f"{safe(hand_off['sender'])} → {safe(hand_off['receiver'])}"


def limit(hand_off: Mapping[str, Any]) -> str:
    """Return the limit of a hand-off, and how far it may be trusted."""
    text = hand_off["time_limit"]
    if text is None:
        return "no limit in force"
    if text == "local":
        return "local target, its number is not known here"
    assumed = f", {safe(hand_off['assumed'])} not known" if hand_off["assumed"] else ""
    trusted = "local target, certainty" if is_local_target(hand_off) else "certainty"
    return f"limit {safe(text)} ({trusted} {safe(hand_off['certainty'] or 'not told')}{assumed})"


def is_local_target(hand_off: Mapping[str, Any]) -> bool:
    """Whether nobody has confirmed the limit of a hand-off."""
    return hand_off["certainty"] in LOCAL_TARGETS
