"""What is planted does what it says, where and when it says, and changes nothing else."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from statistics import median

import pytest

from publishers.synthetic.local_time import DAY
from publishers.synthetic.partnership import tellings
from publishers.synthetic.plants.catalogue import CATALOGUE, Target
from publishers.synthetic.plants.planted import PlantError, read_plant
from publishers.synthetic.plants.waits import held, stretched, worked
from publishers.synthetic.wire import arrivals
from publishers.synthetic.world import World
from tests.support.profiles import shipped

CASES, FEW = 350, 120
UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
END = int(UNTIL.timestamp())
FROM = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
AGES_AWAY = END + 10 * 365 * DAY


@cache
def cases(*plants, count=CASES):
    """Return every case of a world with these plants, by reference."""
    world = World(shipped("cleveland-and-durham"), 1, count, tuple(read_plant(text) for text in plants))
    told = [case for number in world.numbers(None, END) for case in tellings(world, number)]
    return {case.story.case: case for case in told}


@cache
def sent(*plants, count=FEW):
    """Return what each case of a small world sends, by its reference."""
    told = cases(*plants, count=count)
    return {ref: [(one.at, one.line) for one in arrivals(*case)] for ref, case in told.items()}


def drawn(case):
    """Return the waits of a case as they were drawn, by row and by what started and by what might end them."""
    return {
        (note.rule, note.start.key, note.victim and note.victim.number): note.turn.drawn
        for note in case.story.notes
        if note.turn is not None and note.turn.drawn is not None
    }


def waits(told, rule, since=0):
    """Return the ends of a row's waits in days after they began."""
    notes = [note for case in told.values() for note in case.story.notes if note.rule == rule]
    return [
        (note.stops[0].at - note.start.at) / DAY for note in notes if note.stops and note.start.at >= since
    ]


def said(told, name, since=0):
    found = [one for case in told.values() for one in case.story.said if one.name == name]
    return [one for one in found if since <= one.at < AGES_AWAY]


EVERY_PLANT = [
    "slow-pair=cps:police,from=2026-01-01,factor=3",
    "stopped-flow=cps:police,from=2026-01-01",
    "receiver-weekday=court:probation,from=2026-01-01",
    "sender-weekday=cps:police,from=2026-01-01",
    "sender-weekday=police:cps,from=2026-01-01",
    "returns=police:cps,from=2026-01-01",
    "publish-lag=probation,from=2026-01-01",
    "closure=cps,from=2026-01-05",
    "reduced-capacity=cps,from=2026-01-05",
    "improved-pair=cps:police,from=2026-01-01",
    "skips=wcu:victim,from=2026-01-01",
    "cost-shift=police:cps,from=2026-01-01",
    "urgent-only=cps:police,from=2026-01-01",
    "bad-dates,from=2026-01-01",
    "boundary,from=2026-01-01",
]


@pytest.mark.parametrize("text", EVERY_PLANT)
def test_a_case_that_the_plant_does_not_touch_is_the_same_to_the_byte(text):
    plain, planted = sent(), sent(text)
    assert plain.keys() == planted.keys()
    untouched = [ref for ref, case in cases(text, count=FEW).items() if not case.story.planted]
    assert 0 < len(untouched) < len(planted)
    assert all(planted[ref] == plain[ref] for ref in untouched)


@pytest.mark.parametrize("text", EVERY_PLANT)
def test_a_case_that_it_does_touch_keeps_the_draws_of_all_its_waits(text):
    plain, planted = cases(count=FEW), cases(text, count=FEW)
    touched = [ref for ref, case in planted.items() if case.story.planted]
    name = text.partition("=")[0].partition(",")[0]
    assert all(planted[ref].story.planted == {name} for ref in touched)
    if name in {"returns", "cost-shift"}:
        return  # a file that comes back once more is another story from there on
    for ref in touched:
        before, after = drawn(plain[ref]), drawn(planted[ref])
        assert all(after[key] == before[key] for key in before.keys() & after.keys())


@pytest.mark.parametrize("text", EVERY_PLANT)
def test_nothing_changes_before_the_plant_begins(text):
    for ref, planted in sent(text).items():
        before = [one for one in planted if one[0] < FROM]
        assert before == [one for one in sent()[ref] if one[0] < FROM]


