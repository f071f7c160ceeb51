"""The order of a case's events, read back from its steps."""

import itertools

import pytest

from projections.case_timeline.chain import BrokenChainError, StepLink, chain


def link(from_event: str, to_event: str, at_us: int = 0, wait_us: int = 0) -> StepLink:
    orgs = ("police", "court", "discovered")
    return StepLink(
        "C1",
        "a",
        from_event,
        "b",
        to_event,
        "charge.charged",
        "court.heard",
        *orgs,
        at_us,
        at_us + wait_us,
        wait_us,
    )


def linked(*events: str) -> list[StepLink]:
    sources = {event: f"source-{event}" for event in events}
    return [
        link(one, two)._replace(from_source=sources[one], to_source=sources[two])
        for one, two in itertools.pairwise(events)
    ]


def test_steps_in_any_order_lead_through_all_events() -> None:
    for steps in itertools.permutations(linked("e", "b", "d", "a", "c")):
        assert [place.event_id for place in chain(steps)] == ["e", "b", "d", "a", "c"]


def test_equal_times_keep_the_order_of_the_steps() -> None:
    assert [place.at_us for place in chain(linked("z", "y", "x"))] == [0, 0, 0]
    assert [place.event_id for place in chain(linked("z", "y", "x"))] == ["z", "y", "x"]


def test_the_same_id_from_two_agencies_is_two_events() -> None:
    steps = [link("1", "1", 10, 5)]
    assert [(place.source, place.event_id, place.at_us) for place in chain(steps)] == [
        ("a", "1", 10),
        ("b", "1", 15),
    ]


def test_no_steps_are_no_chain() -> None:
    assert chain([]) == []


@pytest.mark.parametrize(
    "steps",
    [
        linked("a", "b") + linked("c", "d"),
        linked("a", "b", "c", "a"),
        linked("a", "b") + linked("c", "d", "c"),
    ],
    ids=["two beginnings", "a circle", "a circle beside a chain"],
)
def test_steps_that_are_no_chain_are_refused(steps: list[StepLink]) -> None:
    with pytest.raises(BrokenChainError, match="case C1"):
        chain(steps)
