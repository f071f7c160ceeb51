"""The raw log mixes dates with minutes: read carelessly it invents hand-offs, and read by our rules none."""

import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pytest

from models.canonical import Recorded
from models.case import entry_of
from models.checks import accept
from models.foreseen import NOTHING
from models.instants import from_us
from models.rules import Rules
from models.timeline import Entry, Placed, place, steps
from publishers.files.lines import Lines
from publishers.files.table import Table
from tests.support.files import COOK, LOG
from tests.support.real_log import CODES, DAY, RAW
from tests.support.shared import shared

CASES, HAND_OFFS, PROSECUTOR_TO_POLICE, IMPOSSIBLE = 36_190, 64_523, 1_469, 139
INVENTED_WITHOUT_CUTTING = 13_244
LATER_US = 1_800_000_000_000_000
RULES = Rules.of(COOK)
Cases = Mapping[str, list[Entry]]
Pairs = Counter[tuple[str | None, str | None]]


@cache
def raw() -> tuple[Cases, int]:
    """Return the entries of every case, and how many rows were refused."""
    table = Table("raw.csv", COOK, LOG)
    body = gzip.decompress(shared(RAW).read_bytes())
    cases: dict[str, list[Entry]] = defaultdict(list)
    refused = 0
    for item in table.items(Lines().fed(body), ended=True):
        record = accept(item.event, COOK, LATER_US, ("raw", 0, 0))
        if isinstance(record, Recorded):
            cases[record.subject].append(entry_of(record, RULES))
        else:
            refused += 1
    return cases, refused


def placed(
    entries: Iterable[Entry], precedence: Callable[[str], int] = RULES.precedence
) -> tuple[Placed, ...]:
    return place(entries, precedence, COOK.tz)


def pairs(timelines: Iterable[tuple[Placed, ...]]) -> Pairs:
    """Return how often each organisation follows another one."""
    found = Counter(
        (step.from_org, step.to_org) for timeline in timelines for step in steps(timeline, lambda _: NOTHING)
    )
    return Counter({pair: count for pair, count in found.items() if pair[0] != pair[1]})


def test_the_raw_log_in_our_order_is_the_day_log_in_every_case() -> None:
    cases, refused = raw()
    with gzip.open(shared(DAY), "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    expected: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        kind = LOG.activities[row["activity"]]
        expected[row["case_id"]].append((kind, CODES[row["org"]], row["timestamp"][:10]))
    found = {case: [said(one) for one in placed(entries)] for case, entries in cases.items()}
    assert refused == IMPOSSIBLE
    assert len(found) == CASES
    assert found == expected


def said(one: Placed) -> tuple[str, str | None, str]:
    day = from_us(one.at_us).date()
    return one.entry.type, one.entry.owner, day.isoformat()


def test_no_hand_off_is_invented_in_whatever_order_the_events_arrive() -> None:
    cases, _ = raw()
    for seed in (None, 1, 2):
        found = pairs(placed(arriving(entries, seed)) for entries in cases.values())
        assert found.total() == HAND_OFFS
        assert found["prosecutor", "police"] == PROSECUTOR_TO_POLICE


def arriving(entries: list[Entry], seed: int | None) -> list[Entry]:
    shuffled = list(entries)
    if seed is not None:
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    return shuffled


def test_dates_beside_minutes_would_invent_thirteen_thousand_hand_offs() -> None:
    cases, _ = raw()
    as_instants = ([one._replace(precision="second") for one in entries] for entries in cases.values())
    found = pairs(map(placed, as_instants))
    assert found["prosecutor", "police"] == INVENTED_WITHOUT_CUTTING


def by_name(kind: str) -> int:
    names = {type_: name for name, type_ in LOG.activities.items()}
    return sorted(LOG.activities).index(names[kind])


@pytest.mark.parametrize(
    ("precedence", "hand_offs"),
    [
        pytest.param(by_name, 64_927, id="by the alphabet"),
        pytest.param(lambda kind: -RULES.precedence(kind), 65_480, id="reversed"),
    ],
)
def test_another_order_of_equal_days_gives_other_hand_offs(
    precedence: Callable[[str], int], hand_offs: int
) -> None:
    cases, _ = raw()
    assert pairs(placed(entries, precedence) for entries in cases.values()).total() == hand_offs


def test_arrest_to_receipt_is_negative_where_the_file_came_before_the_arrest() -> None:
    with gzip.open(shared(DAY), "rt", newline="") as file:
        first: dict[tuple[str, str], str] = {}
        for row in csv.DictReader(file):
            first.setdefault((row["case_id"], row["activity"]), row["timestamp"])
    both = [
        (day, received)
        for (case, activity), day in first.items()
        if activity == "Arrest" and (received := first.get((case, "Received by prosecutor")))
    ]
    assert len(both) == 31_923
    assert sum(received < arrest for arrest, received in both) == 1_464
