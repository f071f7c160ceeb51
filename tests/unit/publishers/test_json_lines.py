"""A file of JSON lines: one CloudEvents event each, or a refusal with its line."""

import gzip

import orjson
import pytest

from publishers.files import FileError
from tests.support.files import checked


def json_line(**changes: object) -> bytes:
    fields = {
        "specversion": "1.0",
        "id": "a-1",
        "source": "/agency/police",
        "type": "caseflow.charge.arrested.v1",
        "subject": "CC1",
        "time": "2019-03-04T10:00:00Z",
        "history": True,
    }
    return orjson.dumps(fields | changes)


@pytest.mark.parametrize("name", ["log.jsonl", "log.json", "log.ndjson", "log.jsonl.gz"])
async def test_json_lines_are_read_one_event_each(tmp_path, name):
    content = b"\n".join(
        [json_line(), b"", b"{broken", json_line(time="1965-01-01T00:00:00Z"), b"\xff", json_line()]
    )
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    report, rejects = await checked(tmp_path / name)
    assert (report.rows, report.published) == (5, 2)
    assert [(r["line"], r["reason"]) for r in rejects] == [
        (3, "not-json"),
        (4, "before-1970"),
        (5, "not-json"),
    ]


@pytest.mark.parametrize(("content", "message"), [(b"", "is empty"), (b"[\n", "one event per line")])
async def test_json_that_has_no_lines_of_events_is_an_error(tmp_path, content, message):
    (tmp_path / "log.json").write_bytes(content)
    with pytest.raises(FileError, match=message):
        await checked(tmp_path / "log.json")
