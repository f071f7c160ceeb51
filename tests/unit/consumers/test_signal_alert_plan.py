"""Which alerts follow from signals: raised once, restated, ended with them, and settled by people."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from analysis.findings import About
from consumers.signals.alert_plan import ALERT, Plan, Said, Standing, plan

AT = datetime(2026, 6, 15, 4, tzinfo=UTC)
DAY = 20_619
SLOW = Said(
    id=UUID(int=1),
    kind="slow_pair",
    rule="H04",
    sender="cleveland-police",
    receiver="cps-north-east",
    agency="",
    direction="concern",
    state="open",
    sentence="Slow.",
    confidence="high",
)
OPEN = Standing(UUID(int=7), SLOW.id, True, 1, "Slow.", "high")


def title(about: About) -> str:
    return f"{about.flow.pair if about.flow else about.agency}"


def planned(said: list[Said], standing: list[Standing] = [], day: int = DAY) -> Plan:  # noqa: B006 - never changed
    return plan(said, standing, title, AT, day)


def test_an_open_concern_raises_one_alert_that_names_no_case() -> None:
    made = planned([SLOW])
    [row] = made.raised
    told = dict(zip(ALERT, row, strict=True))
    assert told["signal"] == SLOW.id
    assert (told["kind"], told["rule"], told["owner"]) == ("slow_pair", "H04", "cps-north-east")
    assert told["title"] == "('cleveland-police', 'cps-north-east')"
    assert (told["internal"], told["local_target"], told["version"]) == (False, False, DAY)
    assert [(one[0], one[1]) for one in made.outbox] == [(told["id"], "raised")]
    assert [one[1] for one in made.audit] == ["raised"]


def test_the_same_signal_on_the_same_day_has_the_same_alert() -> None:
    assert planned([SLOW]).raised == planned([SLOW]).raised
    assert planned([SLOW], day=DAY + 1).raised[0][0] != planned([SLOW]).raised[0][0]


@pytest.mark.parametrize(
    "over",
    [{"state": "candidate"}, {"direction": "improvement"}, {"state": "closed"}, {"state": "withdrawn"}],
)
def test_nobody_is_told_of_what_is_not_an_open_concern(over: dict[str, str]) -> None:
    made = planned([SLOW._replace(**over)])
    assert not made.raised
    assert not made.outbox


def test_an_alert_says_what_its_signal_says_today_and_tells_nobody_again() -> None:
    assert planned([SLOW], [OPEN]).restated == []
    made = planned([SLOW._replace(sentence="Slower.", confidence="moderate")], [OPEN])
    assert made.restated == [(OPEN.alert, "Slower.", "moderate")]
    assert (made.raised, made.outbox, made.audit) == ([], [], [])


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ("closed", "completed"),
        ("withdrawn", "late-information"),
        ("superseded", "superseded"),
        ("rebased", "rebased"),
    ],
)
def test_an_alert_ends_as_its_signal_did(state: str, how: str) -> None:
    made = planned([SLOW._replace(state=state)], [OPEN])
    assert made.resolved == [(OPEN.alert, how)]
    assert made.outbox == [(OPEN.alert, "resolved", 1, AT)]


def test_an_alert_of_a_signal_that_no_evaluation_knows_any_more_was_none() -> None:
    assert planned([], [OPEN]).resolved == [(OPEN.alert, "late-information")]


def test_what_a_person_resolved_is_not_raised_again_while_the_signal_goes_on() -> None:
    settled = OPEN._replace(is_open=False)
    made = planned([SLOW], [settled])
    assert (made.raised, made.resolved, made.restated) == ([], [], [])
    anew = SLOW._replace(id=UUID(int=2))
    assert len(planned([anew], [settled]).raised) == 1


def test_a_feed_is_its_agencys_own_and_the_boundary_is_everybodys() -> None:
    feed = SLOW._replace(kind="feed_silence", rule="", sender="", receiver="", agency="cps-north-east")
    told = dict(zip(ALERT, planned([feed]).raised[0], strict=True))
    assert (told["owner"], told["sender"], told["receiver"], told["rule"]) == (
        "cps-north-east",
        None,
        None,
        None,
    )
    assert told["title"] == "cps-north-east"
    boundary = feed._replace(kind="boundary", agency="")
    assert dict(zip(ALERT, planned([boundary]).raised[0], strict=True))["owner"] == "partnership"


def test_an_organisations_own_work_is_internal() -> None:
    own = SLOW._replace(sender=SLOW.receiver)
    assert dict(zip(ALERT, planned([own]).raised[0], strict=True))["internal"] is True
