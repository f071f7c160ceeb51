"""What timelines does with the log: events evolve cases, ticks judge what fell due, repeats change nothing."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest

from infra import topics
from models.canonical import Recorded, Tick, decode_record, encode_record
from models.case_codec import decode_case
from models.changes import CaseChange, decode_change
from models.instants import DAY_US
from models.rules import Rules
from streams.host.effects import Effects
from streams.timelines import processor as processing
from streams.timelines.folding import OtherRulesError
from streams.timelines.processor import Timelines
from tests.support.raw import Memory, batch
from tests.support.records import CASE, at, recorded
from tests.support.registers import ROW, TEN_DAYS, register

RULES = register(ROW + TEN_DAYS)
ASKED = recorded("work.asked", "2026-03-02T10:00:00", source="asker", owner="asker", data={"kind": "first"})
ANSWERED = recorded("work.answered", "2026-03-10T10:00:00", source="answerer", owner="answerer")
DUE = at("2026-03-13T00:00:00")  # the first moment past the tenth day


class Clock:
    """A clock that a test sets: the present, and how far the backlog lets time pass."""

    def __init__(self, now_us: int, safe_us: int | None = None) -> None:
        self.now, self.safe = now_us, now_us if safe_us is None else safe_us

    def now_us(self) -> int:
        return self.now

    async def safe_us(self) -> int:
        return self.safe


class Running:
    """A processor with its states, committed after each transaction as the lane does."""

    def __init__(
        self, states: Memory | None = None, clock: Clock | None = None, rules: Rules = RULES
    ) -> None:
        self.states = states or Memory()
        self.timelines = Timelines(0, rules, clock, 100, lambda: datetime(2026, 4, 1, tzinfo=UTC))
        self.timelines.open(self.states, [])
        self.next = 0

    def fold(self, *records: Recorded | Tick) -> list[Effects]:
        told = batch(*(encode_record(r) for r in records), first=self.next, topic=topics.EVENTS)
        self.next += len(records)
        done = list(self.timelines.fold(told))
        for effects in done:
            self.states.kept.update(effects.states)
        return done


def changes(done: Iterable[Effects]) -> list[CaseChange]:
    return [decode_change(o.value) for e in done for o in e.outputs if o.topic == topics.CHANGES]


def states_told(done: Iterable[Effects]) -> list[str]:
    return [hand_off.state for change in changes(done) for hand_off in change.hand_offs]


def test_an_event_opens_a_hand_off_that_another_one_meets() -> None:
    running = Running()
    assert states_told(running.fold(ASKED)) == ["open"]
    assert states_told(running.fold(ANSWERED)) == ["met"]


def test_a_batch_gives_one_change_per_case_with_its_last_offset_as_version() -> None:
    [change] = changes(Running().fold(ASKED, ANSWERED))
    assert (change.case, change.version, len(change.steps_added)) == (CASE, 1, 1)


def test_a_repeated_event_changes_nothing_and_opens_no_transaction() -> None:
    running = Running()
    running.fold(ASKED)
    [effects] = running.fold(ASKED)
    assert not effects.changes_something
    assert effects.position is not None


def test_a_record_that_is_already_in_the_state_is_skipped_after_a_restart() -> None:
    running = Running()
    running.fold(ASKED)
    again = Running(running.states)
    [effects] = again.fold(ASKED)  # the same offset once more
    assert not effects.changes_something


def test_a_tick_past_the_limit_makes_an_open_hand_off_overdue() -> None:
    running = Running()
    running.fold(ASKED, Tick(DUE - DAY_US))
    assert states_told(running.fold(Tick(DUE - 1))) == []
    assert states_told(running.fold(Tick(DUE))) == ["overdue"]


def test_a_tick_behind_the_last_one_changes_nothing() -> None:
    running = Running()
    running.fold(ASKED, Tick(DUE))
    assert not any(effects.changes_something for effects in running.fold(Tick(DUE - DAY_US), Tick(DUE)))


def test_a_late_start_is_overdue_at_once_when_its_limit_passed_before_the_last_tick() -> None:
    running = Running()
    running.fold(Tick(DUE))
    assert states_told(running.fold(ASKED)) == ["overdue"]


def test_a_late_stop_judges_an_overdue_hand_off_again() -> None:
    running = Running()
    running.fold(ASKED, Tick(DUE))
    assert states_told(running.fold(ANSWERED)) == ["met"]


def test_what_fell_due_survives_a_restart_in_the_heap() -> None:
    running = Running()
    running.fold(ASKED)
    assert states_told(Running(running.states).fold(Tick(0), Tick(DUE))) == ["overdue"]


def test_many_cases_due_at_once_take_several_transactions_and_resume_after_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processing, "CASES_PER_TRANSACTION", 2)
    running = Running()
    running.fold(*(replace(ASKED, subject=f"case-{n}") for n in range(5)))
    told = batch(encode_record(Tick(DUE)), first=running.next, topic=topics.EVENTS)
    first_parts = [effects for effects in running.timelines.fold(told) if effects.states][:2]
    for effects in first_parts:
        running.states.kept.update(effects.states)
    again = Running(running.states)  # it crashed after two of three
    again.next = running.next
    rest = states_told(again.fold(Tick(DUE)))
    assert len(states_told(first_parts)) + len(rest) == 5


def test_a_tick_is_written_when_something_is_due_and_judged_only_when_read_back() -> None:
    running = Running(clock=Clock(DUE + 5))
    running.fold(ASKED)
    due = asyncio.run(running.timelines.due())
    assert due is not None
    [out] = due.outputs
    assert (out.topic, out.key, decode_record(out.value)) == (topics.EVENTS, b"~clock", Tick(DUE + 5))
    assert asyncio.run(running.timelines.due()) is None, "one tick at most is on its way"
    assert states_told(running.fold(Tick(DUE + 5))) == ["overdue"]


def test_the_clock_waits_for_the_backlog() -> None:
    running = Running(clock=Clock(DUE + 5, safe_us=DUE - 5))
    running.fold(ASKED, Tick(DUE - DAY_US))
    assert asyncio.run(running.timelines.due()) is None


def test_nothing_due_asks_for_no_tick() -> None:
    running = Running(clock=Clock(DUE - 5))
    running.fold(ASKED, Tick(DUE - DAY_US))
    assert asyncio.run(running.timelines.due()) is None


def test_the_same_id_with_other_content_is_a_dead_letter_and_the_first_one_stands() -> None:
    running = Running()
    other = replace(ASKED, data={"kind": "other"}, hash="other")
    [effects] = running.fold(ASKED, other)
    [letter] = [out for out in effects.outputs if out.topic == topics.DEAD_LETTERS]
    told = dict(letter.headers)
    assert (told["caseflow-reason"], told["caseflow-step"]) == (b"conflict", b"identity")
    assert told["caseflow-offset"] == b"0"
    assert orjson.loads(letter.value)["data"] == {"kind": "other"}
    assert (
        decode_case(running.states.kept[CASE.encode()]).case.entries[ASKED.source, ASKED.id].hash
        == ASKED.hash
    )


def test_a_record_that_intake_did_not_write_is_a_dead_letter_and_the_rest_goes_on() -> None:
    running = Running()
    told = batch(b"not of ours", encode_record(ASKED), topic=topics.EVENTS)
    [effects] = running.timelines.fold(told)
    assert [out.topic for out in effects.outputs].count(topics.DEAD_LETTERS) == 1
    assert states_told([effects]) == ["open"]


def test_a_public_hand_off_goes_out_with_every_judgement() -> None:
    running = Running()
    done = running.fold(ASKED) + running.fold(ANSWERED)
    public = [orjson.loads(o.value) for e in done for o in e.outputs if o.topic == topics.HAND_OFFS]
    assert [told["type"] for told in public] == ["caseflow.hand-off.open.v1", "caseflow.hand-off.met.v1"]
    assert len({told["id"] for told in public}) == 2
    assert public[0]["data"]["id"] == public[1]["data"]["id"]


def test_imported_history_moves_its_own_cases_clock() -> None:
    running = Running()
    later = recorded("work.told", "2026-05-01T10:00:00", history=True)
    assert states_told(running.fold(replace(ASKED, history=True))) == ["open"]
    assert states_told(running.fold(later)) == ["overdue"]


IMPORTED = replace(ASKED, history=True)
LATER = recorded("work.told", "2026-05-01T10:00:00", history=True)


def judged_told(done: Iterable[Effects]) -> list[tuple[str, bool]]:
    return [(h.state, c.importing) for c in changes(done) for h in c.hand_offs]


def test_a_live_tick_leaves_a_case_under_import_alone() -> None:
    running = Running(clock=Clock(DUE + 5))
    running.fold(IMPORTED)
    assert asyncio.run(running.timelines.due()) is None
    assert changes(running.fold(Tick(DUE + 5))) == []
    assert judged_told(running.fold(ANSWERED)) == [("met", True)]


def test_the_end_of_an_import_judges_what_is_open_and_states_again_what_was_overdue() -> None:
    running = Running()
    assert judged_told(running.fold(IMPORTED, LATER)) == [("overdue", True)]
    assert judged_told(running.fold(Tick(LATER.time_us, as_of=True))) == [("overdue", False)]
    assert changes(running.fold(Tick(LATER.time_us + 1, as_of=True))) == []


def test_what_was_over_before_the_end_of_an_import_is_not_stated_again() -> None:
    running = Running()
    late = recorded("work.answered", DUE, source="answerer", owner="answerer", history=True)
    running.fold(IMPORTED, late)
    assert changes(running.fold(Tick(LATER.time_us, as_of=True))) == []


def test_an_import_ends_even_behind_a_later_tick_and_is_judged_by_it() -> None:
    running = Running()
    running.fold(Tick(DUE), IMPORTED)
    assert judged_told(running.fold(Tick(ASKED.time_us, as_of=True))) == [("overdue", False)]


def test_after_an_import_the_clock_judges_its_cases_as_any_other() -> None:
    running = Running(clock=Clock(DUE + 5))
    running.fold(IMPORTED, Tick(ASKED.time_us, as_of=True))
    assert asyncio.run(running.timelines.due()) is not None
    assert judged_told(running.fold(Tick(DUE))) == [("overdue", False)]


def test_an_import_that_a_crash_cut_off_goes_on_after_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "CASES_PER_TRANSACTION", 2)
    running = Running()
    running.fold(*(replace(e, subject=f"case-{n}") for n in range(5) for e in (IMPORTED, LATER)))
    told = batch(encode_record(Tick(LATER.time_us, as_of=True)), first=running.next, topic=topics.EVENTS)
    done = list(running.timelines.fold(told))[:2]  # what came before the tick, and the first two cases
    for effects in done:
        running.states.kept.update(effects.states)
    again = Running(running.states)
    again.next = running.next
    rest = again.fold(Tick(LATER.time_us, as_of=True))
    assert sorted(c.case for c in changes([*done, *rest])) == [f"case-{n}" for n in range(5)]
    assert all(not c.importing for c in changes([*done, *rest]))


def test_states_judged_by_other_rules_are_refused() -> None:
    running = Running()
    running.fold(ASKED)
    with pytest.raises(OtherRulesError, match=r"other rules.*caseflow rebuild"):
        Running(running.states, rules=replace(RULES, hash="other rules"))


def test_states_of_another_format_are_refused_as_those_of_other_rules_are() -> None:
    running = Running()
    running.fold(ASKED)
    running.states.kept = {
        key: value.replace(b'"format":2', b'"format":1') for key, value in running.states.kept.items()
    }
    with pytest.raises(OtherRulesError, match=r"format 1.*caseflow rebuild"):
        Running(running.states)


def test_an_as_of_tick_that_is_read_again_leaves_later_imports_alone() -> None:
    running = Running()
    first = [Tick(LATER.time_us - DAY_US, as_of=True), IMPORTED, Tick(DUE)]
    told = batch(*(encode_record(r) for r in first), first=0, topic=topics.EVENTS)
    for effects in list(running.timelines.fold(told))[:-1]:  # a crash before the source's offset is committed
        running.states.kept.update(effects.states)
    again = Running(running.states)
    again.fold(*first)
    assert judged_told(again.fold(Tick(LATER.time_us, as_of=True))) == [("overdue", False)]
