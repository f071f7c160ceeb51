"""Which flows of a row of the register are meant, and what is said where there is none."""

from analysis.items import FlowKey
from caseflow.flow_choice import FlowChoice

NORTH, SOUTH, BACK = (
    FlowKey("H04", "police", "cps-north"),
    FlowKey("H04", "police", "cps-south"),
    FlowKey("H05", "cps-north", "police"),
)
FLOWS = [SOUTH, NORTH, BACK]


def test_a_row_alone_means_all_its_flows_in_their_order() -> None:
    assert FlowChoice("H04").among(FLOWS) == [SOUTH, NORTH]


def test_a_sender_or_a_receiver_leaves_only_theirs() -> None:
    assert FlowChoice("H04", receiver="cps-north").among(FLOWS) == [NORTH]
    assert FlowChoice("H04", "police", "cps-south").among(FLOWS) == [SOUTH]
    assert FlowChoice("H04", sender="cps-north").among(FLOWS) == []
    assert FlowChoice("H99").among(FLOWS) == []


def test_what_is_not_there_says_between_whom_the_row_goes() -> None:
    said = str(FlowChoice("H04", "nobody").not_among(FLOWS))
    assert said == "no such hand-off H04 is known: it goes from police to cps-north, police to cps-south"


def test_an_unknown_row_says_where_the_known_ones_are() -> None:
    assert "`caseflow report` shows those that are" in str(FlowChoice("H99").not_among(FLOWS))
