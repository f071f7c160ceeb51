"""Sentences have figures, names and days; what would end a signal is the least number that does."""

from dataclasses import replace

import pytest

from analysis.answers import Effect, Sample, Status
from analysis.engine.expected import Expected, p_high, p_low
from analysis.findings import About, Finding, Kind
from analysis.items import FlowKey
from analysis.judging.remedy import goes_away_if
from analysis.judging.wording import Circumstances, Names, measure, sentence

NAMES = Names({"police": "Police", "cps": "CPS"}, {"H02": "Charging file"})
FLOW = About(FlowKey("H02", "police", "cps"))
WINDOW = (20_586, 20_616)  # to Friday 12 June 2026


def finding(kind: Kind, about: About = FLOW, observed: int = 31, expected: float = 62.0) -> Finding:
    effect = Effect(observed / expected, 0.34, 1.71, "times")
    return Finding(
        kind,
        about,
        Status.OK,
        None,
        0.001,
        effect,
        True,
        observed,
        expected,
        expected,
        Sample(90, 80),
        WINDOW,
    )


def test_a_slow_pair_is_told_with_its_figures() -> None:
    said = sentence(finding(Kind.SLOW_PAIR), Circumstances(20, late_open=44, excess_days=310), NAMES)
    assert said == (
        "Police to CPS, charging file: in the 20 open days to 12 June 2026 31 were completed where the usual pace "
        "gives 62 (0.50 times, 0.34 to 1.71); 44 are open past the limit; 310 excess days a week."
    )


def test_a_surge_of_arrivals_is_said_beside_it_and_an_ordinary_number_is_not() -> None:
    assert sentence(finding(Kind.OPEN_AGE), Circumstances(20, arrivals_ratio=2.04), NAMES).endswith(
        "; 2.0 times as many as usual began."
    )
    assert "began" not in sentence(finding(Kind.OPEN_AGE), Circumstances(20, arrivals_ratio=1.1), NAMES)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_sentence_and_an_end(kind: Kind) -> None:
    about = About(agency="cps") if kind in {Kind.PUBLISH_LAG, Kind.FEED_SILENCE} else FLOW
    said = sentence(finding(kind, about), Circumstances(20), NAMES)
    assert said.endswith(".")
    assert "CPS" in said
    assert "{" not in said
    assert goes_away_if(finding(kind, about))


def test_what_has_no_answer_has_no_sentence() -> None:
    silent = Finding(Kind.STOP, FLOW, Status.WITHHELD, "the feed is silent")
    with pytest.raises(ValueError, match="no answer to put into words"):
        sentence(silent, Circumstances(20), NAMES)


def test_the_further_completions_are_the_fewest_that_lift_p_above_one_in_twenty() -> None:
    more = int(goes_away_if(finding(Kind.SLOW_PAIR)).split()[0])
    assert p_low(Expected(31 + more, 62.0, 62.0, 90)) > 0.05
    assert p_low(Expected(31 + more - 1, 62.0, 62.0, 90)) <= 0.05


def test_the_avoided_returns_are_the_fewest_too() -> None:
    fewer = int(goes_away_if(finding(Kind.PING_PONG, observed=93)).split()[0])
    assert p_high(Expected(93 - fewer, 62.0, 62.0, 90)) > 0.05
    assert p_high(Expected(93 - fewer + 1, 62.0, 62.0, 90)) <= 0.05


def test_of_a_stopped_flow_no_more_is_said_to_be_usual_than_waited() -> None:
    none = Effect(0.0, 0.0, 0.02, "times")
    stopped = replace(finding(Kind.STOP), observed=0, expected=207.0, variance=207.0, effect=none)
    assert "the usual pace gives nearly all of the 90 that waited" in sentence(
        stopped, Circumstances(20), NAMES
    )
    assert goes_away_if(stopped).startswith("all 80 open ones completed in the same window")


@pytest.mark.parametrize("kind", [Kind.SLOW_PAIR, Kind.IMPROVED])
def test_where_only_young_completions_count_the_age_is_said(kind: Kind) -> None:
    beside = Circumstances(20, unit="open hours", within=13)
    assert "31 were completed within 13 open hours where the usual pace" in sentence(
        finding(kind, observed=31), beside, NAMES
    )
    away = goes_away_if(finding(kind, observed=93 if kind is Kind.IMPROVED else 31), "open hours", 13)
    assert " completed within 13 open hours in the same window" in away


def test_what_is_open_may_be_too_old_to_count() -> None:
    none = Effect(0.0, 0.0, 0.02, "times")
    slow = replace(finding(Kind.SLOW_PAIR), observed=0, expected=207.0, variance=207.0, effect=none)
    assert goes_away_if(slow, "open hours", 13).startswith(
        "all 90 that waited completed within 13 open hours in the same window"
    )


def test_of_a_flow_that_is_counted_in_hours_hours_are_said() -> None:
    beside = Circumstances(20, lost=5.25, unit="open hours")
    said = sentence(finding(Kind.BATCHING), beside, NAMES)
    assert "would have to move to other hours of the day for the usual rhythm" in said
    assert said.endswith("; an item loses 5.2 open hours to it.")
    assert "in the 20 open days to" in said, "windows are days"
    assert goes_away_if(finding(Kind.BATCHING), "open hours").startswith(
        "work taken up or sent in every open hour"
    )
    assert goes_away_if(finding(Kind.BATCHING)).startswith("work taken up or sent on every open day")
    assert measure(Kind.BATCHING, "open hours") == "difference from the usual rhythm of a day"
    assert (
        measure(Kind.SLOW_PAIR, "open hours") == "completed, against the usual pace, by waits in open hours"
    )
    assert measure(Kind.SLOW_PAIR) == "completed, against the usual pace"