def test_a_slow_pair_makes_its_own_waits_longer_and_no_others():
    plain, planted = cases(), cases(EVERY_PLANT[0])
    assert median(waits(planted, "H04", FROM)) > 2.2 * median(waits(plain, "H04", FROM))
    assert median(waits(planted, "H15", FROM)) == pytest.approx(median(waits(plain, "H15", FROM)), rel=0.1)


def test_an_improved_pair_makes_its_waits_shorter():
    plain, planted = cases(), cases("improved-pair=cps:police,from=2026-01-01")
    assert median(waits(planted, "H04", FROM)) < 0.75 * median(waits(plain, "H04", FROM))


def test_a_stopped_flow_leaves_a_trickle():
    plain, planted = cases(), cases("stopped-flow=cps:police,from=2026-01-01")
    usual, left = (len(said(told, "charge.decision-made", FROM)) for told in (plain, planted))
    assert 0 < left < 0.2 * usual


def test_a_flow_that_runs_again_brings_what_was_held():
    planted = cases("stopped-flow=cps:police,from=2026-01-01,to=2026-03-31")
    opened = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp())
    after = [one for one in said(planted, "charge.decision-made", opened) if one.at < opened + 5 * DAY]
    usual = [one for one in said(cases(), "charge.decision-made", opened) if one.at < opened + 5 * DAY]
    assert len(after) > 4 * len(usual)


def test_urgent_work_still_flows_while_the_rest_stops():
    planted = cases("urgent-only=cps:police,from=2026-01-01")
    left = len(said(planted, "charge.decision-made", FROM))
    assert 0.1 < left / len(said(cases(), "charge.decision-made", FROM)) < 0.4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("receiver-weekday=court:probation,from=2026-01-01,weekday=2", "probation.case-allocated"),
        ("sender-weekday=cps:police,from=2026-01-01,weekday=3", "charge.decision-made"),
        ("sender-weekday=police:cps,from=2026-01-01,weekday=4", "charge.referred-to-cps"),
    ],
)
def test_work_that_is_done_on_one_weekday_is_done_on_no_other(text, name):
    local = World(shipped("cleveland-and-durham"), 1, 1).diary.local
    at = [one.at for one in said(cases(text), name, FROM) if one.data.get("suspectStatus") != "custody"]
    days = Counter((local.day(one) + 3) % 7 + 1 for one in at)
    wanted = int(text[-1])
    assert days[wanted] / days.total() > (0.8 if name == "charge.decision-made" else 0.97)
    usual = Counter((local.day(one.at) + 3) % 7 + 1 for one in said(cases(), name, FROM))
    assert usual[wanted] / usual.total() < 0.4


def test_returns_become_more_frequent_and_nothing_gets_faster():
    plain, planted = cases(), cases("returns=police:cps,from=2026-01-01")
    share = [
        len(said(told, "charge.file-rejected", FROM)) / len(said(told, "charge.referred-to-cps", FROM))
        for told in (plain, planted)
    ]
    assert share[0] == pytest.approx(0.05, abs=0.025)
    assert share[1] == pytest.approx(0.2, abs=0.06)


def test_a_feed_that_lags_is_late_as_a_whole_while_the_work_is_done_in_time():
    plain, planted = cases(), cases("publish-lag=probation,from=2026-01-01,days=5")
    for ref, case in planted.items():
        for one, before in zip(case.records, plain[ref].records, strict=True):
            assert one.first.at == before.first.at
            late = one.said.role == "probation" and before.first.recorded >= FROM
            assert (one.first.recorded - before.first.recorded) / DAY >= (5 if late else 0)


def test_nothing_is_done_while_an_agency_is_closed():
    begins = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())
    planted = cases("closure=cps,from=2026-01-05,days=10")
    closed = [o for o in said(planted, "charge.decision-made", begins) if o.at < begins + 10 * DAY]
    assert closed == []
    usual = [o for o in said(cases(), "charge.decision-made", begins) if o.at < begins + 10 * DAY]
    assert usual


def test_a_surge_adds_cases_and_leaves_the_others_alone():
    plain, planted = sent(), sent("surge,from=2026-03-01,factor=2,days=60")
    assert all(planted[ref] == plain[ref] for ref in plain)
    added = planted.keys() - plain.keys()
    assert len(added) == pytest.approx(FEW * 60 / 730, abs=2)
    assert all(ref.endswith(("/3", "/4")) for ref in added)


