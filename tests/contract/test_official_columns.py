"""The CSV of the timeliness table is laid beside the published one: the same columns, rows of the same form."""

from analysis.official.quarters import Quarter
from analysis.official.suppression import Mark
from analysis.official.timeliness import ALL_COURTS, NONE, Row
from caseflow.timeliness.rows import as_csv

HEADER = (
    "Year,Period,Court type,National,Region,LCJB area,LJA or Court name,Defendants,"
    "Mean offence to charge,Mean charge to first list,Mean first list to completion,Mean offence to completion,"
    "Median offence to charge,Median charge to first list,Median first list to completion,"
    "Median offence to completion"
)
PUBLISHED = "2010,2010 Q2 (Apr-Jun),All courts,-,North East,-,-,61082,82,28,33,142,52,22,0,109"
"""A row of the Criminal Court Statistics Quarterly."""


def test_the_header_and_a_row_are_those_of_the_published_table() -> None:
    means, medians = (82.0, 28.0, 33.0, 142.0), (52.0, 22.0, 0.0, 109.0)
    row = Row(Quarter(2010, 2), ALL_COURTS, "North East", NONE, NONE, 61_082, Mark.SHOWN, means, medians)
    assert as_csv([row]).splitlines() == [HEADER, PUBLISHED]


def test_without_rows_the_header_stands_alone() -> None:
    assert as_csv([]) == HEADER
