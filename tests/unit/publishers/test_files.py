"""Every row of a file is an event or a refusal with its line; nothing takes its neighbours with it."""

import gzip
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from models.envelope import Event
from models.refusals import Reason
from publishers.files import FileError, Progress, Report, default_rejects, publish_file
from publishers.files.lines import MAX_LINE_BYTES, Line, Lines
from publishers.files.records import Records
from tests.support.files import COOK, HEADER, LIVE, LOG, ROW, UNNUMBERED, checked, events, written


def test_a_row_becomes_an_event_in_the_words_of_the_profile():
    (event,) = events(ROW)
    assert isinstance(event, Event)
    assert (event.source, event.type, event.subject) == (
        "/agency/police",
        "caseflow.charge.arrested.v1",
        "CC1",
    )
    assert (event.sequence, event.history, event.recordedtime) == (0, True, None)
    assert event.data == {"outcome": "held"}


def test_the_same_row_has_the_same_id_and_any_part_of_it_counts():
    changed = ["CC2" + ROW[3:], ROW.replace(",0,", ",1,"), ROW.replace("10:00", "10:01")]
    ids = [event.id for event in events(ROW, ROW, *changed)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert ids[0] == "949e66df-35b0-59e7-8998-184c5dccf8de"  # for ever: another id would double every import


def test_without_numbers_equal_rows_are_told_apart_by_counting_in_any_order():
    other = ROW.replace("held", "released")
    first = [event.id for event in events(ROW, other, ROW, mapping=UNNUMBERED)]
    again = [event.id for event in events(ROW, ROW, other, mapping=UNNUMBERED)]
    assert len(set(first)) == 3
    assert set(first) == set(again)


def test_the_order_of_columns_does_not_change_an_id():
    (one,) = events(
        "CC1,Arrest,2019-03-04,POLICE", header="case_id,activity,timestamp,org", mapping=UNNUMBERED
    )
    (two,) = events(
        "POLICE,2019-03-04,Arrest,CC1", header="org,timestamp,activity,case_id", mapping=UNNUMBERED
    )
    assert one.id == two.id


@pytest.mark.parametrize(
    ("time", "precision"),
    [
        ("2019-03-04T00:00:00", "day"),
        ("2019-03-04", "day"),
        ("2019-03-04T00:01:00", "minute"),
        ("2019-03-04 10:00", "minute"),
        ("2019-03-04T10:00:09", "second"),
        ("2019-03-04T00:00:00Z", "day"),
    ],
)
def test_midnight_says_the_day_only(time, precision):
    (event,) = events(f"CC1,0,Arrest,{time},POLICE,")
    assert event.timeprecision == precision


@pytest.mark.parametrize(
    "time", ["", "yesterday", "20190304", "2019-W10-1", "2019-02-30", "04/03/2019", "2019-03-04T25:00"]
)
def test_a_time_in_other_words_is_refused(time):
    (refused,) = events(f"CC1,0,Arrest,{time},POLICE,")
    assert refused.reason is Reason.WRONG_SHAPE
    assert (refused.source, refused.case) == ("police", "CC1")


def test_an_empty_cell_says_nothing_and_na_is_a_name():
    (event,) = events("NA,0,Arrest,2019-03-04,POLICE,")
    assert (event.subject, event.data) == ("NA", {})
    assert [event.data for event in events("null,0,Arrest,2019-03-04,POLICE,None")] == [{"outcome": "None"}]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",0,Arrest,2019-03-04,POLICE,", Reason.MISSING_CASE),
        ("CC1,0,Teleport,2019-03-04,POLICE,", Reason.UNKNOWN_TYPE),
        ("CC1,0,Arrest,2019-03-04,NAVY,", Reason.UNKNOWN_ORGANISATION),
        ("CC1,x,Arrest,2019-03-04,POLICE,", Reason.WRONG_SHAPE),
        ("CC1,0,Arrest,2019-03-04,POLICE", Reason.WRONG_SHAPE),
        ("CC1,0,Arrest,2019-03-04,POLICE,,", Reason.WRONG_SHAPE),
        ("~clock,0,Arrest,2019-03-04,POLICE,", Reason.WRONG_SHAPE),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(row, reason):
    assert [getattr(event, "reason", None) for event in events(row, ROW)] == [reason, None]


