from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from models.profile import ProfileError, parse_profile
from models.routes import Channel, Notice, Route, RouteList, Severity, What
from models.signal_kinds import SignalKind
from tests.support.profiles import SMALL, shipped

NOTICE = Notice(What.RAISED, "north-police", "A1", Severity.LATE, "north", 0)


def route(**over: object) -> Route:
    return Route.model_validate({"name": "one", "channel": "webhook", **over})


def small(routes: str) -> Mapping[str, str]:
    return {**SMALL, "routes.toml": routes}


def test_a_route_that_asks_for_nothing_wants_everything() -> None:
    assert route().wants(NOTICE)
    assert route().wants(NOTICE._replace(area=None, level=2, severity=Severity.MISSING))


@pytest.mark.parametrize(
    "asked",
    [
        {"owners": ["crown"]},
        {"rules": ["A2"]},
        {"severities": ["severe", "missing"]},
        {"areas": ["south"]},
        {"levels": [1]},
    ],
)
def test_a_route_leaves_out_what_it_does_not_ask_for(asked: dict[str, object]) -> None:
    assert not route(**asked).wants(NOTICE)


def test_an_alert_without_an_area_goes_only_where_no_area_is_asked_for() -> None:
    assert not route(areas=["north"]).wants(NOTICE._replace(area=None))


def test_an_escalation_reaches_the_next_level_and_not_those_who_were_told_before() -> None:
    escalated = NOTICE._replace(what=What.ESCALATED, level=1)
    assert route(levels=[1]).wants(escalated)
    assert not route(levels=[0]).wants(escalated)


def test_a_higher_severity_reaches_everybody_who_was_told_of_the_lower_one() -> None:
    risen = NOTICE._replace(what=What.RISEN, level=1)
    assert route(levels=[0]).wants(risen)
    assert route(levels=[1]).wants(risen)
    assert not route(levels=[2]).wants(risen)


def test_a_resolution_is_never_asked_for_as_it_follows_its_raising() -> None:
    assert not route().wants(NOTICE._replace(what=What.RESOLVED))


SIGNAL = Notice(What.RAISED, "crown", "A1", None, None, 0, SignalKind.STOP)


def test_a_route_takes_hand_offs_or_signals_and_never_both() -> None:
    assert not route().wants(SIGNAL)
    assert route(signals=True).wants(SIGNAL)
    assert not route(signals=True).wants(NOTICE)
    assert route(signals=True, kinds=["stop", "slow_pair"]).wants(SIGNAL)
    assert not route(signals=True, kinds=["slow_pair"]).wants(SIGNAL)
    assert not route(signals=True, owners=["north-police"]).wants(SIGNAL)
    assert route(signals=True, rules=["A1"]).wants(SIGNAL)
    assert not route(signals=True, rules=["A1"]).wants(SIGNAL._replace(rule=None))


def test_a_message_is_for_whoever_must_act_unless_the_route_says_for_whom() -> None:
    assert route().receiver_of("crown") == route().target_for("crown") == "crown"
    office = route(receiver="office")
    assert (office.receiver_of("crown"), office.target_for("office")) == ("office", "office")
    assert route(receiver="office", target="desk").target_for("office") == "desk"


def test_a_profile_without_routes_is_complete() -> None:
    assert parse_profile(SMALL).routes == RouteList()


def test_routes_are_read_with_their_settings() -> None:
    text = (
        '[alerts]\ndigest_at = "06:15"\n[[route]]\nname = "a"\nowners = ["north-police"]\nchannel = "kafka"\n'
    )
    routes = parse_profile(small(text)).routes
    assert (routes.alerts.digest_at.hour, routes.alerts.group_from) == (6, 5)
    assert [one.channel for one in routes.wanting(NOTICE)] == [Channel.KAFKA]
    assert routes.named("b") is None


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        (
            '[[route]]\nname = "a"\nchannel = "chat"\nowners = ["north-polise"]',
            r"routes.toml:4: no agency 'north-polise' is declared \(did you mean 'north-police'\?\)",
        ),
        (
            '[[route]]\nname = "a"\nchannel = "chat"\nrules = ["A9"]',
            "4: no row of hand_offs 'A9' is declared",
        ),
        ('[[route]]\nname = "a"\nchannel = "chat"\nareas = ["west"]', "4: no area 'west' is declared"),
        ('[[route]]\nname = "a"\nchannel = "chat"\nlevels = [3]', "4: no alert rises above level 2"),
        ('[[route]]\nname = "a"\nchannel = "chat"\n' * 2, "'a' is declared twice"),
        ('[[route]]\nname = "a"\nchannel = "pigeon"', "3: 'channel' is wrong"),
        ('[[route]]\nname = "a"\nchannel = "kafka"\ntarget = "b"', "one topic for all alerts"),
        ('[[route]]\nname = "a"\nchannel = "chat"\ndigest = true', "only e-mail has a morning digest"),
        ('[[route]]\nname = "a"\nchannel = "chat"\nkinds = ["stop"]', "add signals = true"),
        ('[[route]]\nname = "a"\nchannel = "chat"\nsignals = true\nkinds = ["stopped"]', "'kinds.* is wrong"),
        (
            '[[route]]\nname = "a"\nchannel = "chat"\nsignals = true\nseverities = ["late"]',
            "a signal has no severity",
        ),
        ("[alerts]\nescalate_after_hours = [24, 24]", "put the hours in order"),
        ('[alerts]\ndigest_at = "07:30Z"', "without an offset"),
        ("[alerts]\nat_most_per_minut = 3", r"unknown key 'at_most_per_minut' \(did you mean"),
    ],
)
def test_a_mistake_in_the_routes_is_named_with_its_line(routes: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        parse_profile(small(routes))


def test_settings_of_alerts_have_bounds() -> None:
    with pytest.raises(ValidationError):
        RouteList.model_validate({"alerts": {"at_most_per_minute": 0}})


def test_every_agency_of_the_shipped_profile_is_told_at_once_of_what_cannot_wait() -> None:
    profile = shipped("cleveland-and-durham")
    notice = NOTICE._replace(owner="probation-north-east", severity=Severity.SEVERE, area="durham")
    wanting = {one.name: one.receiver_of(notice.owner) for one in profile.routes.wanting(notice)}
    assert wanting["stream"] == wanting["agency-urgent"] == wanting["agency-morning"] == notice.owner


def test_in_the_shipped_profile_what_goes_outside_has_no_case_reference() -> None:
    agencies, routes = shipped("cleveland-and-durham").agencies, shipped("cleveland-and-durham").routes.routes
    outside = {one.receiver for one in routes if one.outside}
    assert outside == {code for code in agencies if code.startswith("opcc")}
