"""The generator of the silo scenarios: the usual world has its shape, and a plant changes what it says, no more."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.arrays import DAY_US, NEVER
from analysis.items import End
from bench.signals.case_steps import EVENLY, UNEVENLY, Plan, case_steps
from bench.signals.days import FIRST_MONDAY, Days, calendar_day, date_of, working_day
from bench.signals.draws import outlasted_by, share_lasting, waiting
from bench.signals.pairs import RATES, pairs, planted
from bench.signals.world import Run, world
from publishers.synthetic.plants.planted import read_plant
from publishers.synthetic.plants.waits import collected, rarer

WEEKS = 20
DAYS = Days.of(WEEKS)
PAIR = planted(30)
EFFECT = DAYS.judged_week(4)
DAY = date_of(EFFECT)
EFFECT_US = calendar_day(EFFECT) * DAY_US


def run(*plants, pair=PAIR, seed=1, declared=True, inside=None):
    told = tuple(read_plant(text.format(a=pair.sender, b=pair.receiver, day=DAY)) for text in plants)
    return world(Run(seed, (pair,), told, declared=declared, inside=inside), DAYS)


def items(*plants, **told):
    looked_at = run(*plants, **told)
    return looked_at.flows[PAIR.key].items


@pytest.fixture(scope="module")
def plain():
    return items()


@pytest.fixture(scope="module")
def flow():
    return run().flows[PAIR.key]


def waits(flow_items, calendar, since=0, until=NEVER):
    done = (flow_items.started >= since) & (flow_items.started < until) & (flow_items.ended < NEVER)
    slots = [calendar.slots(times[done] // DAY_US) for times in (flow_items.started, flow_items.ended)]
    return slots[1] - slots[0]


def test_twelve_pairs_have_the_rates_of_the_specification():
    assert [pair.rate for pair in pairs(10)] == list(RATES)
    assert sum(RATES) == 58
    assert [planted(weekly).rate * 5 for weekly in (2, 10, 30)] == [2, 10, 30]
    assert planted(2).key not in {pair.key for pair in pairs(10) if pair.rate == 2}


def test_waits_are_log_normal_with_a_median_of_ten_open_days(plain, flow):
    early = waits(plain, flow.calendar, until=EFFECT_US - 60 * DAY_US)
    assert np.median(early) == pytest.approx(10, abs=1)
    assert np.log(np.maximum(early, 0.5)).std() == pytest.approx(0.7, abs=0.08)


def test_items_arrive_at_the_rate_of_their_pair_on_working_days_and_in_working_hours(plain):
    assert len(plain) / DAYS.working == pytest.approx(PAIR.rate, rel=0.05)
    day, hour = plain.started // DAY_US, plain.started % DAY_US // 3_600_000_000
    assert set(((day + 3) % 7).tolist()) == {0, 1, 2, 3, 4}
    assert (hour.min(), hour.max()) == (9, 16)


def test_two_in_a_hundred_are_skipped_and_five_come_back(plain):
    over = plain.end != End.NONE
    assert (plain.end[over] == End.MISSING).mean() == pytest.approx(0.02, abs=0.01)
    assert (plain.returned[over] < NEVER).mean() == pytest.approx(0.05, abs=0.015)
    assert (plain.returned[plain.returned < NEVER] == plain.ended[plain.returned < NEVER]).all()


def test_an_event_is_published_about_half_an_hour_after_it_occurred():
    looked_at = run()
    feed = looked_at.feeds[PAIR.receiver]
    assert np.median(feed.lag_us) == pytest.approx(1.8e9, rel=0.1)
    assert np.array_equal(looked_at.local.local(feed.published - feed.lag_us), feed.occurred)
    assert len(feed) / DAYS.working == pytest.approx(2 * PAIR.rate, rel=0.05)


def test_the_same_seed_gives_the_same_run_and_another_one_another(plain):
    again, other = items(), items(seed=2)
    assert all(np.array_equal(getattr(plain, name), getattr(again, name)) for name in plain.__slots__)
    assert len(other) != len(plain) or (other.started != plain.started).any()


@pytest.mark.parametrize(
    "plant",
    [
        "slow-pair={a}:{b},from={day}",
        "stopped-flow={a}:{b},from={day}",
        "returns={a}:{b},from={day}",
        "skips={a}:{b},from={day}",
        "receiver-weekday={a}:{b},from={day}",
        "sender-weekday={a}:{b},from={day}",
        "publish-lag={b},from={day}",
        "closure={b},from={day}",
        "surge,from={day}",
    ],
)
def test_nothing_changes_before_a_plant_begins(plant, plain):
    changed = items(plant)
    early = int(np.count_nonzero(plain.started < EFFECT_US))
    assert int(np.count_nonzero(changed.started < EFFECT_US)) == early
    over = plain.ended[:early] < EFFECT_US
    for name in ("started", "ended", "end", "returned", "started_known", "ended_known"):
        before, after = getattr(plain, name)[:early][over], getattr(changed, name)[:early][over]
        assert np.array_equal(before, after), name


@pytest.mark.parametrize("plant", ["slow-pair=x:y,from={day}", "stopped-flow={b}:{a},from={day}", "null"])
def test_a_plant_on_others_changes_nothing(plant, plain):
    changed = items(plant)
    assert all(np.array_equal(getattr(plain, name), getattr(changed, name)) for name in plain.__slots__)


def test_a_slow_pair_doubles_the_waits_that_begin_later(plain, flow):
    slow = items("slow-pair={a}:{b},from={day}")
    window = EFFECT_US, EFFECT_US + 30 * DAY_US
    assert np.median(waits(slow, flow.calendar, *window)) == pytest.approx(
        2 * np.median(waits(plain, flow.calendar, *window)), rel=0.1
    )


def test_a_stopped_flow_lets_a_trickle_pass(plain):
    stopped = items("stopped-flow={a}:{b},from={day}")
    late, usual = ((one.ended >= EFFECT_US) & (one.ended < NEVER) for one in (stopped, plain))
    assert late.sum() / usual.sum() == pytest.approx(0.05, abs=0.03)


def test_a_receiver_of_one_weekday_ends_everything_on_it():
    ended = items("receiver-weekday={a}:{b},from={day}").ended
    day = ended[(ended >= EFFECT_US) & (ended < NEVER)] // DAY_US
    assert set(((day + 3) % 7).tolist()) == {1}


def test_a_sender_of_one_weekday_starts_everything_on_it():
    started = items("sender-weekday={a}:{b},from={day}").started
    day = started[started >= EFFECT_US] // DAY_US
    assert set(((day + 3) % 7).tolist()) == {1}
    assert (np.diff(started) >= 0).all()


def test_shares_of_returns_and_skips_become_those_of_the_plant():
    back = items("returns={a}:{b},from={day}")
    lost = items("skips={a}:{b},from={day}")
    window = (back.started >= EFFECT_US) & (back.started < EFFECT_US + 50 * DAY_US)
    assert (back.returned[window] < NEVER).mean() == pytest.approx(0.2, abs=0.06)
    assert (lost.end[window] == End.MISSING).mean() == pytest.approx(0.15, abs=0.05)


def test_a_hidden_lag_delays_the_whole_feed_and_none_of_the_work(plain):
    looked_at = run("publish-lag={b},from={day}")
    late, feed = looked_at.flows[PAIR.key].items, looked_at.feeds[PAIR.receiver]
    done = (plain.ended >= EFFECT_US) & (plain.ended < NEVER)
    assert np.array_equal(late.ended, plain.ended)
    assert (late.ended_known[done] - plain.ended_known[done] == 5 * DAY_US).all()
    assert (feed.lag_us[feed.occurred >= EFFECT_US] > 5 * DAY_US).all()


def test_a_declared_closure_is_in_the_calendar_and_nothing_ends_in_it():
    declared, hidden = (run("closure={b},from={day}", declared=known) for known in (True, False))
    closed = range(calendar_day(EFFECT), calendar_day(EFFECT + 10))
    for looked_at, weight in ((declared, 0.0), (hidden, 1.0)):
        ended = looked_at.flows[PAIR.key].items.ended // DAY_US
        assert not np.isin(ended, closed).any()
        calendar = looked_at.calendars[PAIR.receiver]
        assert calendar.weights[calendar_day(EFFECT + 3) - calendar.first] == weight
    occurred = [one.feeds[PAIR.receiver].occurred // DAY_US for one in (declared, hidden)]
    assert [bool(np.isin(days, closed).any()) for days in occurred] == [False, True]


def test_reduced_strength_holds_up_less_than_a_closure(plain):
    weak = run("reduced-capacity={b},from={day}")
    during = [
        np.count_nonzero((one.ended >= EFFECT_US) & (one.ended < EFFECT_US + 14 * DAY_US))
        for one in (plain, weak.flows[PAIR.key].items)
    ]
    assert 0.25 < during[1] / during[0] < 0.55
    calendar = weak.calendars[PAIR.receiver]
    assert calendar.weights[calendar_day(EFFECT) - calendar.first] == 0.5


def test_a_surge_doubles_arrivals_for_sixty_working_days(plain):
    surged = items("surge,from={day}")
    window = EFFECT_US, calendar_day(EFFECT + 60) * DAY_US
    counts = [
        np.count_nonzero((one.started >= window[0]) & (one.started < window[1])) for one in (plain, surged)
    ]
    assert counts[1] / counts[0] == pytest.approx(2, rel=0.15)


def test_an_urgent_share_keeps_flowing_quickly_while_the_rest_stops(flow):
    urgent = items("urgent-only={a}:{b},from={day}")
    later = waits(urgent, flow.calendar, EFFECT_US)
    before = waits(urgent, flow.calendar, until=EFFECT_US - 60 * DAY_US)
    assert np.median(before) == pytest.approx(12, abs=1)
    assert np.median(later) == pytest.approx(6, abs=1)


def test_own_work_leads_to_the_passage_of_the_same_case_and_a_return_to_more_of_it():
    looked_at = run(inside=PAIR)
    own, passing = looked_at.flows[PAIR.inside_key].items, looked_at.flows[PAIR.key].items
    first = dict(zip(own.case[::-1].tolist(), own.ended[::-1].tolist(), strict=True))
    begun = np.unique(passing.case, return_index=True)
    assert all(
        first[case] == passing.started[at] for case, at in zip(*(x.tolist() for x in begun), strict=True)
    )
    back = passing.returned[passing.returned < EFFECT_US]
    assert np.isin(back, own.started).all()


def test_cost_shift_makes_own_work_quicker():
    plain, quick = (run(*plants, inside=PAIR) for plants in ((), ("cost-shift={a}:{b},from={day}",)))
    window = EFFECT_US, EFFECT_US + 50 * DAY_US
    both = [
        waits(one.flows[PAIR.inside_key].items, one.calendars[PAIR.sender], *window) for one in (plain, quick)
    ]
    assert both[1].mean() / both[0].mean() == pytest.approx(0.6, abs=0.1)


def test_other_events_can_flow_beside_a_pair():
    [usual, busy] = (run(pair=replace(PAIR, others=others)).feeds[PAIR.receiver] for others in (1.0, 3.0))
    assert len(busy) / len(usual) == pytest.approx(2, rel=0.1)


def test_a_plant_begins_on_a_working_day():
    assert working_day(np.datetime64(DAY).astype(object)) == EFFECT
    with pytest.raises(ValueError, match="no working day"):
        working_day(np.datetime64("2025-03-22").astype(object))


def test_days_go_from_a_monday_to_the_midnight_after_the_last_sunday():
    evenings = DAYS.evenings()
    assert (evenings[0] + 3) % 7 == 0
    assert (evenings[-1] + 3) % 7 == 6
    assert len(evenings) == WEEKS * 7
    assert evenings[0] == FIRST_MONDAY + 52 * 7


def test_what_is_put_off_to_a_weekday_comes_on_it():
    assert [collected(at, 2) for at in (0.5, 1.5, 2.5, 6.0, 9.9)] == [1.5, 1.5, 6.5, 6.0, 11.9]


def test_at_full_strength_a_wait_ends_when_it_would_and_at_a_part_of_it_never_sooner():
    for since, ends in ((-20.0, -1.0), (-3.0, 4.0), (-3.0, 30.0), (2.0, 5.0), (11.0, 12.0)):
        same, late = (
            rarer(since, ends, (0.0, 10.0, part), share_lasting, outlasted_by) for part in (1.0, 0.4)
        )
        assert same == pytest.approx(ends)
        assert (late > ends) is (ends > 0 and since < 10)


def test_at_a_part_of_the_strength_that_part_of_the_usual_number_ends():
    began = np.linspace(-60, 0, 20_000)
    waits_ = waiting(np.random.default_rng(3), began.size)
    both = zip(began.tolist(), (began + waits_).tolist(), strict=True)
    ends = np.array([rarer(*one, (0.0, 5.0, 0.4), share_lasting, outlasted_by) for one in both])
    usual = np.count_nonzero((began + waits_ > 0) & (began + waits_ < 1))
    assert np.count_nonzero((ends > 0) & (ends < 1)) / usual == pytest.approx(0.4, abs=0.05)


def test_steps_across_are_slower_by_the_plant_alone():
    plain = case_steps(1, Plan(1))
    slow = case_steps(1, Plan(1, plant=read_plant("boundary")))
    assert np.array_equal(plain.across, slow.across)
    took = [one.ended - one.started for one in (plain, slow)]
    assert np.median(took[1][plain.across] / took[0][plain.across]) == pytest.approx(1.3, abs=1e-6)
    assert np.allclose(took[1][~plain.across], took[0][~plain.across], atol=2)


def test_steps_lead_across_as_often_as_planned():
    for shares in (EVENLY, UNEVENLY):
        steps = case_steps(2, Plan(4, shares=shares))
        found = [steps.across[steps.from_activity == step].mean() for step in range(3)]
        assert found == pytest.approx(shares, abs=0.04)