async def test_rejects_name_the_line_the_reason_and_the_row(tmp_path):
    path = written(
        tmp_path, ROW, "CC1,0,Arrest,2219-03-04,POLICE,", "", "CC1,0,Arrest,1965-03-04,POLICE,", ROW
    )
    report, rejects = await checked(path)
    assert (report.rows, report.published, report.by_reason) == (4, 2, {"in-the-future": 1, "before-1970": 1})
    assert [(r["line"], r["reason"]) for r in rejects] == [(3, "in-the-future"), (5, "before-1970")]
    assert rejects[0]["row"] == "CC1,0,Arrest,2219-03-04,POLICE,"


async def test_bytes_that_are_not_utf8_are_refused_alone(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(f"{HEADER}\n{ROW}\n".encode() + b"CC2,0,Arrest,2019-03-04,POLICE,\xff\n" + ROW.encode())
    report, rejects = await checked(path)
    assert (report.rows, report.published) == (3, 2)
    assert "not UTF-8" in rejects[0]["detail"]
    assert rejects[0]["row"].endswith("\\xff")


async def test_a_nul_in_a_cell_is_refused(tmp_path):
    _, rejects = await checked(written(tmp_path, "CC1,0,Arrest,2019-03-04,POLICE,a\x00b", ROW))
    assert [r["reason"] for r in rejects] == ["nul-character"]


async def test_a_field_above_the_limit_of_csv_is_refused_alone(tmp_path):
    report, _ = await checked(written(tmp_path, ROW, f"CC1,0,Arrest,2019-03-04,POLICE,{'x' * 200_000}", ROW))
    assert (report.published, report.by_reason) == (2, {"wrong-shape": 1})


@pytest.mark.parametrize("after", [1, 10, 5000])
async def test_a_quote_that_is_never_closed_takes_no_other_row_with_it(tmp_path, after):
    path = written(tmp_path, ROW, 'CC1,0,Arrest,2019-03-04,POLICE,"open', *[ROW] * after)
    report, rejects = await checked(path)
    assert (report.rows, report.published) == (after + 2, after + 1)
    assert [r["line"] for r in rejects] == [3]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_ends():
    row = 'CC1,0,Arrest,2019-03-04,POLICE,"a, ""b""\nc"'
    assert [event.data for event in events(row, ROW)] == [{"outcome": 'a, "b"\nc'}, {"outcome": "held"}]


def test_records_do_not_depend_on_where_the_blocks_end():
    text = f'{HEADER}\r\n{ROW}\r\n"CC,1",0,"x\ny"\n\nCC3,"open\n{ROW}\n'.encode()
    whole = list(Records().fed(Lines().fed(text), ended=True))
    for size in (1, 2, 7, 30):
        records, lines, cut = Records(), Lines(), []
        for start in range(0, len(text), size):
            cut += records.fed(lines.fed(text[start : start + size]), ended=False)
        cut += records.fed(lines.fed(b""), ended=True)
        assert cut == whole
    assert [record.line for record in whole] == [1, 2, 3, 6, 7]


def test_a_line_without_end_is_refused_in_little_memory():
    lines = Lines()
    tracemalloc.start()
    for _ in range(64):
        assert lines.fed(b"x" * (1 << 20)) == []
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12 << 20
    assert lines.fed(b"\nnext\n") == [Line(1, b"x" * MAX_LINE_BYTES, too_long=True), Line(2, b"next")]


async def test_an_overlong_line_is_refused_and_the_next_one_read(tmp_path):
    report, rejects = await checked(written(tmp_path, ROW, "x" * (3 << 20), ROW))
    assert (report.published, rejects[0]["reason"], rejects[0]["line"]) == (2, "too-large", 3)
    assert len(rejects[0]["row"]) == 64 << 10


async def test_a_byte_order_mark_and_windows_line_ends_are_read_over(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{ROW}\r\n".encode())
    assert (await checked(path))[0].published == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"case_id,seq,activity,timestamp\n", "needs the columns org; the header has case_id, seq"),
        (HEADER.replace("outcome", "org").encode(), "org heads several columns"),
        (b"\xff\xfe\n", "the header: the text is not UTF-8"),
        (b"x" * (2 << 20), "the header: the line has more than"),
        (b'"case_id\n', "the header: this is no CSV record"),
    ],
)
async def test_a_file_that_is_no_table_is_an_error(tmp_path, content, message):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=message):
        await checked(path)


