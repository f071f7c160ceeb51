"""The matrix as a heat map and the flow as bands: a mark per pair, the sentence above, and what is left out."""

from analysis.mining.matrix import Matrix, PairRow, matrix
from board.charts.flow import FlowBy, flow_chart
from board.charts.matrix import MOST_ORGANISATIONS, matrix_chart
from tests.support.drawings import is_for_everybody, letters, marks

DAY = 86_400.0


def pair(sender: str, receiver: str, count: int, days: float) -> PairRow:
    each = days * DAY / count
    return PairRow(sender, receiver, count, each, each, each, each, each, 0.0, each, each, days * DAY, 0)


def small() -> Matrix:
    return matrix(
        [
            pair("police", "police", 40, 60),
            pair("police", "cps", 30, 120),
            pair("cps", "police", 20, 10),
            pair("cps", "court", 12_345, 9),
            pair("", "court", 3, 1),
        ]
    )


def many() -> Matrix:
    names = [f"agency {n:02}" for n in range(16)]
    return matrix([pair(a, b, 10, 5 + n) for n, a in enumerate(names) for b in names if a != b])


def test_every_pair_is_one_cell_and_those_inside_have_a_frame() -> None:
    svg = matrix_chart(small(), "A test")
    assert is_for_everybody(svg)
    assert len(marks(svg, "pair")) == 3
    assert [text.split(":")[0] for text in marks(svg, "inside")] == ["police to police"]
    assert "12.3k" in letters(svg)


def test_the_matrix_says_what_lies_between_and_where_most_of_it() -> None:
    said = letters(matrix_chart(small(), "A test"))
    assert "70 % of elapsed time lies between organisations, the largest part from police to cps" in said
    assert "Not shown: 1 pair with 0.5 % of elapsed time" in said


def test_a_large_matrix_keeps_the_costliest_organisations() -> None:
    svg = matrix_chart(many(), "A test")
    assert len(marks(svg, "pair")) == MOST_ORGANISATIONS * (MOST_ORGANISATIONS - 1)


def test_every_pair_between_organisations_is_one_band() -> None:
    svg = flow_chart(small(), FlowBy.DAYS, "A test")
    assert is_for_everybody(svg)
    bands = ["police to cps: 120 days", "cps to police: 10 days", "cps to court: 9 days"]
    assert sorted(marks(svg, "band")) == sorted(bands)
    assert "86 % of the time between organisations lies on the way from police to cps" in letters(svg)
    assert "3 steps with nobody known" in letters(svg)


def test_bands_by_count_are_ordered_by_count() -> None:
    assert "from cps to court" in letters(flow_chart(small(), FlowBy.COUNT, "A test"))


def test_thin_bands_are_counted_instead_of_drawn() -> None:
    svg = flow_chart(many(), FlowBy.DAYS, "A test")
    assert len(marks(svg, "band")) == 24
    assert "216 thinner bands are not drawn" in letters(svg)


def test_the_same_matrix_gives_the_same_bytes() -> None:
    assert matrix_chart(small(), "A test") == matrix_chart(small(), "A test")
    assert flow_chart(small(), FlowBy.DAYS, "A test") == flow_chart(small(), FlowBy.DAYS, "A test")


def test_names_that_an_svg_would_obey_are_letters() -> None:
    hostile = matrix([pair("<script>", "b&c", 5, 5), pair('"x"', "b&c", 5, 1)])
    for svg in (matrix_chart(hostile, "A & B"), flow_chart(hostile, FlowBy.DAYS, "A & B")):
        assert is_for_everybody(svg)
        assert "<script>" not in svg
        assert "<script>" in letters(svg)
