"""A case as a picture: a mark per event and hand-off, shared numbers, and a tail that leaves the events room."""

import pytest

from board.charts.case_timeline import Awaited, CasePicture, Told, case_chart
from tests.support.drawings import is_for_everybody, letters, marks

EVENTS = [
    Told(20_600.4, "27 May 2026", "charge.arrested", "police"),
    Told(20_600.6, "27 May 2026", "charge.interviewed", "police"),
    Told(20_612.0, "8 Jun 2026", "charge.file-accepted", "cps"),
    Told(20_620.0, "16 Jun 2026", "charge.decision-made", ""),
]
AWAITED = [
    Awaited("H04 Charging decision", "cps to police", "met late", 20_612.0, 20_620.0, 20_615.0, late=True),
    Awaited("H08 National record", "police to pnc", "open", 20_600.4, None, None, late=False),
]
CASE = CasePicture("C1", "A case", EVENTS, AWAITED, 20_621.0)


def test_every_event_and_hand_off_is_a_mark() -> None:
    svg = case_chart(CASE)
    assert is_for_everybody(svg)
    assert len(marks(svg, "event")) == 4
    assert marks(svg, "hand-off")[0] == "H04 Charging decision, cps to police: met late"
    assert "nobody known" in letters(svg)


def test_events_that_crowd_share_a_number() -> None:
    assert " 1-2 " in letters(case_chart(CASE))


def test_a_case_without_hand_offs_or_tail_is_drawn_too() -> None:
    svg = case_chart(CasePicture("C1", "A case", EVENTS[:1], [], None))
    assert len(marks(svg, "event")) == 1
    assert not marks(svg, "hand-off")


def test_a_long_tail_leaves_the_events_their_room() -> None:
    def apart(until: float) -> float:
        svg = case_chart(CasePicture("C1", "A case", EVENTS, [], until))
        return float(svg.split('class="event"')[1].split('x="')[1].split('"')[0]) - float(
            svg.split('class="event"')[4].split('x="')[1].split('"')[0]
        )

    assert apart(30_000.0) == pytest.approx(apart(20_640.0), rel=0.2)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert case_chart(CASE) == case_chart(CASE)


def test_a_case_without_events_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        case_chart(CasePicture("C1", "A case", [], [], None))
