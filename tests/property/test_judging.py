"""Judging by the whole register: a step at a time or at once, and by the clock only when the clock says so."""

from hypothesis import given
from hypothesis import strategies as st

from models.canonical import Recorded
from models.case import Advanced, Case, at_time, evolve
from models.hand_offs import State
from models.instants import DAY_US
from models.reading import NOTHING_READ, read
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
ROWS = RULES.profile.rules
HOUR_US = 3_600_000_000
START = at("2026-03-20T08:00:00")
SOURCES = ["cleveland-police", "cps-north-east", "hmcts-magistrates", "probation-north-east", "hmp-durham"]
VALUES: dict[str, list[object]] = {}
for clause in (clause for row in ROWS for _, clause in row.clauses()):
    for name, listed in clause.where.items():
        VALUES.setdefault(name, []).extend(listed)
    for name in (*clause.at_least, *clause.at_most):
        VALUES.setdefault(name, []).extend([10, 364, 365, 800])
ODD_DATES = st.sampled_from(["9999-12-31", "0001-01-01", "", "soon"])
DATES = ODD_DATES | st.integers(-20, 60).map(
    lambda days: f"2026-{4 + (days + 20) // 28:02d}-{1 + (days + 20) % 28:02d}"
)


@st.composite
def said(draw: st.DrawFn, number: int, event_type: str) -> Recorded:
    """An event of a type that the register knows, with some of the attributes that it reads of it."""
    data = {}
    for name in RULES.profile.event_types[event_type].judged:
        if draw(st.booleans()):
            known = st.sampled_from(VALUES[name]) if name in VALUES else DATES
            data[name] = draw(st.sampled_from(["v1", "v2"]) if name == "victimRef" else known)
    source = draw(st.sampled_from(SOURCES))
    hours = draw(st.integers(0, 60 * 24))
    return recorded(
        event_type,
        START + hours * HOUR_US,
        id=f"e{number}",
        source=source,
        owner=source,
        precision=draw(st.sampled_from(["second", "second", "second", "day"])),
        data=data,
    )


@st.composite
def case_events(draw: st.DrawFn) -> list[Recorded]:
    """Events around a few rows of the register, extensions among them."""
    rows = draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=3))
    types = sorted({name for row in rows for name in row.event_types})
    told = [draw(said(number, draw(st.sampled_from(types)))) for number in range(draw(st.integers(1, 10)))]
    if draw(st.booleans()):
        root = draw(st.sampled_from(told))
        again = draw(said(99, root.type))
        told.append(
            recorded(again.type, again.time_us, id="x", source=root.source, extends=root.id, data=again.data)
        )
    return told


CLOCKS = st.lists(st.integers(0, 120 * 24).map(lambda hours: START + hours * HOUR_US), max_size=4)


@given(case_events(), CLOCKS)
def test_a_step_at_a_time_comes_to_the_same_as_all_at_once(told: list[Recorded], clocks: list[int]) -> None:
    case, before = Case(told[0].subject), NOTHING_READ
    ticks = sorted(clocks)
    for number, event in enumerate(told):
        outcome = evolve(case, event, RULES)
        case = outcome.case if isinstance(outcome, Advanced) else case
        if number < len(ticks):
            case = at_time(case, ticks[number])
        before = read(case, RULES, before)
        assert before == read(case, RULES)


@given(case_events(), st.integers(0, 120 * 24), st.integers(1, 40 * 24))
def test_nothing_changes_by_the_clock_before_it_was_said_to(
    told: list[Recorded], hours: int, later: int
) -> None:
    now_us = START + hours * HOUR_US
    first = reading(told, RULES, now_us)
    then_us = now_us + later * HOUR_US
    until_us = then_us if first.next_due_us is None else min(then_us, first.next_due_us - 1)
    assert reading(told, RULES, until_us).hand_offs == first.hand_offs
    if first.next_due_us is not None:
        assert reading(told, RULES, first.next_due_us).hand_offs != first.hand_offs


@given(case_events(), st.integers(0, 200 * 24))
def test_a_hand_off_is_what_its_instants_say(told: list[Recorded], hours: int) -> None:
    now_us = START + hours * HOUR_US
    for hand_off in reading(told, RULES, now_us).hand_offs:
        match hand_off.state:
            case State.OVERDUE:
                assert hand_off.overdue_us is not None
                assert now_us > hand_off.overdue_us
            case State.OPEN:
                assert hand_off.overdue_us is None or now_us <= hand_off.overdue_us
            case State.MET | State.MET_LATE:
                assert hand_off.stopped_us is not None
                assert hand_off.wait_us is not None
                late = hand_off.due_us is not None and hand_off.stopped_us > hand_off.due_us
                early = hand_off.earliest_us is not None and hand_off.stopped_us < hand_off.earliest_us
                assert (hand_off.state is State.MET_LATE) == (late or early)
                assert hand_off.wait_us >= 0
            case State.MISSING | State.VOID | State.NEGATIVE:
                assert (hand_off.stopped_us is None) == (hand_off.state is not State.NEGATIVE)
        assert (hand_off.tier is not None) == (hand_off.state is State.OVERDUE)
        assert not hand_off.due_soon or hand_off.state is State.OPEN


@given(case_events())
def test_every_hand_off_has_an_identity_of_its_own_and_two_ends(told: list[Recorded]) -> None:
    found = reading(told, RULES, START + 10 * DAY_US).hand_offs
    assert len({hand_off.id for hand_off in found}) == len(found)
    for hand_off in found:
        assert hand_off.sender
        assert hand_off.internal == (hand_off.sender == hand_off.receiver) or not hand_off.internal
        assert hand_off.owner in (hand_off.sender, hand_off.receiver)
