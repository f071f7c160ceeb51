"""The official timeliness table: its columns, whom it counts, and what it does not print."""

from datetime import date

import numpy as np

from analysis.arrays import NEVER
from analysis.official.offences import Courts, Offences, counted
from analysis.official.quarters import Quarter
from analysis.official.timeliness import COLUMNS, timeliness
from analysis.perspective import Perspective

COURTS = Courts(
    types=("Magistrates", "Crown"),
    areas=("Cleveland", "Durham"),
    regions=("North East", "North East"),
    names=("Teesside", "Newton Aycliffe", "Peterlee"),
    area_of=(0, 1, 1),
    combined="Cleveland and Durham",
    region="North East",
)
EPOCH = date(1970, 1, 1).toordinal()
ALWAYS = 30_000


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


def offences(*rows: dict[str, int]) -> Offences:
    """Return offences; what a row does not say is that of an ordinary one."""
    usual = {
        "sequence": 1, "seriousness": 0, "breach": 0, "court_type": 0, "court": 0,
        "offence": day("2026-01-05"), "charge": day("2026-02-04"),
        "first_listing": day("2026-03-06"), "completion": day("2026-04-05"),
    }  # fmt: skip
    columns = {
        name: np.array([row.get(name, value) for row in rows], dtype=np.int64)
        for name, value in usual.items()
    }
    defendant = np.array([row.get("defendant", n) for n, row in enumerate(rows)], dtype=np.int64)
    return Offences(defendant=defendant, **columns | {"breach": columns["breach"].astype(bool)})


def many(n: int, **said: int) -> list[dict[str, int]]:
    return [dict(said) for _ in range(n)]


