"""Files of events in tests: written, checked without a broker, and read row by row."""

from pathlib import Path

import orjson

from models.envelope import Event
from models.refusals import Refused
from publishers.files import Report, publish_file
from publishers.files.lines import Lines
from publishers.files.table import Table
from tests.support.profiles import shipped

COOK = shipped("cook-county")
LIVE = shipped("cleveland-and-durham")
LOG = COOK.imports["felony-log"]
UNNUMBERED = LOG.model_copy(update={"columns": LOG.columns.model_copy(update={"seq": None})})
HEADER = "case_id,seq,activity,timestamp,org,outcome"
ROW = "CC1,0,Arrest,2019-03-04T10:00:00,POLICE,held"


async def checked(path: Path, profile=COOK, mapping=None) -> tuple[Report, list[dict[str, object]]]:
    """Dry-run a file: its report and its rejects."""
    rejects = path.with_name("rejects.jsonl")
    report = await publish_file(str(path), profile, mapping, None, rejects, lambda _: None)
    lines = rejects.read_bytes().splitlines() if rejects.exists() else []
    assert report.published + report.refused == report.rows
    assert len(lines) == report.refused == sum(report.by_reason.values())
    return report, [orjson.loads(line) for line in lines]


def written(folder: Path, *rows: str, name: str = "log.csv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def events(*rows: str, header: str = HEADER, mapping=LOG, profile=COOK) -> list[Event | Refused]:
    table = Table("log.csv", profile, mapping)
    lines = Lines().fed("\n".join([header, *rows]).encode() + b"\n")
    return [item.event for item in table.items(lines, ended=True)]
