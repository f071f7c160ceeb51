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
from tests.support.profiles import shipped
from tests.support.raw import Memory, batch
from tests.support.records import CASE, at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
ACCEPTED = recorded(
    "charge.file-accepted",
    "2026-03-02T10:00:00",
    source="cps-north-east",
    owner="cps-north-east",
    data={"suspectStatus": "bail"},
)
DECIDED = recorded(
    "charge.decision-made", "2026-03-20T10:00:00", source="cps-north-east", owner="cps-north-east"
)
DUE = at("2026-03-30T23:00:00")  # 28 calendar days: the last moment of 30 March, British Summer Time


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
    assert states_told(running.fold(ACCEPTED)) == ["open"]
    assert states_told(running.fold(DECIDED)) == ["met"]


def test_a_batch_gives_one_change_per_case_with_its_last_offset_as_version() -> None:
    [change] = changes(Running().fold(ACCEPTED, DECIDED))
    assert (change.case, change.version, len(change.steps_added)) == (CASE, 1, 1)


def test_a_repeated_event_changes_nothing_and_opens_no_transaction() -> None:
    running = Running()
    running.fold(ACCEPTED)
    [effects] = running.fold(ACCEPTED)
    assert not effects.changes_something
    assert effects.position is not None


def test_a_record_that_is_already_in_the_state_is_skipped_after_a_restart() -> None:
    running = Running()
    running.fold(ACCEPTED)
    again = Running(running.states)
    [effects] = again.fold(ACCEPTED)  # the same offset once more
    assert not effects.changes_something


def test_a_tick_past_the_limit_makes_an_open_hand_off_overdue() -> None:
    running = Running()
    running.fold(ACCEPTED)
    assert states_told(running.fold(Tick(DUE - 1))) == []
    assert states_told(running.fold(Tick(DUE))) == ["overdue"]


def test_a_tick_behind_the_last_one_changes_nothing() -> None:
    running = Running()
    running.fold(ACCEPTED, Tick(DUE))
    assert not any(effects.changes_something for effects in running.fold(Tick(DUE - DAY_US), Tick(DUE)))


def test_a_late_start_is_overdue_at_once_when_its_limit_passed_before_the_last_tick() -> None:
    running = Running()
    running.fold(Tick(DUE))
    assert states_told(running.fold(ACCEPTED)) == ["overdue"]


def test_a_late_stop_judges_an_overdue_hand_off_again() -> None:
    running = Running()
    running.fold(ACCEPTED, Tick(DUE))
    assert states_told(running.fold(DECIDED)) == ["met"]


def test_what_fell_due_survives_a_restart_in_the_heap() -> None:
    running = Running()
    running.fold(ACCEPTED)
    assert states_told(Running(running.states).fold(Tick(0), Tick(DUE))) == ["overdue"]


def test_many_cases_due_at_once_take_several_transactions_and_resume_after_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processing, "CASES_PER_TRANSACTION", 2)
    running = Running()
    running.fold(*(replace(ACCEPTED, subject=f"case-{n}") for n in range(5)))
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
    running.fold(ACCEPTED)
    due = asyncio.run(running.timelines.due())
    assert due is not None
    [out] = due.outputs
    assert (out.topic, out.key, decode_record(out.value)) == (topics.EVENTS, b"~clock", Tick(DUE + 5))
    assert asyncio.run(running.timelines.due()) is None, "one tick at most is on its way"
    assert states_told(running.fold(Tick(DUE + 5))) == ["overdue"]


def test_the_clock_waits_for_the_backlog() -> None:
    running = Running(clock=Clock(DUE + 5, safe_us=DUE - 5))
    running.fold(ACCEPTED)
    assert asyncio.run(running.timelines.due()) is None


def test_nothing_due_asks_for_no_tick() -> None:
    running = Running(clock=Clock(DUE - 5))
    running.fold(ACCEPTED)
    assert asyncio.run(running.timelines.due()) is None


def test_the_same_id_with_other_content_is_a_dead_letter_and_the_first_one_stands() -> None:
    running = Running()
    other = replace(ACCEPTED, data={"suspectStatus": "custody"}, hash="other")
    [effects] = running.fold(ACCEPTED, other)
    [letter] = [out for out in effects.outputs if out.topic == topics.DEAD_LETTERS]
    told = dict(letter.headers)
    assert (told["caseflow-reason"], told["caseflow-step"]) == (b"conflict", b"identity")
    assert told["caseflow-offset"] == b"0"
    assert orjson.loads(letter.value)["data"] == {"suspectStatus": "custody"}
    assert (
        decode_case(running.states.kept[CASE.encode()]).case.entries[ACCEPTED.source, ACCEPTED.id].hash
        == ACCEPTED.hash
    )


def test_a_record_that_intake_did_not_write_is_a_dead_letter_and_the_rest_goes_on() -> None:
    running = Running()
    told = batch(b"not of ours", encode_record(ACCEPTED), topic=topics.EVENTS)
    [effects] = running.timelines.fold(told)
    assert [out.topic for out in effects.outputs].count(topics.DEAD_LETTERS) == 1
    assert states_told([effects]) == ["open"]


def test_a_public_hand_off_goes_out_with_every_judgement() -> None:
    running = Running()
    done = running.fold(ACCEPTED) + running.fold(DECIDED)
    public = [orjson.loads(o.value) for e in done for o in e.outputs if o.topic == topics.HAND_OFFS]
    assert [told["type"] for told in public] == ["caseflow.hand-off.open.v1", "caseflow.hand-off.met.v1"]
    assert len({told["id"] for told in public}) == 2
    assert public[0]["data"]["id"] == public[1]["data"]["id"]


def test_imported_history_moves_its_own_cases_clock() -> None:
    running = Running()
    later = recorded("charge.bailed-before-charge", "2026-05-01T10:00:00", history=True)
    assert states_told(running.fold(replace(ACCEPTED, history=True))) == ["open"]
    assert states_told(running.fold(later)) == ["overdue"]


def test_states_judged_by_other_rules_are_refused() -> None:
    running = Running()
    running.fold(ACCEPTED)
    others = Running(running.states, rules=replace(RULES, hash="other rules"))
    with pytest.raises(OtherRulesError, match="other rules"):
        others.fold(ACCEPTED, DECIDED)
