"""A whole reading of a case against what is stored: only what differs is written, and what is gone goes."""

from uuid import UUID

import orjson

from consumers.projector.changes import HAND_OFF_COLUMNS, Change, change, net
from consumers.projector.wholes import difference, says_something
from tests.support import wires

PLACE = HAND_OFF_COLUMNS.index("state")


def whole(state: str = "open", version: int = 9) -> Change:
    told = {"hand_offs": [wires.hand_off("C1", state)], "whole": True}
    return change(wires.change("C1", version, **told), 0)


def test_what_is_stored_already_is_left_alone_whatever_its_version() -> None:
    stored = whole(version=4).hand_offs
    found = difference(whole(), {}, {key: row for key, row in stored.items() if row is not None})
    assert (found.hand_offs, found.judgements) == ({}, {})


def test_what_is_stored_otherwise_is_written_anew() -> None:
    stored = {key: row for key, row in whole().hand_offs.items() if row is not None}
    found = difference(whole("met"), {}, stored)
    assert [row[PLACE] for row in found.hand_offs.values() if row is not None] == ["met"]
    assert found.judgements == found.hand_offs


def test_what_is_stored_and_not_said_is_removed_and_believed_to_be() -> None:
    gone, row = UUID(int=1), next(iter(whole().hand_offs.values()))
    assert row is not None
    step = UUID(int=2)
    found = difference(whole(), {step: (step, "C1", 4)}, {gone: row})
    assert found.steps == {step: None}
    assert found.hand_offs[gone] is None
    assert found.judgements[gone][PLACE] == "removed"


def test_a_whole_reading_counts_only_where_it_is_newer() -> None:
    assert set(net([whole()], {"C1": 8}).cases) == {"C1"}
    assert not net([whole()], {"C1": 9}).cases


def test_what_an_import_found_missing_before_its_end_alerts_nobody() -> None:
    settled = wires.START_US + wires.DAY_US
    for ended, alerts_nobody in ((settled, True), (settled + 1, False)):
        told = wires.hand_off("C1", "missing", ended_us=ended)
        one = change(wires.change("C1", 9, hand_offs=[told], whole=True, settled_us=settled), 0)
        assert [flag for _, flag in net([one], {}).last.values()] == [alerts_nobody]


def test_a_case_of_which_no_event_counts_says_nothing() -> None:
    assert says_something(whole())
    nothing = orjson.loads(wires.change("C1", 9, whole=True)) | {"summary": None}
    assert not says_something(change(orjson.dumps(nothing), 0))
