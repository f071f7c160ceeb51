"""How a limit counts: kinds, conditions, periods, dates, extensions and pauses."""

import pytest

from models.hand_offs import State
from models.instants import DAY_US
from tests.support.asking import ANSWERED, ASKED, DUE, due_us, judged, limits, said, states
from tests.support.records import at
from tests.support.registers import ROW, TEN_DAYS, register

BY_KIND = register(
    ROW
    + limits(
        'kind = "max"\namount = 5\nwhere = { kind = ["quick"] }',
        'kind = "max"\namount = 20\nat_least = { days = 100 }',
        'kind = "max"\namount = 10',
    )
)


@pytest.mark.parametrize(
    ("data", "days", "assumed"),
    [
        ({"kind": "quick"}, 5, None),
        ({"kind": "slow", "days": 100}, 20, None),
        ({"kind": "slow", "days": "99"}, 10, None),
        ({"kind": "slow"}, 20, "days"),
        ({}, 20, "kind, days"),
        ({"days": 99}, 10, "kind"),
    ],
)
def test_the_first_limit_that_holds_counts_and_the_longest_where_an_attribute_is_unknown(data, days, assumed):
    [hand_off] = judged(said("asked", "2026-01-12T10:00:00", data=data), rules=BY_KIND)
    assert (hand_off.limit, hand_off.assumed) == (f"{days} calendar days", assumed)
    assert hand_off.due_us == at("2026-01-13T00:00:00") + days * DAY_US - 1


def test_an_extension_of_the_start_opens_nothing_and_changes_its_limit():
    longer = said(
        "asked", "2026-03-04T10:00:00", id="longer", extends=ASKED.id, data={"kind": "slow", "days": 150}
    )
    asked = said("asked", "2026-03-02T10:00:00", id=ASKED.id, data={"kind": "quick"})
    [hand_off] = judged(asked, longer, rules=BY_KIND)
    assert (hand_off.limit, hand_off.started_us) == ("20 calendar days", ASKED.time_us)


def test_a_limit_may_hold_only_given_another_event_within_it():
    rules = register(
        ROW
        + limits('kind = "max"\namount = 5\ngiven = { events = ["work.told"] }', 'kind = "max"\namount = 9')
    )
    within, past = said("told", "2026-03-07T23:59:59"), said("told", "2026-03-08T00:00:00")
    assert [judged(ASKED, told, rules=rules)[0].limit for told in (within, past)] == [
        "5 calendar days",
        "9 calendar days",
    ]


@pytest.mark.parametrize(("less", "days", "assumed"), [(4, 6, None), (11, 0, None), (None, 10, "less")])
def test_days_already_spent_are_taken_off(less, days, assumed):
    rules = register(ROW + limits('kind = "max"\namount = 10\nless = "less"'))
    [hand_off] = judged(said("asked", "2026-01-12T10:00:00", data={"less": less}), rules=rules)
    assert (hand_off.due_us, hand_off.assumed) == (at("2026-01-13T00:00:00") + days * DAY_US - 1, assumed)


def test_a_limit_counts_in_the_period_in_which_the_clock_starts():
    rules = register(
        ROW
        + limits('kind = "max"\namount = 5\nto = 2026-03-01', 'kind = "max"\namount = 9\nfrom = 2026-03-02')
    )
    earlier = said("asked", "2026-03-01T23:59:59")
    assert [judged(start, rules=rules)[0].limit for start in (earlier, ASKED)] == [
        "5 calendar days",
        "9 calendar days",
    ]


def test_a_clock_may_start_on_a_date_that_the_event_tells():
    rules = register(ROW.replace('["work.asked"]', '["work.asked"]\nat = "from"') + TEN_DAYS)
    told = said("asked", "2026-03-02T10:00:00", data={"from": "2026-03-10"})
    [hand_off] = judged(told, rules=rules)
    assert (hand_off.started_us, hand_off.due_us) == (
        at("2026-03-10T00:00:00"),
        at("2026-03-21T00:00:00") - 1,
    )
    early = said("answered", "2026-03-05T10:00:00")
    [met] = judged(told, early, rules=rules)
    assert (met.state, met.wait_us) == (State.MET, 0)


@pytest.mark.parametrize("told", ["soon", 7, None, "2026-13-45"])
def test_what_is_no_date_leaves_the_clock_on_the_events_own_time(told):
    rules = register(ROW.replace('["work.asked"]', '["work.asked"]\nat = "from"') + TEN_DAYS)
    [hand_off] = judged(said("asked", "2026-03-02T10:00:00", data={"from": told}), rules=rules)
    assert hand_off.started_us == ASKED.time_us


def test_a_stop_may_be_judged_on_the_date_it_tells():
    rules = register(ROW.replace('["work.answered"]', '["work.answered"]\nat = "date"') + TEN_DAYS)
    for date, state in (("2026-03-12", "met"), ("2026-03-13", "met_late")):
        stop = said("answered", "2026-03-03T10:00:00", data={"date": date})
        assert states(ASKED, stop, rules=rules) == [state]


