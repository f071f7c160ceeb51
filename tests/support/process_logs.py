"""Logs as others would read them: CSV, XES and OCEL into cases, and the tables by plain arithmetic.

Nothing of the project's own analysis is used here.
"""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
import pytest

XES = "{http://www.xes-standard.org/}"
NUMBERS = ("count", "mean", "median", "p90", "p95", "p99", "stdev", "min", "max", "sum")


class Seen(NamedTuple):
    """One event, as far as the tables need it."""

    at: datetime
    activity: str
    org: str


Cases = dict[str, list[Seen]]
Tables = dict[tuple[str, str], dict[str, float | None]]


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")


def cases_of_csv(path: Path) -> Cases:
    rows: dict[str, list[tuple[datetime, int, Seen]]] = defaultdict(list)
    for row in csv.DictReader(text_of(path).splitlines(keepends=True)):
        at = datetime.fromisoformat(row["timestamp"])
        rows[row["case_id"]].append((at, int(row["seq"]), Seen(at, row["activity"], row["org"])))
    return {case: [seen for *_, seen in sorted(events)] for case, events in rows.items()}


def cases_of_xes(path: Path) -> Cases:
    found: Cases = {}
    for trace in ET.fromstring(text_of(path)).iter(f"{XES}trace"):  # noqa: S314 - written by the test's own export
        told = [(_value(one, "time:timestamp"), one) for one in trace.iter(f"{XES}event")]
        events = [
            Seen(datetime.fromisoformat(at), _value(one, "concept:name"), _value(one, "org:group"))
            for at, one in told
        ]
        assert all(_value(one, "lifecycle:transition") == "complete" for _, one in told)
        found[_value(trace, "concept:name")] = sorted(events, key=lambda seen: seen.at)
    return found


def cases_of_ocel(path: Path) -> Cases:
    """Return the log flattened on `case`, events by (time, id); the organisation is the one that held the case."""
    log = json.loads(text_of(path))
    objects = {one["id"]: one for one in log["objects"]}
    found: Cases = defaultdict(list)
    for event in sorted(log["events"], key=lambda one: (datetime.fromisoformat(one["time"]), one["id"])):
        held, cases = "", []
        for link in event["relationships"]:
            touched = objects[link["objectId"]]
            if link["qualifier"] == "held by":
                held = next(one["value"] for one in touched["attributes"] if one["name"] == "name")
            if touched["type"] == "case":
                cases.append(link["objectId"].removeprefix("case:"))
        (case,) = cases
        found[case].append(Seen(datetime.fromisoformat(event["time"]), event["type"], held))
    return found


def is_ocel(log: dict[str, Any]) -> bool:
    """Whether a document keeps the rules of OCEL 2.0: members, declared types, unique ids, known objects."""
    assert set(log) == {"eventTypes", "objectTypes", "events", "objects"}
    for kind in ("event", "object"):
        declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in log[f"{kind}Types"]}
        ids = [one["id"] for one in log[f"{kind}s"]]
        assert len(set(ids)) == len(ids)
        known = {one["id"] for one in log["objects"]}
        for one in log[f"{kind}s"]:
            assert {a["name"] for a in one["attributes"]} <= declared[one["type"]]
            assert all(isinstance(a["value"], str) for a in one["attributes"])
            assert all({"objectId", "qualifier"} == set(r) for r in one["relationships"])
            assert all(r["objectId"] in known for r in one["relationships"])
    return True


def handover(cases: Cases) -> Tables:
    return _table(cases, lambda seen: seen.org)


def directly_follows(cases: Cases) -> Tables:
    return _table(cases, lambda seen: seen.activity)


def counts(cases: Cases) -> dict[str, float]:
    """Return the figures of a reference's summary that follow from organisations and times alone."""
    ours = handover(cases)
    between = [row for (a, b), row in ours.items() if a != b]
    durations = [(events[-1].at - events[0].at).total_seconds() for events in cases.values()]
    orgs = [[seen.org for seen in events] for events in cases.values()]
    pongs = [sum(a == c != b for a, b, c in zip(o, o[1:], o[2:], strict=False)) for o in orgs]
    return {
        "cases": len(cases),
        "events": sum(map(len, cases.values())),
        "df_transitions": sum(row["count"] or 0 for row in ours.values()),
        "handoffs": sum(row["count"] or 0 for row in between),
        "between_org_seconds": sum(row["sum"] or 0 for row in between),
        "within_org_seconds": sum(row["sum"] or 0 for row in ours.values())
        - sum(r["sum"] or 0 for r in between),
        "duration": sum(durations),
        "ping_pongs": sum(pongs),
        "cases_with_ping_pong": sum(map(bool, pongs)),
    }


def reference(path: Path, first: str, second: str) -> Tables:
    with path.open(newline="", encoding="utf-8") as file:
        return {
            (row[first], row[second]): {name: float(row[name]) if row[name] else None for name in NUMBERS}
            for row in csv.DictReader(file)
        }


def assert_equal(found: Tables, expected: Tables) -> None:
    """Assert that two tables agree: counts exactly, the rest to 1e-9."""
    assert found.keys() == expected.keys()
    for pair, row in found.items():
        assert row["count"] == expected[pair]["count"], pair
        for name in NUMBERS:
            wanted = expected[pair][name]
            assert row[name] == (None if wanted is None else pytest.approx(wanted, rel=1e-9, abs=0)), (
                pair,
                name,
            )


def _table(cases: Cases, what: Any) -> Tables:
    waits: dict[tuple[str, str], list[float]] = defaultdict(list)
    for events in cases.values():
        for a, b in pairwise(events):
            waits[what(a), what(b)].append((b.at - a.at).total_seconds())
    return {pair: _numbers(seconds) for pair, seconds in waits.items()}


def _numbers(seconds: Iterable[float]) -> dict[str, float | None]:
    x = np.array(list(seconds))
    median, *high = (float(np.percentile(x, q)) for q in (50, 90, 95, 99))
    stdev = float(x.std(ddof=1)) if x.size > 1 else None
    spread = {"min": float(x.min()), "max": float(x.max()), "sum": float(x.sum())}
    middle = {"mean": float(x.mean()), "median": median, "p90": high[0], "p95": high[1], "p99": high[2]}
    return {"count": float(x.size), **middle, "stdev": stdev, **spread}


def _value(element: ET.Element, key: str) -> str:
    return next(one.attrib["value"] for one in element if one.attrib.get("key") == key)