def table(rows: list[dict[str, int]], until: int = ALWAYS) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return the printed rows by type of court, area and court."""
    cells = [row.cells() for row in timeliness(offences(*rows), COURTS, until).rows]
    return {(row[2], row[5], row[6]): row for row in cells}


def test_the_columns_are_the_official_ones_in_the_official_order() -> None:
    assert ", ".join(COLUMNS) == (
        "Year, Period, Court type, National, Region, LCJB area, LJA or Court name, Defendants, "
        "Mean offence to charge, Mean charge to first list, Mean first list to completion, "
        "Mean offence to completion, Median offence to charge, Median charge to first list, "
        "Median first list to completion, Median offence to completion"
    )


def test_a_row_is_printed_as_the_statistics_print_it() -> None:
    slow = many(5, completion=day("2026-06-30"))
    found = table([*many(15), *slow])
    combined = ("All courts", "Cleveland and Durham", "-")
    assert found[combined] == (
        "2026", "2026 Q2 (Apr-Jun)", "All courts", "-", "North East", "Cleveland and Durham", "-", "20",
        "30", "30", "52", "112", "30", "30", "30", "90",
    )  # fmt: skip
    assert found["All courts", "Cleveland", "Teesside"][7:] == found[combined][7:]
    assert ("Crown", "Cleveland", "-") not in found


def test_halves_are_rounded_up_as_people_round() -> None:
    found = table([*many(5), *many(5, completion=day("2026-04-06"))])
    assert found["All courts", "Cleveland", "-"][11] == "91"


def test_of_a_defendants_offences_the_longest_counts_then_the_gravest_then_the_first() -> None:
    longest = {"defendant": 1, "offence": day("2026-01-01")}
    found = counted(offences({"defendant": 1}, longest, {"defendant": 1, "seriousness": 9}))
    assert found.offences.tolist() == [1]
    gravest = counted(offences({"defendant": 1}, {"defendant": 1, "seriousness": 9, "sequence": 5}))
    assert gravest.offences.tolist() == [1]
    first = counted(offences({"defendant": 1, "sequence": 2}, {"defendant": 1, "sequence": 1}))
    assert first.offences.tolist() == [1]


def test_breaches_do_not_count_and_a_pending_offence_keeps_the_case_open() -> None:
    rows = offences(
        {"defendant": 1, "breach": 1},
        {"defendant": 2, "breach": 1, "completion": NEVER},
        {"defendant": 2},
        {"defendant": 3},
        {"defendant": 3, "completion": NEVER},
    )
    found = counted(rows)
    assert (found.offences.tolist(), found.left_out.tolist()) == ([2], [])


def test_defendants_whose_dates_are_missing_or_contradict_each_other_are_left_out_and_counted() -> None:
    rows = offences({"charge": NEVER}, {"first_listing": day("2026-01-06")}, {})
    found = counted(rows)
    assert (found.offences.tolist(), found.left_out.tolist()) == ([2], [0, 1])


def test_only_quarters_that_are_over_are_printed() -> None:
    rows = many(10)
    assert table(rows, day("2026-06-30")) == {}
    assert table(rows, day("2026-07-01"))


def test_a_case_counts_in_the_quarter_of_its_completion() -> None:
    rows = timeliness(
        offences(*many(10, completion=day("2026-03-31")), *many(12, completion=day("2026-04-01"))),
        COURTS,
        ALWAYS,
    ).rows
    found = {
        row.quarter.title: row.defendants
        for row in rows
        if row.area == COURTS.combined and row.court_type == "All courts"
    }
    assert found == {"2026 Q1 (Jan-Mar)": 10, "2026 Q2 (Apr-Jun)": 12}
    assert {row.view for row in rows} == {Perspective.LOOK_BACK}


def test_a_small_court_cannot_be_worked_out_from_the_others() -> None:
    found = table([*many(40), *many(30, court=1), *many(3, court=2)])
    assert found["All courts", "Durham", "Peterlee"][7:] == ("<5", *["[c]"] * 8)
    newton, durham = found["All courts", "Durham", "Newton Aycliffe"], found["All courts", "Durham", "-"]
    assert "[c]" in {newton[7], durham[7]}
    assert found["All courts", "Cleveland and Durham", "-"][7] in {"73", "[c]"}


def test_fewer_than_ten_have_no_averages() -> None:
    assert table(many(9))["All courts", "Cleveland", "Teesside"][7:] == ("9", *["[c]"] * 8)


def test_who_is_left_out_is_counted_in_the_quarter_of_completion() -> None:
    rows = many(3, charge=NEVER) + many(2, offence=NEVER, completion=day("2026-03-31")) + many(12)
    found = timeliness(offences(*rows), COURTS, ALWAYS)
    assert found.left_out == {Quarter(2026, 1): 2, Quarter(2026, 2): 3}
    assert {row.quarter for row in found.rows} == {Quarter(2026, 2)}


def test_of_a_defendant_left_out_the_offence_completed_last_says_when() -> None:
    rows = offences(
        {"defendant": 1, "charge": NEVER, "completion": day("2026-03-31")},
        {"defendant": 1, "charge": NEVER, "completion": day("2026-04-01")},
    )
    assert counted(rows).left_out.tolist() == [1]


def test_the_mean_of_few_does_not_follow_from_the_means_of_the_others() -> None:
    found = table([*many(40), *many(30, court=1), *many(7, court=2), *many(20, court=2, court_type=1)])
    few = found["Magistrates", "Durham", "Peterlee"]
    assert few[7:] == ("7", *["[c]"] * 8)
    types = [found[kind, "Durham", "Peterlee"][8] for kind in ("All courts", "Crown")]
    courts = [found["Magistrates", "Durham", court][8] for court in ("-", "Newton Aycliffe")]
    assert "[c]" in types
    assert "[c]" in courts
    assert found["All courts", "Cleveland and Durham", "-"][8] == "30"


def test_the_mean_of_few_of_several_types_together_does_not_follow_from_that_of_all() -> None:
    def kind(number: int, n: int, days: int) -> list[dict[str, int]]:
        return many(n, court_type=number, completion=day("2026-06-01"), offence=day("2026-06-01") - days)

    courts = COURTS._replace(types=("Magistrates", "Crown", "Youth"), names=COURTS.names[:1], area_of=(0,))
    rows = offences(*kind(0, 42, 150), *kind(1, 6, 300), *kind(2, 2, 900))
    cells = [row.cells() for row in timeliness(rows, courts, ALWAYS).rows]
    whole = {row[2]: (row[7], row[11]) for row in cells if row[5:7] == (courts.combined, "-")}
    assert whole["All courts"] == ("50", "198")  # so that of Magistrates would tell 450 days of the other 8
    assert [whole[kind][1] for kind in courts.types] == ["[c]"] * 3


def test_no_more_averages_are_hidden_than_must_be() -> None:
    # Nine in the Crown Court of Cleveland: theirs follow from two columns and two rows of the table, no more.
    rows = [*many(103), *many(100, court=1), *many(9, court_type=1), *many(16, court=1, court_type=1)]
    cells = {key[:2]: row for key, row in table(rows).items() if key[2] == "-"}
    hidden = {key for key, row in cells.items() if row[8] == "[c]"}
    assert hidden == {(kind, area) for kind in ("Magistrates", "Crown") for area in ("Cleveland", "Durham")}


def test_a_region_that_is_not_told_is_not_guessed() -> None:
    courts = COURTS._replace(regions=("North East", ""), region="")
    rows = timeliness(offences(*many(10), *many(10, court=1)), courts, ALWAYS).rows
    assert {(row.area, row.region) for row in rows} == {
        ("Cleveland", "North East"), ("Durham", "-"), ("Cleveland and Durham", "-"),
    }  # fmt: skip
