"""The replay of a log: what its order, its ticks and its imports mean."""

from dataclasses import replace

from models.canonical import Recorded, Tick
from models.case import Conflicting
from models.replay import Replay, Replayed
from tests.support.records import CASE, at, recorded
from tests.support.registers import ROW, TEN_DAYS, register

RULES = register(ROW + TEN_DAYS)
ASKED = recorded("work.asked", "2026-03-02T10:00:00", source="asker", owner="asker", data={"kind": "first"})
TOLD = recorded("work.told", "2026-03-03T10:00:00", source="asker", owner="asker", history=True)
OVERDUE = Tick(at("2026-04-01T00:00:00"))


def replayed(*log: Recorded | Tick) -> Replayed:
    replay = Replay(RULES)
    for offset, entry in enumerate(log):
        if isinstance(entry, Tick):
            replay.tick(entry, offset)
        else:
            replay.event(entry, offset)
    [one] = replay.cases()
    return one


def test_a_case_is_judged_by_the_last_tick_wherever_it_lies() -> None:
    for log in ((ASKED, OVERDUE), (OVERDUE, ASKED), (ASKED, OVERDUE, Tick(at("2026-03-04T00:00:00")))):
        assert [h.state for h in replayed(*log).reading.hand_offs] == ["overdue"]


def test_what_was_overdue_before_an_import_began_is_so_while_it_goes_on() -> None:
    one = replayed(ASKED, OVERDUE, TOLD)
    assert (one.importing, [h.state for h in one.reading.hand_offs]) == (True, ["overdue"])


def test_the_as_of_tick_ends_an_import_and_judges_it() -> None:
    one = replayed(replace(ASKED, history=True), replace(OVERDUE, as_of=True))
    assert (one.importing, [h.state for h in one.reading.hand_offs]) == (False, ["overdue"])
    assert one.settled_us == OVERDUE.time_us


def test_other_content_under_a_known_identity_is_a_conflict_and_the_first_stands() -> None:
    replay = Replay(RULES)
    replay.event(ASKED, 0)
    assert replay.event(ASKED, 1) is None
    assert replay.event(replace(ASKED, hash="another"), 2) == Conflicting(ASKED.hash)
    assert (len(replay), next(replay.cases()).case.ref) == (1, CASE)
