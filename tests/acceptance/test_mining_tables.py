"""The tables of process mining equal the references of both real logs: counts exactly, the rest to 1e-9."""

import csv
import json

import numpy as np
import pytest

from analysis.arrays import NEVER
from analysis.mining.event_log import EventLog
from analysis.mining.rework import ping_pongs, recurring, returned, returns, reworked_cases
from analysis.mining.tables import PairTimes, deviations, directly_follows, handover, summary
from tests.support.event_logs import COOK, FINES, event_log
from tests.support.shared import shared

TIMES = ("mean", "median", "p90", "p95", "p99", "stdev", "min", "max", "sum")
HANDOVER = [(COOK, "day_handover.csv", 14), (FINES, "handover.csv", 15)]
FOLLOWS = [(COOK, "day_dfg.csv", 68), (FINES, "dfg.csv", 40)]
LOGS = [(COOK, "day_summary.json"), (FINES, "summary.json")]


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=0)


def differences(table: tuple[PairTimes, ...], reference: str, keys: tuple[str, str]) -> list[str]:
    """Return what of a table differs from the reference file; rows must come in its order."""
    with shared(reference).open(newline="") as file:
        expected = list(csv.DictReader(file))
    found = []
    if [(row.before, row.after) for row in table] != [(row[keys[0]], row[keys[1]]) for row in expected]:
        found.append("rows")
    for row, wanted in zip(table, expected, strict=False):
        if row.times.count != int(wanted["count"]):
            found.append(f"{row.before} {row.after} count")
        for name in TIMES:
            value = getattr(row.times, name)
            if (value is None) != (wanted[name] == "") or (
                value is not None and value != close(float(wanted[name]))
            ):
                found.append(f"{row.before} {row.after} {name}")
        found += [
            f"{row.before} {row.after} {name}"
            for name in ("share_of_transitions", "pm4py_handover_beta0")
            if name in wanted and row.share != close(float(wanted[name]))
        ]
    return found


@pytest.mark.parametrize(("folder", "name", "rows"), HANDOVER)
def test_the_handover_table_equals_the_reference(folder: str, name: str, rows: int) -> None:
    table = handover(event_log(folder))
    assert len(table) == rows
    assert differences(table, f"{folder}/{name}", ("from_org", "to_org")) == []
    assert sum(row.share for row in table) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(("folder", "name", "rows"), FOLLOWS)
def test_the_directly_follows_table_equals_the_reference(folder: str, name: str, rows: int) -> None:
    table = directly_follows(event_log(folder))
    assert len(table) == rows
    assert differences(table, f"{folder}/{name}", ("from", "to")) == []


@pytest.mark.parametrize(("folder", "name"), LOGS)
def test_the_summary_equals_the_reference(folder: str, name: str) -> None:
    wanted = json.loads(shared(f"{folder}/{name}").read_text())
    found = summary(event_log(folder))
    same = {
        "cases": found.cases,
        "events": found.events,
        "activities": found.activities,
        "orgs": found.orgs,
        "variants": found.variants,
        "start_activities": found.starts,
        "end_activities": found.ends,
        "rework_cases_per_activity": found.rework,
        "df_transitions": found.transitions,
        "df_pairs": len(directly_follows(event_log(folder))),
        "handoffs": found.hand_offs,
        "ping_pongs": found.ping_pongs,
        "cases_with_ping_pong": found.cases_with_ping_pong,
    }
    assert same == {key: wanted[key] for key in same}
    assert found.case_times is not None
    for key, value in wanted["case_duration"].items():
        assert getattr(found.case_times, key) == close(value), key
    assert found.between_s == close(wanted["between_org_seconds"])
    assert found.within_s == close(wanted["within_org_seconds"])
    assert found.between_share == close(wanted["between_share"])


@pytest.mark.parametrize(("folder", "name"), LOGS)
@pytest.mark.parametrize("z", [2, 6])
def test_deviations_equal_the_reference(folder: str, name: str, z: int) -> None:
    wanted = json.loads(shared(f"{folder}/{name}").read_text())
    found = deviations(event_log(folder), z)
    assert found.pairs == wanted[f"deviations_z{z}"]
    assert found.cases == wanted[f"deviating_cases_z{z}"]
    assert found.late == wanted[f"late_deviations_z{z}"]


@pytest.mark.parametrize(
    ("folder", "back_and_forth", "with_runs_as_one", "reworked"),
    [(COOK, (1_336, 1_321), 1_348, 276), (FINES, (334, 272), 340, 279)],
)
def test_back_and_forth_is_counted_as_the_specification_says(
    folder: str, back_and_forth: tuple[int, int], with_runs_as_one: int, reworked: int
) -> None:
    steps = event_log(folder).steps()
    found = ping_pongs(steps)
    assert (found.count, found.cases) == back_and_forth
    assert sum(found.by_pair.values()) == found.count
    assert returns(steps).count == with_runs_as_one
    assert reworked_cases(steps) == reworked
    assert sum(one.extra for one in recurring(steps)) >= reworked
    # Work also comes back by way of a third organisation.
    assert np.count_nonzero(returned(steps) != NEVER) >= with_runs_as_one


def test_ties_in_another_order_break_the_equality() -> None:
    log = event_log(COOK)
    swapped = EventLog.of(
        [log.cases[case] for case in log.case],
        -np.arange(len(log)),
        [log.activities[code] for code in log.activity],
        log.time,
        [log.orgs[code] for code in log.org],
    )
    assert differences(handover(swapped), f"{COOK}/day_handover.csv", ("from_org", "to_org"))
    assert differences(directly_follows(swapped), f"{COOK}/day_dfg.csv", ("from", "to"))


def test_the_order_of_the_rows_does_not_matter() -> None:
    log = event_log(FINES)
    order = np.random.default_rng(3).permutation(len(log))
    shuffled = EventLog.of(
        [log.cases[case] for case in log.case[order]],
        np.arange(len(log))[order],
        [log.activities[code] for code in log.activity[order]],
        log.time[order],
        [log.orgs[code] for code in log.org[order]],
    )
    assert handover(shuffled) == handover(log)
    assert summary(shuffled) == summary(log)
