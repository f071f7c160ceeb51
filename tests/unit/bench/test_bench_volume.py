"""A great partnership is the synthetic one told again: shifted by whole weeks, evenly begun, nothing after now."""

from functools import cache

import numpy as np

from bench.delays.figure import Figure
from bench.signals import volume_hand_offs, volume_rows
from bench.signals.table import figure_rows
from bench.signals.volume_hand_offs import HAND_OFF_COLUMNS
from bench.signals.volume_rows import EVENT_COLUMNS, WEEK_US, Size, drawn
from bench.signals.volume_templates import Templates, templates
from models.instants import DAY_US
from tests.support.profiles import shipped

NOW_US = 1_700_000_000_000_000
SIZE = Size(300, 104, NOW_US)


@cache
def made() -> Templates:
    return templates(shipped("cleveland-and-durham"), 6)


def cells(blocks, columns):
    lines = b"".join(blocks).decode().splitlines()
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def test_cases_begin_evenly_in_the_weeks_up_to_now():
    numbers = list(range(made().begun_us.size))
    rows = drawn(made(), numbers, SIZE, 1.0, 1)
    begun = made().begun_us[rows.template] + rows.shift_us
    assert (rows.shift_us % WEEK_US == 0).all()
    assert begun.min() >= NOW_US - 105 * WEEK_US
    assert begun.max() <= NOW_US
    counts, _ = np.histogram(begun, bins=4)
    assert counts.min() > SIZE.cases / 8


def test_each_case_has_ten_events_and_four_hand_offs_of_which_none_is_told_after_now():
    events = cells(volume_rows.events(made(), SIZE), EVENT_COLUMNS)
    hand_offs = cells(volume_hand_offs.hand_offs(made(), SIZE), HAND_OFF_COLUMNS)
    assert 5 * SIZE.cases < len(events) <= 11 * SIZE.cases
    assert 2 * SIZE.cases < len(hand_offs) <= 5 * SIZE.cases
    assert len({(row["case_ref"], row["source"], row["event_id"]) for row in events}) == len(events)
    assert [row["published_at"] for row in events] == sorted(row["published_at"] for row in events)
    known = [
        int(row[name])
        for row in hand_offs
        for name in ("started_known_us", "stopped_known_us")
        if row[name] != r"\N"
    ]
    assert max(known) <= NOW_US


def test_what_was_not_stopped_by_now_is_open():
    hand_offs = cells(volume_hand_offs.hand_offs(made(), SIZE), HAND_OFF_COLUMNS)
    waiting = [row for row in hand_offs if row["state"] in ("open", "overdue")]
    assert all((row["stopped_us"], row["ended_us"]) == (r"\N", r"\N") for row in waiting)
    recent = [row for row in waiting if int(row["started_us"]) > NOW_US - 60 * DAY_US]
    assert len(recent) > 0


def test_every_row_of_the_table_has_a_name_that_people_can_read() -> None:
    loaded = ("case_file", "case_event", "step", "hand_off", "weekly_change", "load_s")
    parts = ("weeks", "weeks_s", "load_s", "evaluate_s", "keep_s", "all_s", "with_weeks_s", "rss_mb")
    counts = ("flows", "items", "feed_events", "steps", "baselines", "findings", "signals")
    days = [f"{day}_{part}" for day in ("full", "daily") for part in (*parts, *counts)]
    rows = figure_rows([Figure(f"volume_{name}", 1.0) for name in (*loaded, *days)])
    assert [row.title for row in rows if "_" in row.title] == []
    assert len({row.title for row in rows}) == len(rows)
    assert rows[-1].title == "the Monday after: signals, open or candidates"
