"""A flow as charts and rebases see it: by the clock of the signals, with the baseline that they would lock."""

from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest

from analysis.arrays import DAY_US
from analysis.engine.baseline import Baseline
from analysis.findings import About
from analysis.items import Flow, FlowKey
from analysis.judging.asking import clocks
from analysis.judging.memory import Baselines
from analysis.judging.world import World
from analysis.local_time import LocalTime
from caseflow.charting.flows import seen_of
from caseflow.errors import CommandError
from caseflow.signals.rebase_change import Seen, change
from consumers.signals.rebase_desk import Wanted
from projections.silo_signals.baselines import What
from tests.support import hour_flows as hours
from tests.support import silo_flows as made

TO_A_ROLE = FlowKey("H24", "police", "prison")
AGENCIES = ("police", "north", "south")


def test_a_flow_to_a_role_is_seen_by_the_clock_of_those_that_hold_it() -> None:
    """One of the two prisons tells everything three days later than the police."""
    slots, days_late = made.YEAR + 20, (0, 0, 3)
    feeds = {}
    for n, (agency, late) in enumerate(zip(AGENCIES, days_late, strict=True)):
        when, lag = made.messages(n, 8, slots)
        feeds[agency] = replace(made.feed(when, lag + late * DAY_US), agency=agency)
    calendars = dict.fromkeys((*AGENCIES, "prison"), made.CALENDAR)
    flow = made.flow(made.drawn(1, 6, slots), TO_A_ROLE)
    speakers = {"prison": ("north", "south")}
    world = World({TO_A_ROLE: flow}, feeds, calendars, made.LOCAL, speakers=speakers)
    day = made.day(slots)
    seen = seen_of(world, Baselines(), TO_A_ROLE, day * DAY_US, day)
    by_the_signals = clocks(world, day * DAY_US)
    assert seen.view.known == by_the_signals["prison"]
    assert seen.view.known.day < by_the_signals["police"].day


def test_a_rebase_whose_window_is_known_by_day_is_refused_as_no_evaluation_would_lock_it() -> None:
    plain = hours.flow(*hours.drawn(4, 30, hours.YEAR + 400))
    third = np.random.default_rng(1).random(len(plain.items)) < 0.3
    by_day = Flow.of(hours.KEY, plain.items, hours.OFFICE, third)
    local = LocalTime.of(UTC, (hours.FIRST - 70) * DAY_US, (hours.FIRST + 728) * DAY_US)
    at = hours.known(hours.YEAR + 200)
    wanted = Wanted(About(hours.KEY), at.day - 1, hours.BASELINE, "Ann Smith", "a new office")
    for flow in (plain, by_day):
        world = World({hours.KEY: flow}, {}, dict.fromkeys(hours.KEY.pair, hours.DAYS), local)
        seen = Seen(world, Baselines(), at.now_us, at.day)
        if flow is plain:
            assert isinstance(change(seen, wanted, (), ()).becomes[What.STOP], Baseline)
        else:
            with pytest.raises(CommandError, match=r"known to their day only.*name another --window"):
                change(seen, wanted, (), ())
