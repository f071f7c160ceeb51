"""Delays: what a figure has to be, how judgements are compared, what a receiver has counted."""

import pytest
from rich.console import Console

from bench.delays.figure import Figure, counted, spread
from bench.delays.folded import judged
from bench.delays.judgements import SEED, UNTIL
from bench.delays.partnership import judge
from bench.delays.receiver import Arrived, Receiver
from bench.delays.report import flat, show
from bench.delays.tally import Key, Order, Tally, compared, total
from bench.delays.ticks import Clock
from models.rules import Rules
from tests.support.profiles import shipped

LATE = Key("H40", "c-1", "decided", None)
IN_TIME = Key("H40", "c-2", "decided", None)


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (Figure("max", 3.0, "s", at_most=3.0), True),
        (Figure("max", 3.001, "s", at_most=3.0), False),
        (Figure("rows", 10.0, "s", below=10.0), False),
        (Figure("messages", 1, exactly=1), True),
        (Figure("messages", 2, exactly=1), False),
        (Figure("anything", 7), True),
    ],
)
def test_a_figure_holds_when_it_is_what_is_asked_of_it(figure, holds):
    assert figure.holds is holds


def test_only_figures_of_which_something_is_asked_are_counted():
    figures = [Figure("a", 1, exactly=1), Figure("b", 1, exactly=0), Figure("c", 5)]
    assert counted(figures) == (1, 1)


def test_what_could_not_be_measured_counts_as_failed():
    told = flat([Figure("a", 1, exactly=1)], {"storms": "no broker"})
    assert (told["passed"], told["failed"], told["storms_failed"]) == (1, 1, "no broker")


def test_the_last_line_says_how_many_passed_and_failed():
    console = Console(record=True, width=100, quiet=False)
    with console.capture() as printed:
        show([Figure("a", 1, exactly=1)], {"storms": "no broker"}, console)
    assert printed.get().splitlines()[-1] == "1 passed, 1 failed"


def test_waits_become_seconds_and_only_the_greatest_is_judged():
    figures = spread("wait", [1_000_000, 2_000_000, 4_000_000], at_most=3)
    assert [(f.name, f.value, f.holds) for f in figures] == [
        ("wait_p50_s", 2.0, True),
        ("wait_p95_s", 4.0, True),
        ("wait_p99_s", 4.0, True),
        ("wait_max_s", 4.0, False),
    ]
    assert spread("wait", []) == []


def test_a_late_hand_off_judged_in_time_is_overlooked_and_the_other_way_round_invented():
    found = compared({LATE: "met", IN_TIME: "overdue"}, {LATE: "met_late", IN_TIME: "met"}, Tally(cases=2))
    assert (found.late, found.overlooked, found.invented, found.other_state) == (1, 1, 1, 2)
    assert (found.precision, found.recall, found.cases) == (0, 0, 2)


def test_late_hand_offs_of_which_the_truth_knows_nothing_are_invented():
    found = compared({LATE: "met_late", IN_TIME: "overdue"}, {LATE: "met_late"}, Tally())
    assert (found.precision, found.recall, found.without_truth) == (0.5, 1.0, 1)


def test_tallies_of_several_chapters_add_up():
    assert total([Tally(cases=2, folding_s=0.5), Tally(cases=3, folding_s=0.25)]) == Tally(
        cases=5, folding_s=0.75
    )


def test_nothing_folded_is_nothing_judged():
    assert judged([], Order.ARRIVAL, 0, Rules.of(shipped("cleveland-and-durham"))) == {}


def test_a_few_synthetic_cases_are_judged_as_they_were_drawn():
    for tally in judge(200, SEED, UNTIL, 0, 20).values():
        assert tally.hand_offs > tally.late > 0
        assert (tally.precision, tally.recall, tally.other_state) == (1.0, 1.0, 0)


def test_a_repeated_delivery_is_a_repeat_and_the_first_telling_counts():
    receiver = Receiver()
    told = Arrived(
        5, "d", "probation", 10, (("storm-000001", "raised"), ("storm-in-a-second-000001", "raised"))
    )
    receiver.requests += [told, told._replace(at_us=9)]
    assert receiver.first_told("storm") == {"storm-000001": 5}
    assert receiver.repeats("storm") == 1


def test_the_tick_of_a_deadline_is_the_first_later_one_of_its_partition():
    clock = Clock({"c-1": 0, "c-2": 1}, {0: [(10, 11), (20, 22), (30, 33)]})
    assert clock.tick_after("c-1", 20) == 33
    assert clock.tick_after("c-1", 19) == 22
    assert clock.tick_after("c-1", 30) is None
    assert clock.tick_after("c-2", 0) is None
