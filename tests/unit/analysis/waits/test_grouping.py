"""Waits in groups: by who takes part and by when they began, in the open days of each receiver."""

from datetime import date

import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.items import End, Flow, FlowKey, Items, Known
from analysis.open_days import OpenDays
from analysis.waits.grouping import Between, Part, grouped
from models.wait_groups import By

EPOCH = date(1970, 1, 1)


def day(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


FIRST = day("2025-12-29")
TODAY = day("2026-08-03")


def part(
    waits: list[tuple[str, str | None]],
    sender: str = "police",
    receiver: str = "cps",
    area: str = "north",
    end: End = End.STOP,
) -> Part:
    """Return a flow of waits from a day to a day, None for open ones, known at once."""
    started = np.array([day(begun) for begun, _ in waits]) * DAY_US
    ended = np.array([NEVER if over is None else day(over) * DAY_US for _, over in waits])
    never = np.full(started.size, NEVER)
    items = Items(
        case=np.arange(started.size),
        started=started,
        started_known=started,
        ended=ended,
        ended_known=ended,
        end=np.where(ended == NEVER, End.NONE, end).astype(np.int8),
        due=never,
        returned=never,
        returned_known=never,
    )
    flow = Flow.of(FlowKey("H03", sender, receiver), items, OpenDays.weekdays(FIRST, 400))
    return Part(area, flow, Known(TODAY * DAY_US, TODAY))


def test_weeks_are_not_compared() -> None:
    with pytest.raises(ValueError, match="listed as cohorts"):
        grouped([part([("2026-03-31", None)])], By.WEEK)


def test_a_wait_belongs_to_the_period_in_which_it_began_whenever_it_ends() -> None:
    one = part([("2026-03-31", "2026-04-02"), ("2026-04-01", "2026-04-07"), ("2026-07-01", None)])
    found = grouped([one], By.QUARTER)
    assert {name: (one.time.tolist(), one.censored.tolist()) for name, one in found.items()} == {
        "2026-Q1": ([2.0], [False]),
        "2026-Q2": ([4.0], [False]),
        "2026-Q3": ([22.0], [True]),
    }
    assert list(grouped([one], By.MONTH)) == ["2026-03", "2026-04", "2026-07"]
    assert [len(waits) for waits in grouped([one], By.YEAR).values()] == [3]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.PAIR, ["durham → cps", "police → cps"]),
        (By.SENDER, ["durham", "police"]),
        (By.RECEIVER, ["cps"]),
        (By.AREA, ["north", "south"]),
    ],
)
def test_flows_are_grouped_by_who_takes_part(by: By, names: list[str]) -> None:
    north = part([("2026-03-02", "2026-03-03")])
    south = part([("2026-03-02", "2026-03-09")], sender="durham", area="south")
    found = grouped([north, south], by)
    assert list(found) == names
    assert sum(map(len, found.values())) == 2


def test_only_waits_that_began_between_two_days_count() -> None:
    one = part([("2026-03-01", "2026-03-05"), ("2026-03-02", "2026-03-05"), ("2026-04-01", "2026-04-03")])
    between = Between(day("2026-03-02"), day("2026-04-01"))
    assert [len(waits) for waits in grouped([one], By.PAIR, between).values()] == [1]
    assert grouped([one], By.PAIR, Between(day("2027-01-01"))) == {}


def test_what_ended_without_its_stop_is_not_over() -> None:
    (found,) = grouped([part([("2026-03-02", "2026-03-06")], end=End.VOID)], By.PAIR).values()
    assert (found.time.tolist(), found.censored.tolist()) == ([4.0], [True])
