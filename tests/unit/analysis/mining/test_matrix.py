"""The hand-off matrix: whose time is it?"""

from analysis.mining.matrix import PairRow, matrix


def pair(from_org: str, to_org: str, count: int, total: float, waiting: int = 0) -> PairRow:
    mean = total / count if count else None
    return PairRow(from_org, to_org, count, mean, mean, mean, mean, mean, None, mean, mean, total, waiting)


PAIRS = [
    pair("police", "court", 3, 30.0),
    pair("police", "police", 2, 50.0, waiting=4),
    pair("court", "", 1, 15.0),
    pair("", "", 1, 5.0),
    pair("court", "probation", 0, 0.0, waiting=7),
]


def test_only_steps_between_known_different_organisations_are_hand_offs() -> None:
    found = matrix(PAIRS)
    assert (found.steps, found.hand_offs) == (7, 3)


def test_every_second_is_between_or_inside_or_unknown() -> None:
    found = matrix(PAIRS)
    assert (found.elapsed_s, found.between_s, found.inside_s, found.unknown_s) == (100.0, 30.0, 50.0, 20.0)
    assert found.between_share == 0.3
    assert found.share(50.0) == 0.5


def test_nothing_elapsed_has_no_share() -> None:
    assert matrix([]).between_share is None
    assert matrix([pair("police", "court", 2, 0.0)]).between_share is None


def test_pairs_in_which_cases_only_wait_stand_apart() -> None:
    found = matrix(PAIRS)
    assert [(row.from_org, row.to_org, row.open) for row in found.open_only] == [("court", "probation", 7)]
    assert all(row.count for row in found.rows)


def test_names_replace_codes_and_order_the_rows() -> None:
    found = matrix(PAIRS, {"police": "POLICE", "court": "A COURT", "probation": "PROBATION"}.__getitem__)
    assert [(row.from_org, row.to_org) for row in found.rows] == [
        ("", ""),
        ("A COURT", ""),
        ("POLICE", "A COURT"),
        ("POLICE", "POLICE"),
    ]
