"""Promises 2 and 4: any order, repetition and batching gives the same timeline; every second has an owner."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from models.canonical import Recorded
from models.case import Case
from models.case_codec import decode_case, encode_case
from models.changes import difference
from models.instants import DAY_US
from models.reading import NOTHING_READ, Reading, read
from models.rules import Rules
from models.timeline import StepKind
from tests.support.cases import fold, reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
TYPES = sorted(RULES.profile.event_types)
OWNERS = ["cleveland-police", "cps-north-east", "hmcts-magistrates", "hmcts-crown", "hmp-durham", None]
START = at("2026-03-20T00:00:00")
TIMES = st.one_of(
    st.integers(0, 200).map(lambda hours: START + hours * 3_600_000_000),
    st.integers(0, 8).map(lambda days: START + days * DAY_US),
)


@st.composite
def events(draw: st.DrawFn) -> list[Recorded]:
    """Some events of one case, with ties, day precision, unknown owners, amendments and withdrawals."""
    roots = [
        recorded(
            draw(st.sampled_from(TYPES)),
            draw(TIMES),
            id=f"e{number}",
            owner=draw(st.sampled_from(OWNERS)),
            precision=draw(st.sampled_from(["second", "second", "second", "day"])),
            sequence=draw(st.integers(0, 2)),
            history=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    later = [
        recorded(
            draw(st.sampled_from(TYPES)),
            draw(TIMES),
            id=f"a{number}",
            recorded_us=draw(st.integers(0, 3)),
            **{draw(st.sampled_from(["amends", "withdraws"])): f"e{draw(st.integers(0, 9))}"},
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return roots + later


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Recorded], list[Recorded]]:
    """The same events twice: once each, and in another order with repeats."""
    told = draw(events())
    repeated = told + draw(st.lists(st.sampled_from(told), max_size=4))
    return told, list(draw(st.permutations(repeated)))


@given(arrivals(), st.none() | st.integers(0, 400).map(lambda hours: START + hours * 3_600_000_000))
def test_any_order_and_repetition_gives_the_same_timeline_and_hand_offs(
    both: tuple[list[Recorded], list[Recorded]], now_us: int | None
) -> None:
    straight, shuffled = both
    assert reading(straight, RULES, now_us) == reading(shuffled, RULES, now_us)


@given(arrivals())
def test_any_order_gives_the_same_state_to_the_byte(both: tuple[list[Recorded], list[Recorded]]) -> None:
    straight, shuffled = (encode_case(fold(told, RULES), RULES.hash, None) for told in both)
    assert straight == shuffled


@given(arrivals(), st.lists(st.integers(1, 4), max_size=6))
def test_any_batching_adds_up_to_the_same_rows(
    both: tuple[list[Recorded], list[Recorded]], sizes: Sequence[int]
) -> None:
    straight, shuffled = both
    assert rows_after_batches(shuffled, sizes) == rows_after_batches(straight, [])


@given(arrivals(), st.lists(st.integers(1, 4), max_size=6))
def test_an_earlier_reading_saves_work_and_changes_nothing(
    both: tuple[list[Recorded], list[Recorded]], sizes: Sequence[int]
) -> None:
    _, shuffled = both
    before, seen = NOTHING_READ, 0
    for size in [*sizes, len(shuffled)]:
        seen = min(len(shuffled), seen + size)
        case = fold(shuffled[:seen], RULES)
        before = read(case, RULES, before)
        assert before == read(case, RULES)


@given(events())
def test_every_second_of_a_case_has_one_owner(told: list[Recorded]) -> None:
    summary = reading(told, RULES).summary
    if summary is not None:
        parts = (summary.inside_us, summary.between_us, summary.unknown_us)
        assert all(part >= 0 for part in parts)
        assert sum(parts) == summary.elapsed_us == summary.last_us - summary.first_us


@given(events())
def test_steps_join_without_gap_or_overlap(told: list[Recorded]) -> None:
    read_now = reading(told, RULES)
    for step, following in zip(read_now.steps, read_now.steps[1:], strict=False):
        assert step.ended_us == following.started_us
        assert (step.to_source, step.to_event) == (following.from_source, following.from_event)


@given(events(), st.data())
def test_an_event_moved_inside_one_organisations_run_changes_no_hand_off_time(
    told: list[Recorded], data: st.DataObject
) -> None:
    before = reading([e for e in told if not (e.amends or e.withdraws)], RULES)
    inner = [
        index
        for index in range(1, len(before.placed) - 1)
        if {before.steps[index - 1].kind, before.steps[index].kind} == {StepKind.INSIDE}
    ]
    if not inner:
        return
    index = data.draw(st.sampled_from(inner))
    low, high = before.placed[index - 1].at_us, before.placed[index + 1].at_us
    if before.summary is None or before.summary.precision == "day" or low == high:
        return
    moved = before.placed[index].entry
    elsewhere = data.draw(st.integers(low, high))
    again = [
        recorded(
            e.type, elsewhere if e.id == moved.id else e.time_us, id=e.id, owner=e.owner, sequence=e.sequence
        )
        for e in (placed.entry for placed in before.placed)
    ]
    after = reading(again, RULES).summary
    assert after is not None
    assert after.between_us == before.summary.between_us


@given(events())
def test_a_state_read_back_is_the_state_written(told: list[Recorded]) -> None:
    case = fold(told, RULES)
    stored = decode_case(encode_case(case, RULES.hash, 7))
    assert stored.case == case
    assert (stored.rules_hash, stored.next_due_us) == (RULES.hash, 7)


def rows_after_batches(told: Sequence[Recorded], sizes: Sequence[int]) -> tuple[object, ...]:
    """Apply the changes of each batch as the database does, and return the rows that stand at the end."""
    steps: dict[str, object] = {}
    hand_offs: dict[str, object] = {}
    before, seen = NOTHING_READ, 0
    for size in [*sizes, len(told)]:
        seen = min(len(told), seen + size)
        after = read_of(told[:seen])
        change = difference("case", seen, before, after)
        if change is not None:
            for removed in change.steps_removed:
                del steps[removed]
            steps.update({row.id: row for row in change.steps_added})
            for gone in change.hand_offs_removed:
                del hand_offs[gone]
            hand_offs.update({h.id: h for h in change.hand_offs})
        before = after
    return steps, hand_offs, before.summary


def read_of(told: Sequence[Recorded]) -> Reading:
    """Return the reading of events that may be none."""
    return read(fold(told, RULES) if told else Case("case"), RULES)
