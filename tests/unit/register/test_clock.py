"""Due soon and the tiers of lateness, by the clock: one row for each unit, with instants worked out by hand."""

import pytest

from models.hand_offs import State
from tests.support.register_lines import due
from tests.support.register_table import SECOND, grace_us, local
from tests.unit.register.arrest_to_charge import H02, H04
from tests.unit.register.custody_time_limits import H10
from tests.unit.register.release_and_recall import H40
from tests.unit.register.sentence import H23
from tests.unit.register.supervision import H36

# Due soon at 80 % of the limit; tiers at due, 25 % and 100 % of the limit later, each moved by the grace.
TABLE = (
    # 24 hours: 19 h 12 min, 6 h, 24 h
    (H40, "2026-03-02 16:30", "2026-03-03 16:30", "2026-03-03 11:42", "2026-03-03 22:30", "2026-03-04 16:30"),
    # over the change of the clocks: the same, elapsed
    (H40, "2026-03-28 20:00", "2026-03-29 21:00", "2026-03-29 16:12", "2026-03-30 03:00", "2026-03-30 21:00"),
    # 28 calendar days, 29 with day 0: 23 d 4 h 48 min, 7 d 6 h, 29 d
    (H04, "2026-01-05 00:00", "2026-02-02", "2026-01-28 04:48", "2026-02-10 06:00", "2026-03-04 00:00"),
    # 5 working days, 8 days with day 0 and a weekend: 6 d 9 h 36 min, 2 d, 8 d
    (H23, "2026-03-02 00:00", "2026-03-09", "2026-03-08 09:36", "2026-03-12 00:00", "2026-03-18 00:00"),
    # 3 months, 93 days with day 0: 74 d 9 h 36 min, 23 d 6 h, 93 d, in summer time by then
    (
        H02.like(bailStartDate="2026-11-02"),
        "2026-11-02 09:00",
        "2027-02-02",
        "2027-01-15 09:36",
        "2027-02-26 06:00",
        "2027-05-07 01:00",
    ),
    # 56 calendar days that roll back to the 53rd from a Monday in winter: 54 days with day 0
    (H10, "2026-11-02 00:00", "2026-12-24", "2026-12-14 09:36", "2027-01-07 06:00", "2027-02-16 00:00"),
)
NAMES = ("wait", "start", "last", "soon", "tier_1", "tier_2")
each_unit = pytest.mark.parametrize(NAMES, TABLE)


@each_unit
def test_it_is_due_soon_from_the_profiles_share_on(wait, start, last, soon, tier_1, tier_2):
    line = due(wait, start, last, "")
    before = line.hand_off(now_us=local(soon) - SECOND)
    after = line.hand_off(now_us=local(soon) + SECOND)
    assert (before.state, before.due_soon) == (State.OPEN, False)
    assert (after.state, after.due_soon) == (State.OPEN, True)


@each_unit
def test_lateness_rises_in_tiers_after_the_grace(wait, start, last, soon, tier_1, tier_2):
    line = due(wait, start, last, "")
    for tier, instant in ((1, local(tier_1)), (2, local(tier_2))):
        at_us = instant + grace_us(wait.row)
        assert line.hand_off(now_us=at_us - SECOND).tier == tier - 1
        assert line.hand_off(now_us=at_us + SECOND).tier == tier
    assert line.hand_off(now_us=local(tier_2) * 2).tier == 2


def test_what_is_overdue_is_not_due_soon_any_more():
    line = due(H40, "2026-03-02 16:30", "2026-03-03 16:30", "")
    found = line.hand_off(now_us=line.due_us + grace_us("H40") + 1)
    assert (found.state, found.due_soon) == (State.OVERDUE, False)


def test_the_warning_of_a_licence_comes_two_working_days_before_its_hard_stop():
    line = due(H36, "2026-12-01 10:00", "2026-12-29", "", licenceStartDate="2027-01-02")
    assert not line.hand_off(now_us=local("2026-12-22 23:59")).due_soon
    assert line.hand_off(now_us=local("2026-12-24 00:00")).due_soon