def test_a_lead_limit_counts_back_from_a_date_and_steps_off_days_not_worked():
    lead = 'kind = "lead"\namount = 2\nunit = "working-days"\nroll = "back"\ncalendar = "bank"\nat = "date"'
    rules = register(ROW + limits(lead + "\nwarning = 2"))
    asked = said("asked", "2026-12-01T10:00:00", data={"date": "2027-01-02"})
    assert due_us(asked, rules=rules) == at("2026-12-30T00:00:00") - 1
    warned_us = at("2026-12-23T00:00:00")  # two working days earlier still
    assert not judged(asked, rules=rules, now_us=warned_us - 1)[0].due_soon
    assert judged(asked, rules=rules, now_us=warned_us)[0].due_soon


def test_a_lead_limit_may_end_before_its_day_begins():
    rules = register(ROW + limits('kind = "lead"\namount = 0\nat = "date"\nedge = "beginning"'))
    asked = said("asked", "2026-07-01T10:00:00", data={"date": "2026-07-10"})
    assert due_us(asked, rules=rules) == at("2026-07-10T00:00:00+01:00") - 1


def test_the_date_may_come_from_an_anchor_and_the_last_one_counts():
    anchor = '\n[anchor]\nevents = ["work.listed"]\nwhere = { kind = ["main"] }\nat = "date"\n'
    rules = register(ROW + anchor + limits('kind = "lead"\namount = 7\nat = "date"'))
    listed = said("listed", "2026-03-03T10:00:00", data={"kind": "main", "date": "2026-04-20"})
    again = said("listed", "2026-03-04T10:00:00", data={"kind": "main", "date": "2026-04-27"})
    other = said("listed", "2026-03-05T10:00:00", data={"kind": "side", "date": "2026-06-01"})
    assert due_us(ASKED, rules=rules) is None
    assert due_us(ASKED, listed, other, rules=rules) == at("2026-04-14T00:00:00+01:00") - 1
    assert due_us(ASKED, listed, again, other, rules=rules) == at("2026-04-21T00:00:00+01:00") - 1


def test_a_date_limit_ends_with_that_day_or_the_working_day_before():
    plain = register(ROW + limits('kind = "date"\nat = "date"'))
    back = register(ROW + limits('kind = "date"\nat = "date"\nroll = "back"\ncalendar = "bank"'))
    asked = said("asked", "2026-03-02T10:00:00", data={"date": "2026-03-14"})
    assert due_us(asked, rules=plain) == at("2026-03-15T00:00:00") - 1
    assert due_us(asked, rules=back) == at("2026-03-14T00:00:00") - 1
    [unknown] = judged(ASKED, rules=plain, now_us=at("2030-01-01"))
    assert (unknown.state, unknown.due_us, unknown.assumed) == (State.OPEN, None, "date")


def test_a_standard_stands_beside_the_date_and_for_it_where_none_was_told():
    standard = '\n[[standard]]\nkind = "max"\namount = 5\ncertainty = "C"\nsource = "a standard"\n'
    rules = register(ROW + limits('kind = "date"\nat = "date"') + standard)
    asked = said("asked", "2026-03-02T10:00:00", data={"date": "2026-03-20"})
    [both] = judged(asked, ANSWERED, rules=rules)
    assert (both.state, both.due_us, both.standard_due_us) == (
        State.MET,
        at("2026-03-21T00:00:00") - 1,
        at("2026-03-08T00:00:00") - 1,
    )
    [alone] = judged(ASKED, ANSWERED, rules=rules)
    assert (alone.state, alone.limit, alone.assumed) == (State.MET_LATE, "5 calendar days", "date")


def test_a_floor_is_broken_by_a_stop_too_early_and_never_by_the_clock():
    rules = register(ROW + limits('kind = "floor"\namount = 5'))
    assert states(ASKED, said("answered", "2026-03-06T23:59:59"), rules=rules) == ["met_late"]
    assert states(ASKED, said("answered", "2026-03-07T00:00:00"), rules=rules) == ["met"]
    assert states(ASKED, rules=rules, now_us=at("2027-01-01")) == ["open"]


def test_a_window_is_missed_on_either_side():
    rules = register(ROW + limits('kind = "window"\namount = 20\nleast = 10\nat = "date"'))
    asked = said("asked", "2026-01-05T10:00:00", data={"date": "2026-02-21"})
    days = {"2026-01-31": "met_late", "2026-02-01": "met", "2026-02-11": "met", "2026-02-12": "met_late"}
    assert {d: states(asked, said("answered", f"{d}T12:00:00"), rules=rules)[0] for d in days} == days


