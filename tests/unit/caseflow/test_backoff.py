"""How long the supervisor waits before a process starts again."""

from caseflow.backoff import HEALTHY_S, LONGEST_S, BackOff


def test_waits_double_with_every_failure_soon_after_a_start() -> None:
    back_off = BackOff()
    assert [back_off.after(1.0) for _ in range(4)] == [0.5, 1.0, 2.0, 4.0]


def test_waits_never_grow_past_the_longest() -> None:
    back_off = BackOff()
    assert [back_off.after(0.0) for _ in range(100)][-1] == LONGEST_S


def test_a_process_that_ran_long_begins_a_new_story() -> None:
    back_off = BackOff()
    for _ in range(5):
        back_off.after(1.0)
    assert back_off.after(HEALTHY_S) == 0.5
    assert back_off.after(1.0) == 1.0
