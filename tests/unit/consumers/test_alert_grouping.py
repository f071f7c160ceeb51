from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from consumers.alerts.grouping import (
    BURST,
    FOR_A_BURST,
    FOR_FEW,
    MOST_IN_ONE,
    MOST_UNDELIVERED,
    Waiting,
    allowance,
    digest_id,
    message_id,
    messages_of,
    patience_for,
)
from consumers.daily import last_due, local_day_of, next_due
from models.routes import AlertSettings

LONDON = ZoneInfo("Europe/London")
SETTINGS = AlertSettings(group_from=3, at_most_per_minute=10)


def waiting(*alerts: str) -> list[Waiting]:
    return [Waiting(place, alert) for place, alert in enumerate(alerts)]


def test_few_alerts_are_one_message_each() -> None:
    assert messages_of(waiting("a", "b"), SETTINGS, 5) == [(Waiting(0, "a"),), (Waiting(1, "b"),)]


def test_many_alerts_are_one_message() -> None:
    assert messages_of(waiting("a", "b", "c"), SETTINGS, 5) == [tuple(waiting("a", "b", "c"))]


def test_more_alerts_than_messages_are_allowed_are_one_message() -> None:
    assert len(messages_of(waiting("a", "b"), SETTINGS, 1)) == 1


def test_what_one_message_cannot_hold_goes_into_the_next_as_far_as_allowed() -> None:
    alerts = waiting(*map(str, range(2 * MOST_IN_ONE + 1)))
    assert [len(one) for one in messages_of(alerts, SETTINGS, 5)] == [MOST_IN_ONE, MOST_IN_ONE, 1]
    assert [len(one) for one in messages_of(alerts, SETTINGS, 1)] == [MOST_IN_ONE]


def test_notices_about_one_alert_stay_together_and_count_once() -> None:
    [first, second] = messages_of(waiting("a", "b", "a", "a"), SETTINGS, 5)
    assert [one.outbox for one in first] == [0, 2, 3]
    assert [one.outbox for one in second] == [1]


def test_nothing_is_made_of_nothing_or_without_an_allowance() -> None:
    assert messages_of([], SETTINGS, 5) == []
    assert messages_of(waiting("a"), SETTINGS, 0) == []


def test_the_allowance_ends_with_the_minute_and_with_what_is_under_way() -> None:
    assert allowance(SETTINGS, 9, 0) == 1
    assert allowance(SETTINGS, 12, 0) == 0
    assert allowance(SETTINGS, 0, MOST_UNDELIVERED) == 0


def test_a_burst_is_given_more_time_to_become_one_message() -> None:
    assert patience_for(1) == patience_for(BURST - 1) == FOR_FEW
    assert patience_for(BURST) == FOR_A_BURST


def test_a_message_has_the_same_id_for_the_same_notices_in_any_order() -> None:
    notices = waiting("a", "b")
    assert message_id("r", "x", notices) == message_id("r", "x", reversed(notices))
    assert len({message_id(route, to, notices) for route in ("r", "s") for to in ("x", "y")}) == 4


def test_a_receiver_has_one_digest_a_day() -> None:
    assert digest_id("r", "x", "2026-03-29") == digest_id("r", "x", "2026-03-29")
    assert digest_id("r", "x", "2026-03-29") != digest_id("r", "x", "2026-03-30")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 3, 28, 7, 30, tzinfo=UTC), datetime(2026, 3, 28, 7, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 6, 29, tzinfo=UTC), datetime(2026, 3, 28, 7, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 6, 30, tzinfo=UTC), datetime(2026, 3, 29, 6, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 7, 29, tzinfo=UTC), datetime(2026, 10, 24, 6, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 7, 30, tzinfo=UTC), datetime(2026, 10, 25, 7, 30, tzinfo=UTC)),
    ],
)
def test_the_digest_is_due_by_the_local_clock_across_both_changes(at: datetime, due: datetime) -> None:
    assert last_due(at, time(7, 30), LONDON) == due


@pytest.mark.parametrize("digest_at", [time(0, 0), time(1, 30), time(7, 30), time(23, 59)])
def test_every_local_day_has_exactly_one_digest(digest_at: time) -> None:
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    days = []
    while at.year == 2026:
        at = next_due(at, digest_at, LONDON)
        assert last_due(at, digest_at, LONDON) == at
        assert last_due(at - timedelta(microseconds=1), digest_at, LONDON) < at
        days.append(local_day_of(at, LONDON))
    assert len(days) >= 365
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}
