from datetime import UTC, datetime, timedelta

import pytest

from consumers.alerts.outcomes import Accepted, Failed, Wrong
from consumers.alerts.retry import JITTER, LONGEST_SECONDS, Again, Attempt, Parked, Sent, back_off, step_after

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def attempt(age: timedelta = timedelta(), number: int = 1) -> Attempt:
    return Attempt("m", number, AT - age, AT)


def test_what_was_accepted_is_sent_with_its_note() -> None:
    assert step_after(attempt(), Accepted("one of two"), DAY) == Sent("one of two")


def test_what_will_never_be_accepted_is_parked_at_once_and_has_not_left() -> None:
    assert step_after(attempt(), Wrong("410"), DAY) == Parked("410", may_have_left=False)


def test_what_failed_is_tried_again_after_its_back_off() -> None:
    step = step_after(attempt(number=3), Failed("500"), DAY)
    assert step == Again(AT + back_off("m", 3), "500", may_have_left=True)


def test_what_has_failed_for_long_enough_is_parked() -> None:
    assert isinstance(step_after(attempt(DAY - timedelta(seconds=1)), Failed("500"), DAY), Again)
    assert step_after(attempt(DAY), Failed("500"), DAY) == Parked("500", may_have_left=True)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 1), (2, 2), (4, 8), (7, 60), (5_000, 60)])
def test_the_back_off_doubles_up_to_a_minute(attempts: int, seconds: float) -> None:
    waits = [back_off(f"message {number}", attempts).total_seconds() for number in range(200)]
    assert min(waits) >= seconds * (1 - JITTER)
    assert max(waits) <= min(seconds, LONGEST_SECONDS) * (1 + JITTER)
    assert max(waits) - min(waits) > seconds * JITTER, "receivers are not tried all at once"


def test_the_back_off_of_a_message_can_be_repeated() -> None:
    assert back_off("m", 3) == back_off("m", 3)
