"""Logs for process mining: order, names, pseudonyms, what is unknown, and what no format can hold."""

import json
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.instants import DAY_US
from projections.process_logs.entries import LoggedCase, LoggedEvent, OpenHandOff
from projections.process_logs.export import LogFormat, log_file
from projections.process_logs.files import complete
from projections.process_logs.naming import Naming
from projections.process_logs.open_hand_offs import OpenHandOffs, beside
from tests.support.process_logs import cases_of_csv, cases_of_ocel, cases_of_xes, is_ocel

NOON = 20_600 * DAY_US + DAY_US // 2
LONDON = ZoneInfo("Europe/London")
READERS = {LogFormat.LOG: cases_of_csv, LogFormat.XES: cases_of_xes, LogFormat.OCEL: cases_of_ocel}
PLAIN = Naming()
SECRET = Naming(key=b"0123456789abcdef")


def event(
    at_us: int, kind: str = "charge.charged", org: str | None = "police", **over: object
) -> LoggedEvent:
    told = LoggedEvent(kind, org, at_us, org or "unknown", "e1", org, "second", NOON + 5, "north", None, None)
    return told._replace(**over)


def case(
    *events: LoggedEvent, ref: str = "C1", cut: bool = False, waiting: tuple[OpenHandOff, ...] = ()
) -> LoggedCase:
    return LoggedCase(ref, "north", cut, events, waiting)


def written(
    folder: Path,
    what: LogFormat,
    *cases: LoggedCase,
    naming: Naming = PLAIN,
    zone: tzinfo = UTC,
    name: str = "log",
) -> Path:
    path = folder / f"{name}.{what}"
    with log_file(what, path, naming, zone) as log:
        for one in cases:
            log.write(one)
    return path


def _broken(told: LoggedCase) -> LoggedCase:
    raise ValueError(f"no case {told.ref}")


@pytest.mark.parametrize("what", LogFormat)
def test_events_of_one_instant_keep_their_canonical_order(what: LogFormat, tmp_path: Path) -> None:
    told = case(event(NOON, "charge.b"), event(NOON, "charge.a"), event(NOON, "charge.c"))
    (seen,) = READERS[what](written(tmp_path, what, told)).values()
    assert [one.activity for one in seen] == ["charge.b", "charge.a", "charge.c"]


@pytest.mark.parametrize("what", LogFormat)
def test_an_unknown_organisation_is_empty(what: LogFormat, tmp_path: Path) -> None:
    (seen,) = READERS[what](written(tmp_path, what, case(event(NOON, org=None)))).values()
    assert seen[0].org == ""


@pytest.mark.parametrize("what", LogFormat)
def test_pseudonyms_are_the_same_for_the_same_secret_only(what: LogFormat, tmp_path: Path) -> None:
    told = case(event(NOON), ref="17ZZ0000160/1")
    first, again, other = (
        written(tmp_path, what, told, naming=naming, name=name)
        for name, naming in (("a", SECRET), ("b", SECRET), ("c", Naming(key=b"another secret..")))
    )
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()
    assert "17ZZ0000160/1" not in first.read_text(encoding="utf-8")
    (pseudonym,) = READERS[what](first)
    assert pseudonym.startswith("case-")


@pytest.mark.parametrize("what", LogFormat)
def test_a_failure_leaves_an_earlier_file_as_it_was(what: LogFormat, tmp_path: Path) -> None:
    path = written(tmp_path, what, case(event(NOON)))
    before = path.read_bytes()
    with pytest.raises(ValueError, match="no case"), log_file(what, path, PLAIN, UTC) as log:
        log.write(_broken(case(event(NOON), ref="C2")))
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.spool"))


def test_an_instant_has_the_offset_of_the_zone_and_a_date_none(tmp_path: Path) -> None:
    summer = written(tmp_path, LogFormat.XES, case(event(NOON)), zone=LONDON, name="summer")
    assert 'value="2026-05-27T13:00:00+01:00"' in summer.read_text(encoding="utf-8")
    dated = case(event(20_600 * DAY_US, precision="day"), cut=True)
    cut = written(tmp_path, LogFormat.XES, dated, zone=LONDON, name="cut")
    assert 'value="2026-05-27T00:00:00+00:00"' in cut.read_text(encoding="utf-8")


