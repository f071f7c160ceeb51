"""Promise 6: the log replayed at one go reads every case as a worker did that lived through it, batch by batch."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from infra import topics
from models.canonical import Recorded, Tick, encode_record
from models.case_codec import decode_case
from models.reading import Reading, read
from models.replay import Replay
from models.rules import Rules
from streams.timelines.processor import Timelines
from tests.support.profiles import shipped
from tests.support.raw import Memory, batch
from tests.support.records import at, recorded

RULES = Rules.of(shipped("cleveland-and-durham"))
TYPES = sorted(RULES.profile.event_types)
OWNERS = ["cleveland-police", "cps-north-east", "hmcts-magistrates", "hmcts-crown", "hmp-durham", None]
START = at("2026-03-20T00:00:00")
HOUR_US = 3_600_000_000
END_OF_IMPORTS = Tick(START, as_of=True)
Entry = Recorded | Tick


@st.composite
def events(draw: st.DrawFn, number: int) -> Recorded:
    """An event of one of three cases; some are history, some amend, withdraw or conflict with what was told."""
    changes = draw(st.sampled_from([None, None, None, None, "amends", "withdraws"]))
    return recorded(
        draw(st.sampled_from(TYPES)),
        START + draw(st.integers(0, 2_000)) * HOUR_US,
        id=draw(st.sampled_from([f"e{number}"] * 9 + ["e0"])),
        subject=draw(st.sampled_from(["C1", "C2", "C3"])),
        owner=draw(st.sampled_from(OWNERS)),
        precision=draw(st.sampled_from(["second"] * 5 + ["day"])),
        history=draw(st.sampled_from([False, False, True])),
        **({changes: f"e{draw(st.integers(0, 12))}"} if changes else {}),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Events with ticks between them, some older than the last; the ends of imports too."""
    told: list[Entry] = []
    for number in range(draw(st.integers(1, 14))):
        told.append(draw(events(number)))
        if draw(st.booleans()):
            hour = START + draw(st.integers(0, 3_000)) * HOUR_US
            told.append(Tick(hour, as_of=draw(st.sampled_from([False, False, False, True]))))
    return told


@given(logs(), st.lists(st.integers(1, 5), max_size=8))
def test_a_replay_reads_every_case_as_a_worker_that_lived_through_the_log(
    log: list[Entry], sizes: Sequence[int]
) -> None:
    log = [*log, END_OF_IMPORTS]
    assert replayed(log) == lived_through(log, sizes)


@given(logs())
def test_a_tick_passes_by_a_case_whose_import_goes_on(log: list[Entry]) -> None:
    arrest = recorded("charge.arrested", START, subject="C4", id="arrest", history=True)
    replay = replay_of([*log, arrest, *(tick for tick in log if isinstance(tick, Tick) and not tick.as_of)])
    one = next(one for one in replay.cases() if one.case.ref == "C4")
    assert (one.importing, one.case.judged_us) == (True, START)


def replay_of(log: Sequence[Entry]) -> Replay:
    replay = Replay(RULES)
    for offset, entry in enumerate(log):
        if isinstance(entry, Tick):
            replay.tick(entry, offset)
        else:
            replay.event(entry, offset)
    return replay


def replayed(log: Sequence[Entry]) -> dict[str, Reading]:
    return {one.case.ref: one.reading for one in replay_of(log).cases()}


def lived_through(log: Sequence[Entry], sizes: Sequence[int]) -> dict[str, Reading]:
    """Return the readings of the states that a worker leaves which gets the log in batches of these sizes."""
    states = Memory()
    timelines = Timelines(0, RULES, None, 100, lambda: datetime(2026, 4, 1, tzinfo=UTC))
    timelines.open(states, [])
    seen = 0
    for size in [*sizes, len(log)]:
        some = log[seen : seen + size]
        if some:
            for effects in timelines.fold(batch(*map(encode_record, some), first=seen, topic=topics.EVENTS)):
                states.kept.update(effects.states)
        seen += len(some)
    kept = {key: value for key, value in states.kept.items() if not key.startswith(b"~")}
    return {key.decode(): read(decode_case(value).case, RULES) for key, value in kept.items()}