def test_a_share_or_an_unknown_number_is_never_judged_for_one_case():
    share = 'kind = "share"\npercent = 90\namount = 24\nunit = "hours"'
    later = 'kind = "share"\npercent = 100\namount = 3'
    [hand_off] = judged(ASKED, rules=register(ROW + limits(share, later)), now_us=at("2030-01-01"))
    assert (hand_off.state, hand_off.limit) == (
        State.OPEN,
        "90 % within 24 hours, 100 % within 3 calendar days",
    )
    [local] = judged(ASKED, rules=register(ROW + limits('kind = "local"')), now_us=at("2030-01-01"))
    assert (local.state, local.limit, local.due_us) == (State.OPEN, "local", None)


def test_an_extension_moves_the_due_day_unless_the_limit_had_lapsed():
    extension = (
        '\n[extension]\nevents = ["work.extended"]\nwhere = { granted = [true] }\nuntil = "until"\n'
        + TEN_DAYS
    )
    rules = register(ROW + extension)
    granted = {"granted": True, "until": "2026-05-01"}
    moved = at("2026-05-02T00:00:00+01:00") - 1
    assert due_us(ASKED, said("extended", DUE, data=granted), rules=rules) == moved
    assert due_us(ASKED, said("extended", DUE + 1, data=granted), rules=rules) == DUE
    assert due_us(ASKED, said("extended", DUE, data={**granted, "granted": False}), rules=rules) == DUE


HOURS = limits('kind = "max"\namount = 24\nunit = "hours"')


def test_a_limit_in_hours_is_not_judged_where_only_the_day_is_known():
    rules = register(ROW + HOURS)
    by_day = said("asked", "2026-03-02T00:00:00", precision="day")
    [opened] = judged(by_day, rules=rules)
    assert (opened.due_us, opened.assumed) == (None, "time of day")
    [closed] = judged(ASKED, said("answered", "2026-03-09T00:00:00", precision="day"), rules=rules)
    assert (closed.state, closed.assumed) == (State.MET, "time of day")


def test_hours_are_elapsed_time_across_a_change_of_the_clocks():
    asked = said("asked", "2026-10-24T20:00:00+01:00")
    assert due_us(asked, rules=register(ROW + HOURS)) == at("2026-10-25T19:00:00")


PAUSE = '\n[[pause]]\nfrom_events = ["work.halted"]\nto_events = ["work.resumed"]\n'


def test_a_clock_stands_still_in_a_pause_and_is_not_due_while_it_does():
    rules = register(ROW + PAUSE + TEN_DAYS)
    halted, resumed = said("halted", "2026-03-04T10:00:00"), said("resumed", "2026-03-09T10:00:00")
    assert due_us(ASKED, halted, rules=rules) is None
    assert due_us(ASKED, halted, resumed, rules=rules) == DUE + 5 * DAY_US
    assert due_us(ASKED, said("halted", DUE + 1), rules=rules) == DUE


def test_a_pause_adds_hours_to_hours_and_working_days_to_working_days():
    halted, resumed = said("halted", "2026-03-06T09:00:00"), said("resumed", "2026-03-09T10:00:00")
    asked = said("asked", "2026-03-06T08:00:00")
    assert due_us(asked, halted, resumed, rules=register(ROW + PAUSE + HOURS)) == at("2026-03-10T09:00:00")
    working = limits('kind = "max"\namount = 3\nunit = "working-days"\ncalendar = "bank"')
    rules = register(ROW + PAUSE + working)
    assert due_us(asked, halted, resumed, rules=rules) == at("2026-03-13T00:00:00") - 1


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "2201-01-01", "1899-12-31"])
def test_a_date_that_no_case_can_be_about_is_unknown(date):
    rules = register(ROW + limits('kind = "lead"\namount = 5\nunit = "months"\nat = "date"'))
    [hand_off] = judged(said("asked", "2026-03-02T10:00:00", data={"date": date}), rules=rules)
    assert (hand_off.due_us, hand_off.assumed) == (None, "date")


@pytest.mark.parametrize("less", ["9" * 5_000, 10**12, -10, -(10**18)])
def test_days_that_cannot_have_been_spent_are_unknown(less):
    rules = register(ROW + limits('kind = "max"\namount = 10\nless = "less"'))
    [hand_off] = judged(said("asked", "2026-01-12T10:00:00", data={"less": less}), rules=rules)
    assert (hand_off.due_us, hand_off.assumed) == (at("2026-01-13T00:00:00") + 10 * DAY_US - 1, "less")


def test_a_possible_limit_without_a_number_is_the_longest():
    rules = register(ROW + limits('kind = "local"\nwhere = { kind = ["a"] }', 'kind = "max"\namount = 10'))
    [hand_off] = judged(ASKED, rules=rules)
    assert (hand_off.due_us, hand_off.limit, hand_off.assumed) == (None, "local", "kind")


def test_an_attribute_that_nothing_can_be_compared_with_is_not_kept():
    rules = register(ROW + limits('kind = "max"\namount = 5\nwhere = { kind = ["a"] }', 'kind = "local"'))
    for odd in ("a" * 300, ["a"], {"a": 1}, 1.5):
        [hand_off] = judged(said("asked", "2026-01-12T10:00:00", data={"kind": odd}), rules=rules)
        assert hand_off.assumed == "kind"
