"""Every late hand-off of the synthetic partnership is found, and none is invented: against what was drawn."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import cache

import pytest

from infra.profile_files import read_profile_files
from models.canonical import Recorded
from models.checks import accept
from models.hand_offs import State
from models.instants import to_us
from models.profile import parse_profile
from models.reading import read
from models.refusals import Refused
from models.rules import Rules
from publishers.synthetic.partnership import tell, truth
from publishers.synthetic.plants.planted import read_plant
from publishers.synthetic.truth.limits import LIMITS
from publishers.synthetic.world import World
from tests.support.cases import fold
from tests.support.profiles import shipped

CASES, SEED = 5_000, 7
UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATE = {State.MET_LATE, State.OVERDUE}


def world(cases, seed, *plants):
    return World(shipped("cleveland-and-durham"), seed, cases, tuple(read_plant(text) for text in plants))


def accepted(told, until):
    """Return by case what intake would let through, in the order of arrival."""
    cases = defaultdict(list)
    for number, arrival in enumerate(tell(told, until)):
        event = arrival.event
        checked = accept(
            event, told.profile, to_us(event.recordedtime), (f"caseflow.{event.stage}", 0, number)
        )
        if isinstance(checked, Recorded):
            cases[arrival.case].append(checked)
        else:
            assert isinstance(checked, Refused)
            assert event.id.endswith("-misdated"), checked
    return cases


def judged(cases, rules, until):
    """Return every hand-off by row, case, start and victim."""
    found = {}
    for case, events in cases.items():
        for one in read(fold(events, rules, to_us(until)), rules).hand_offs:
            key = (one.rule, case, one.start_event, one.about)
            assert key not in found, key
            found[key] = one
    return found


def labelled(told, until):
    return {(one.rule, one.case, one.start_event, one.about): one for one in truth(told, until)}


def differences(found, true):
    """Return, grouped by row, what was missed and invented; and every other difference of state, due and stop."""
    late = {key for key, one in found.items() if one.state in LATE}
    wanted = {key for key, one in true.items() if one.late}
    numbered = {key for key in found if key[0] in LIMITS}
    both = {key for key in true.keys() & numbered if true[key].why != "said in error"}
    return {
        "missed": Counter(key[0] for key in wanted - late),
        "invented": Counter(key[0] for key in late - wanted),
        "not there": Counter(key[0] for key in true.keys() ^ numbered),
        "state": Counter(key[0] for key in both if found[key].state != true[key].state),
        "stop": Counter(key[0] for key in both if found[key].stop_event != true[key].stop_event),
        "due": Counter(key[0] for key in both if found[key].due_us != _due(true[key])),
    }


def _due(label):
    return None if label.due is None else to_us(datetime.fromisoformat(label.due))


def assert_same(found, true):
    assert any(label.late for label in true.values())
    assert {what: dict(rows) for what, rows in differences(found, true).items() if rows} == {}


@cache
def published():
    told = world(CASES, SEED)
    return accepted(told, UNTIL), labelled(told, UNTIL), Rules.of(told.profile)


def test_every_late_hand_off_is_found_and_none_invented_in_the_order_of_arrival():
    cases, true, rules = published()
    assert_same(judged(cases, rules, UNTIL), true)


def test_every_late_hand_off_is_found_and_none_invented_in_any_order():
    cases, true, rules = published()
    order = random.Random(7)  # noqa: S311 - a repeatable order
    shuffled = {case: order.sample(events, len(events)) for case, events in cases.items()}
    assert_same(judged(shuffled, rules, UNTIL), true)


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("hand_offs/H15.toml", "amount = 28", "amount = 27"),
        ("hand_offs/V02.toml", "about = true", "about = false"),
        ("hand_offs/H04.toml", 'events = ["charge.decision-made"]', 'events = ["charge.file-rejected"]'),
        ("calendars.toml", 'holidays = "GB-ENG"', 'holidays = "GB-SCT"'),
    ],
    ids=["limit", "about", "stop", "calendar"],
)
def test_a_mistake_in_the_register_is_noticed(file, right, wrong):
    texts = read_profile_files("cleveland-and-durham")
    assert right in texts[file]
    mistaken = Rules.of(parse_profile({**texts, file: texts[file].replace(right, wrong, 1)}))
    told = world(500, SEED)
    found = judged(accepted(told, UNTIL), mistaken, UNTIL)
    assert any(differences(found, labelled(told, UNTIL)).values())


@pytest.mark.parametrize(
    "until",
    [
        datetime(2025, 12, 29, 3, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    ],
    ids=["christmas", "clocks-forward", "clocks-back"],
)
def test_the_same_holds_at_other_ends(until):
    told = world(500, SEED)
    assert_same(judged(accepted(told, until), Rules.of(told.profile), until), labelled(told, until))


@pytest.mark.parametrize(
    "plants",
    [
        ("slow-pair=cps:hmcts-magistrates,from=2026-03-01,factor=3", "skips=wcu:victim,from=2026-01-01"),
        ("stopped-flow=court:probation,from=2026-09-01", "publish-lag=probation,from=2026-11-01"),
        ("sender-weekday=cps:police", "receiver-weekday=prison:probation", "returns=police:cps,share=0.4"),
        ("bad-dates,share=0.05", "surge,from=2026-08-01", "boundary,from=2026-06-01"),
        ("closure=cps,from=2026-11-02", "urgent-only=wcu:victim,from=2026-10-01", "cost-shift=police:cps"),
    ],
    ids=lambda plants: "+".join(text.partition("=")[0].partition(",")[0] for text in plants),
)
def test_the_same_holds_whatever_is_planted(plants):
    told = world(400, SEED, *plants)
    assert_same(judged(accepted(told, UNTIL), Rules.of(told.profile), UNTIL), labelled(told, UNTIL))
