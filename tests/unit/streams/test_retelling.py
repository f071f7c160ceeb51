"""What a rebuild writes of a case, and which judgements agencies hear of."""

from dataclasses import replace

import orjson
import pytest

from infra import topics
from models.canonical import Recorded, Tick
from models.case_codec import decode_case
from models.changes import decode_change
from models.replay import Replay
from models.rules import Rules
from streams.host.effects import Out
from streams.timelines.names import CATALOGUE
from streams.timelines.retelling import Retelling, remember
from tests.support.records import CASE, at, recorded
from tests.support.registers import ROW, TEN_DAYS, register

RULES = register(ROW + TEN_DAYS)
STRICTER = register(ROW + TEN_DAYS.replace("10", "5"))
ASKED = recorded("work.asked", "2026-03-02T10:00:00", source="asker", owner="asker", data={"kind": "first"})
ANSWERED = recorded("work.answered", "2026-03-10T10:00:00", source="answerer", owner="answerer")
NEXT = 7
"""The offset at which the log goes on."""


def told(
    *log: Recorded | Tick, rules: Rules = RULES, known: dict[str, bytes] | None = None
) -> dict[str, list[Out]]:
    """Return what a rebuild of a log writes, by topic."""
    replay = Replay(rules)
    for offset, entry in enumerate(log):
        if isinstance(entry, Tick):
            replay.tick(entry, offset)
        else:
            assert replay.event(entry, offset) is None
    retelling = Retelling(3, NEXT, rules, CATALOGUE, topics.TIMELINES, known or {})
    found: dict[str, list[Out]] = {topics.TIMELINES: [], topics.CHANGES: [], topics.HAND_OFFS: []}
    for out in [*(out for one in replay.cases() for out in retelling.case(one)), *retelling.clock(replay)]:
        assert out.partition == 3
        found[out.topic].append(out)
    return found


def heard(outs: list[Out]) -> dict[str, bytes]:
    known: dict[str, bytes] = {}
    for out in outs:
        remember(known, out.value)
    return known


def states(outs: list[Out]) -> list[str]:
    return [orjson.loads(out.value)["data"]["state"] for out in outs]


def test_the_state_is_as_new_as_the_log_and_names_the_rules_it_was_judged_by() -> None:
    [state] = told(ASKED)[topics.TIMELINES]
    stored = decode_case(state.value)
    assert (state.key, stored.rules_hash) == (CASE.encode(), RULES.hash)
    assert stored.case.last_offset == NEXT - 1
    assert stored.next_due_us is not None


def test_the_change_says_all_of_the_case_at_the_last_offset() -> None:
    [out] = told(ASKED, ANSWERED)[topics.CHANGES]
    change = decode_change(out.value)
    assert (change.whole, change.version, change.importing) == (True, NEXT - 1, False)
    assert (len(change.steps_added), [h.state for h in change.hand_offs]) == (1, ["met"])


def test_the_clock_of_the_partition_comes_last() -> None:
    *_, clock = told(ASKED, Tick(at("2026-03-05T00:00:00")))[topics.TIMELINES]
    assert clock.key == b"~clock/3"
    assert orjson.loads(clock.value) == {"last_tick_us": at("2026-03-05T00:00:00"), "as_of_offset": -1}


def test_what_agencies_were_told_they_are_not_told_again() -> None:
    known = heard(told(ASKED)[topics.HAND_OFFS])
    assert told(ASKED, known=known)[topics.HAND_OFFS] == []


def test_agencies_hear_what_other_rules_make_of_it_under_an_id_that_they_have_not_seen() -> None:
    before = told(ASKED)[topics.HAND_OFFS]
    after = told(ASKED, rules=STRICTER, known=heard(before))[topics.HAND_OFFS]
    assert states(after) == ["open"]
    ids = {orjson.loads(out.value)["id"] for out in (*before, *after)}
    assert len(ids) == 2


@pytest.mark.parametrize(("log", "expected"), [((ASKED,), ["open"]), ((ASKED, ANSWERED), [])])
def test_of_what_they_never_heard_agencies_hear_only_what_is_still_awaited(
    log: tuple[Recorded, ...], expected: list[str]
) -> None:
    assert states(told(*log)[topics.HAND_OFFS]) == expected


def test_a_case_under_import_says_so_and_alerts_nobody() -> None:
    [out] = told(replace(ASKED, history=True))[topics.CHANGES]
    assert decode_change(out.value).importing
