"""One case as data: a JSON object with its timeline, hand-offs and what stands beside it."""

from collections.abc import Mapping
from typing import Any

import orjson

from caseflow.reading.case_view import CaseView
from caseflow.reading.hand_off_words import is_local_target
from models.instants import from_us
from projections.case_timeline.queries import Entry, EventRow

_INSTANTS = ("started_us", "stopped_us", "earliest_us", "due_us", "overdue_us", "standard_due_us")
_KEPT = (
    "rule",
    "title",
    "sender",
    "receiver",
    "owner",
    "internal",
    "area",
    "about",
    "state",
    "tier",
    "due_soon",
    "late_after_end",
    "time_limit",
    "certainty",
    "assumed",
)
_SECONDS = ("elapsed_us", "inside_us", "between_us", "unknown_us")


def as_json(view: CaseView) -> str:
    """Return a case as one JSON object: waits in seconds, times in the profile's zone, dates where cut."""
    case = view.timeline.case
    told = {
        "profile": view.profile.name,
        "case": case["case_ref"],
        "area": case.get("area"),
        "stage": case.get("stage"),
        "precision": case.get("precision"),
        **{name.replace("_us", "_s"): case.get(name, 0) / 1_000_000 for name in _SECONDS},
        "tail": {
            "from": case.get("tail_from"),
            "to": case.get("tail_to"),
            "for_s": _seconds(view.since_last_us),
        },
        "timeline": [_entry(view, entry) for entry in view.timeline.entries],
        "beside": [_beside(view, event) for event in view.timeline.beside],
        "hand_offs": [_hand_off(row) for row in view.timeline.hand_offs],
        "dead_letters": dict(view.letters),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _entry(view: CaseView, entry: Entry) -> dict[str, Any]:
    since = entry.since
    waited = None
    if since is not None:
        waited = {
            "kind": since.kind,
            "from_org": since.from_org,
            "to_org": since.to_org,
            "wait_s": _seconds(since.wait_us),
        }
    return {
        "at": view.times.iso_of_place(entry.place.at_us),
        "type": entry.place.type,
        "org": entry.place.org,
        "acting_org": entry.event.acting_org if entry.event else None,
        "source": entry.place.source,
        "id": entry.place.event_id,
        "amended": entry.place.identity in view.amended,
        "since": waited,
        "data": entry.event.data if entry.event else None,
        "notes": entry.event.notes if entry.event else [],
    }


def _beside(view: CaseView, event: EventRow) -> dict[str, Any]:
    return {
        "at": event.occurred_at.astimezone(view.profile.tz),
        "type": event.type,
        "source": event.source,
        "id": event.event_id,
        "why": view.why_apart(event),
        "data": event.data,
        "notes": event.notes,
    }


def _hand_off(row: Mapping[str, Any]) -> dict[str, Any]:
    instants = {
        name.replace("_us", "_at"): None if row[name] is None else from_us(row[name]) for name in _INSTANTS
    }
    local = is_local_target(row)
    follows = None if row["follows"] is None else str(row["follows"])
    own = {"id": str(row["id"]), "follows": follows} | {name: row[name] for name in _KEPT}
    return own | instants | {"wait_s": _seconds(row["wait_us"]), "local_target": local}


def _seconds(us: int | None) -> float | None:
    return None if us is None else us / 1_000_000