def test_names_of_a_log_stand_for_codes(tmp_path: Path) -> None:
    naming = Naming({"charge.charged": "Charge"}, {"police": "POLICE"})
    (seen,) = cases_of_csv(written(tmp_path, LogFormat.LOG, case(event(NOON)), naming=naming)).values()
    assert (seen[0].activity, seen[0].org) == ("Charge", "POLICE")


def test_xes_shows_what_xml_cannot_hold_and_escapes_the_rest(tmp_path: Path) -> None:
    hostile = case(event(NOON), ref='C\x1b"<&>\n\ufffe')
    assert list(cases_of_xes(written(tmp_path, LogFormat.XES, hostile))) == ['C\ufffd"<&>\n\ufffd']


def test_csv_is_rfc_4180_with_counted_events(tmp_path: Path) -> None:
    path = written(tmp_path, LogFormat.LOG, case(event(NOON, id='a"b'), event(NOON + 1)))
    lines = path.read_bytes().split(b"\r\n")
    assert lines[0] == b"case_id,seq,activity,timestamp,org,precision,published_at,area,source,event_id"
    assert lines[1].endswith(b',"a""b"')
    assert [line.split(b",")[1] for line in lines[1:3]] == [b"0", b"1"]
    assert lines[3] == b""


def test_ocel_sorts_events_by_time_and_its_ids_rise(tmp_path: Path) -> None:
    path = written(tmp_path, LogFormat.OCEL, case(event(NOON + 9), ref="C1"), case(event(NOON), ref="C2"))
    log = json.loads(path.read_text(encoding="utf-8"))
    assert is_ocel(log)
    assert [one["id"] for one in log["events"]] == ["e0000000001", "e0000000002"]
    assert log["events"][0]["relationships"][0]["objectId"] == "case:C2"


def test_ocel_has_each_object_once_with_its_relationships(tmp_path: Path) -> None:
    listed = event(NOON, hearing="h1", org="court", acting="clerk", source="court")
    charged = event(NOON + 1, offence="SYN0001")
    log = json.loads(
        written(tmp_path, LogFormat.OCEL, case(listed, charged, listed)).read_text(encoding="utf-8")
    )
    assert [one["id"] for one in log["objects"]] == [
        "case:C1",
        "defendant:C1",
        "hearing:h1",
        "offence:C1:SYN0001",
        "organisation:clerk",
        "organisation:court",
        "organisation:police",
    ]
    assert log["objects"][3]["relationships"] == [
        {"objectId": "defendant:C1", "qualifier": "charged against"}
    ]
    links = {link["objectId"]: link["qualifier"] for link in log["events"][0]["relationships"]}
    assert links["organisation:court"] == "held by"
    assert links["organisation:clerk"] == "done by"
    assert links["hearing:h1"] == "at"


def test_an_empty_log_is_one_all_the_same(tmp_path: Path) -> None:
    for what, read in READERS.items():
        assert read(written(tmp_path, what)) == {}


def test_open_hand_offs_lie_beside_the_log(tmp_path: Path) -> None:
    waits = OpenHandOff(
        "H04", "Charging", "cps", "police", "cps", "overdue", NOON, NOON + DAY_US, "28 days", "C"
    )
    path = beside(tmp_path / "log.xes.gz")
    with complete(path) as file:
        OpenHandOffs(file, PLAIN).write(case(event(NOON), waiting=(waits,)))
    assert path.name == "log.open-hand-offs.csv"
    row = path.read_text(encoding="utf-8").splitlines()[1]
    assert row == (
        "C1,H04,Charging,cps,police,cps,overdue,2026-05-27T12:00:00Z,2026-05-28T12:00:00Z,28 days,C"
    )


def test_a_compressed_log_has_no_time_of_its_own(tmp_path: Path) -> None:
    def packed(name: str) -> bytes:
        path = tmp_path / name
        with complete(path) as file:
            file.write("same")
        return path.read_bytes()

    assert packed("a.csv.gz") == packed("b.csv.gz")
