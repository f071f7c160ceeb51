"""Logs that leave caseflow, read again by others: the tables equal the references of both real logs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from infra.clock import now
from infra.settings import Settings
from models.envelope import Event
from models.instants import to_us
from models.profile import Profile, parse_profile
from publishers.files.lines import Lines
from publishers.files.source import opened
from publishers.files.table import Table
from tests.support import traffic_fines
from tests.support.commands import command
from tests.support.judged import store
from tests.support.process_logs import (
    Cases,
    Tables,
    assert_equal,
    cases_of_csv,
    cases_of_ocel,
    cases_of_xes,
    counts,
    directly_follows,
    handover,
    is_ocel,
    reference,
)
from tests.support.profiles import shipped
from tests.support.shared import shared

pytestmark = [pytest.mark.servers, pytest.mark.timeout(600)]
READERS: dict[str, tuple[str, Callable[[Path], Cases]]] = {
    "log": ("log.csv.gz", cases_of_csv),
    "xes": ("log.xes", cases_of_xes),
    "ocel": ("log.json", cases_of_ocel),
}


class RealLog(NamedTuple):
    """A log of ../shared, its profile, and where its references lie."""

    profile: Profile
    events: str
    handover: str
    directly_follows: str
    summary: str


def traffic() -> RealLog:
    folder = "data/traffic_fines"
    tables = (f"{folder}/handover.csv", f"{folder}/dfg.csv", f"{folder}/summary.json")
    return RealLog(parse_profile(traffic_fines.files()), f"{folder}/traffic_fines_10k.csv.gz", *tables)


def felonies() -> RealLog:
    folder = "data/cook_county"
    tables = (f"{folder}/day_handover.csv", f"{folder}/day_dfg.csv", f"{folder}/day_summary.json")
    return RealLog(shipped("cook-county"), f"{folder}/felony_2019_day.csv.gz", *tables)


LOGS = [
    pytest.param(traffic, id="traffic"),
    pytest.param(felonies, id="felonies", marks=pytest.mark.slow),
]


@pytest.fixture(params=LOGS)
async def stored(request: pytest.FixtureRequest, settings: Settings) -> tuple[Settings, RealLog]:
    """Give a database that holds one of the real logs, whole."""
    real: RealLog = request.param()
    await store(settings.database_url, real.profile, events_of(real), to_us(now()))
    return settings.model_copy(update={"profile": real.profile.name}), real


def test_a_log_read_again_gives_the_reference_tables(
    stored: tuple[Settings, RealLog], tmp_path: Path
) -> None:
    settings, real = stored
    profiles = traffic_fines.write_profile(tmp_path) if real.profile.name == "traffic-fines" else None
    for what, (name, read) in READERS.items():
        exported = export(settings, what, tmp_path / name, profiles)
        cases = read(exported)
        assert_equal(handover(cases), reference(shared(real.handover), "from_org", "to_org"))
        assert_equal(directly_follows(cases), reference(shared(real.directly_follows), "from", "to"))
        assert counts(cases) == expected_counts(shared(real.summary))
    assert is_ocel(json.loads((tmp_path / "log.json").read_text(encoding="utf-8")))
    assert not same(handover(turned(cases)), handover(cases)), "the order of ties must matter"


def export(settings: Settings, what: str, path: Path, profiles: Path | None) -> Path:
    words = ["export", what, "--to", str(path), "--names", "source"]
    result = command(settings, *words, *(["--profiles-dir", str(profiles)] if profiles else []))
    assert result.exit_code == 0, result.stderr
    return path


def events_of(real: RealLog) -> Iterator[Event]:
    mapping = next(iter(real.profile.imports.values()))
    table, lines = Table("a log", real.profile, mapping), Lines()
    with opened(str(shared(real.events))) as source:
        ended = False
        while not ended:
            block = source.block()
            ended = not block
            for item in table.items(lines.fed(block), ended=ended):
                assert isinstance(item.event, Event), item
                yield item.event


def expected_counts(path: Path) -> dict[str, float]:
    told = json.loads(path.read_text(encoding="utf-8"))
    names = ("cases", "events", "df_transitions", "handoffs", "ping_pongs", "cases_with_ping_pong")
    seconds = ("between_org_seconds", "within_org_seconds")
    return {name: told[name] for name in (*names, *seconds)} | {"duration": told["case_duration"]["sum"]}


def turned(cases: Cases) -> Cases:
    """Return the cases with events of equal times in the opposite order."""
    return {case: sorted(reversed(events), key=lambda seen: seen.at) for case, events in cases.items()}  # noqa: C414 - sorting is stable: ties keep the turned order


def same(found: Tables, expected: Tables) -> bool:
    return {pair: row["count"] for pair, row in found.items()} == {
        pair: row["count"] for pair, row in expected.items()
    }