def test_skips_leave_hand_offs_without_an_end():
    plain, planted = cases(), cases("skips=wcu:victim,from=2026-01-01")
    missed = []
    for told in (plain, planted):
        notes = [n for case in told.values() for n in case.story.notes if n.rule in {"V03", "V04", "V05"}]
        recent = [note for note in notes if note.start.at >= FROM]
        missed.append(sum(not note.stops for note in recent) / len(recent))
    assert missed[0] == pytest.approx(0.02, abs=0.01)
    assert missed[1] == pytest.approx(0.15, abs=0.03)


def test_bad_dates_are_refused_and_said_again_rightly():
    planted = cases("bad-dates,from=2026-01-01,share=0.05")
    misdated = [one for case in planted.values() for one in case.records if one.misdated is not None]
    assert misdated
    assert all(one.misdated < 0 or one.misdated > END + 100 * 365 * DAY for one in misdated)
    exact = Counter(one.first.precision for case in planted.values() for one in case.records)
    assert exact["day"] > Counter(o.first.precision for c in cases().values() for o in c.records)["day"]


def test_a_boundary_slows_what_crosses_it_and_nothing_inside():
    plain, planted = cases(), cases("boundary,from=2026-01-01,factor=2")
    assert median(waits(planted, "H04", FROM)) > 1.5 * median(waits(plain, "H04", FROM))
    assert median(waits(planted, "H31", FROM)) == pytest.approx(median(waits(plain, "H31", FROM)), rel=0.1)


def test_the_null_plants_nothing():
    assert sent("null") == sent()


def test_two_plants_hold_together():
    both = cases("slow-pair=cps:police,from=2026-01-01", "skips=wcu:victim,from=2026-01-01")
    names = {name for case in both.values() for name in case.story.planted}
    assert names == {"slow-pair", "skips"}


# The catalogue and how it is asked for


def test_the_catalogue_has_every_scenario_once():
    assert [effect.scenario for effect in CATALOGUE.values()] == [f"S{number}" for number in range(1, 17)]
    harmless = {effect.scenario for effect in CATALOGUE.values() if effect.harmless}
    assert harmless == {"S7", "S8", "S9", "S14", "S16"}
    assert all(effect.sentence.endswith(".") for effect in CATALOGUE.values())


def test_a_plant_is_written_as_it_is_read():
    text = "slow-pair=cps:hmcts-magistrates,from=2026-03-01,factor=3"
    assert str(read_plant(text)) == text
    for effect in CATALOGUE.values():
        target = {Target.PAIR: "=police:cps", Target.AGENCY: "=cps", Target.EVERYBODY: ""}[effect.target]
        plant = read_plant(effect.name + target)
        assert read_plant(str(plant)) == plant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("slow-pear=a:b", "nothing named 'slow-pear'"),
        ("slow-pair=cps", "write slow-pair=sender:receiver"),
        ("closure=a:b", "write closure=agency"),
        ("surge=cps", "write surge without a target"),
        ("slow-pair=a:b,days=3", "has no parameter 'days'"),
        ("slow-pair=a:b,factor=big", "parameters are numbers"),
        ("slow-pair=a:b,from=March", "'March' is no day"),
        ("slow-pair=a:b,3", "write '3' as name=value"),
    ],
)
def test_a_wrong_plant_says_what_to_write(text, says):
    with pytest.raises(PlantError, match=says):
        read_plant(text)


def test_waits_are_stretched_from_their_start():
    assert stretched(10, 30, 2) == 50
    assert stretched(10, 30, 0.5) == 20


def test_a_held_wait_ends_when_the_flow_runs_again_or_never():
    assert held(30, 20, 40, 999) == 40
    assert held(30, 20, None, 999) == 999
    assert held(10, 20, 40, 999) == 10
    assert held(50, 20, 40, 999) == 50


def test_work_stands_still_in_a_closure_and_goes_on_after_it():
    assert worked(0, 30, begins=10, over=20, strength=0) == 40
    assert worked(15, 18, begins=10, over=20, strength=0) == 23
    assert worked(0, 5, begins=10, over=20, strength=0) == 5
    assert worked(25, 30, begins=10, over=20, strength=0) == 30


def test_weak_work_takes_longer_while_it_is_weak():
    assert worked(10, 12, begins=10, over=20, strength=0.5) == 14
    assert worked(10, 18, begins=10, over=20, strength=0.5) == 23