async def test_a_table_with_a_header_alone_has_no_rows(tmp_path):
    assert (await checked(written(tmp_path)))[0] == Report()


async def test_a_file_that_is_not_there_or_has_another_kind_is_an_error(tmp_path):
    with pytest.raises(FileError, match="cannot be opened: No such file"):
        await checked(tmp_path / "none.csv")
    with pytest.raises(FileError, match="rename the file"):
        await checked(tmp_path / "log.xlsx")


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-20], lambda _: b"no gzip", lambda b: b[:30] + b"\x00" * 9 + b[39:]]
)
async def test_a_damaged_archive_is_an_error_and_not_a_crash(tmp_path, damage):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(damage(gzip.compress("\n".join([HEADER, *[ROW] * 500]).encode())))
    with pytest.raises(FileError, match="get the file again"):
        await checked(path)


async def test_rejects_never_overwrite_the_file_that_is_read(tmp_path):
    path = written(tmp_path, ROW)
    with pytest.raises(FileError, match="name another one"):
        await publish_file(str(path), COOK, None, None, path, lambda _: None)
    assert ROW in path.read_text()


async def test_a_later_run_without_refusals_empties_the_rejects(tmp_path):
    await checked(written(tmp_path, "wrong"))
    _, rejects = await checked(written(tmp_path, ROW))
    assert rejects == []


async def test_several_imports_must_be_told_apart(tmp_path):

    both = replace(COOK, imports={"a": LOG, "b": LOG})
    with pytest.raises(FileError, match="it has: a, b"):
        await checked(written(tmp_path, ROW), both)


async def test_progress_ends_at_the_whole_file(tmp_path):
    path = written(tmp_path, *[ROW] * 10_000)
    seen: list[Progress] = []
    await publish_file(str(path), COOK, None, None, tmp_path / "r", seen.append)
    assert seen[-1] == Progress(10_000, path.stat().st_size, path.stat().st_size, 10_000, 0)
    assert [p.rows for p in seen] == sorted(p.rows for p in seen)
    assert len(seen) > 2


def test_rejects_stand_in_the_current_directory_unless_told_otherwise():
    assert default_rejects("/far/away/log.csv.gz") == Path("log.csv.gz.rejects.jsonl")


def test_a_table_in_the_words_of_the_profile_names_its_own_ids():
    mapping = LIVE.imports["events"]
    name = next(n for n in LIVE.event_types if LIVE.may_publish("durham-police", n))
    header = "case_ref,type,time,source,recorded_time,event_id,sequence,actingOrg,area"
    (event,) = events(
        f"A/1,{name},2026-07-01T10:00:00,durham-constabulary,2026-07-01T12:00:00Z,E-1,,,durham",
        header=header,
        mapping=mapping,
        profile=LIVE,
    )
    assert (event.id, event.source, event.data) == ("E-1", "/agency/durham-police", {"area": "durham"})
    assert event.time.isoformat() == "2026-07-01T10:00:00+01:00"
    assert event.recordedtime.isoformat() == "2026-07-01T13:00:00+01:00"
