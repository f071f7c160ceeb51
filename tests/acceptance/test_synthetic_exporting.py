"""A world in a file: what `tell` yields, byte for byte, and the truth beside it, never in it."""

import gzip
from datetime import UTC, datetime

import orjson
import pytest
from typer.testing import CliRunner

from caseflow.cli import app
from infra.profile_files import read_profile_files
from publishers.synthetic.exporting import Order, cases_for, export
from publishers.synthetic.partnership import tell, truth

FILES = read_profile_files("cleveland-and-durham")
UNTIL = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = Order(FILES, 3, 300, UNTIL, plants=("slow-pair=cps:police,from=2026-03-01",))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    seen = []
    done = export(
        ORDER,
        folder / "events.jsonl",
        folder / "truth.jsonl",
        lambda *step: seen.append(step),
        workers=2,
    )
    return folder, done, seen


def test_the_file_holds_what_is_told_in_the_same_order(written):
    folder, done, _ = written
    lines = (folder / "events.jsonl").read_bytes().splitlines()
    assert lines == [arrival.line for arrival in tell(ORDER.world(), UNTIL)]
    assert (done.events, done.cases) == (len(lines), 300)


def test_the_truth_stands_beside_it_one_label_to_a_line(written):
    folder, done, _ = written
    lines = (folder / "truth.jsonl").read_bytes().splitlines()
    assert lines == [label.to_json() for label in truth(ORDER.world(), UNTIL)]
    assert done.labels == len(lines)
    assert any(orjson.loads(line)["why"] == "slow-pair" for line in lines)


def test_nothing_else_is_left_in_the_folder(written):
    folder, _, _ = written
    assert {path.name for path in folder.iterdir()} == {"events.jsonl", "truth.jsonl"}


def test_progress_rises_to_its_total(written):
    _, done, seen = written
    assert [step[0] for step in seen] == sorted(step[0] for step in seen)
    assert all(step[0] <= step[1] for step in seen)
    assert seen[-1][2] == done.events


def test_a_compressed_file_is_the_same_every_time(tmp_path, written):
    folder, _, _ = written
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    for path in (first, second):
        export(ORDER, path, None, lambda *_: None, workers=1)
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()) == (folder / "events.jsonl").read_bytes()


def test_the_number_of_cases_follows_from_the_events_that_are_asked_for():
    cases = cases_for(ORDER, 10_000)
    events = sum(1 for _ in tell(Order(FILES, 3, cases, UNTIL, plants=ORDER.plants).world(), UNTIL))
    assert events == pytest.approx(10_000, rel=0.1)


def test_the_command_writes_a_file_that_a_dry_run_accepts_whole(tmp_path):
    events, labels = tmp_path / "events.jsonl", tmp_path / "truth.jsonl"
    asked = ["--to", str(events), "--truth", str(labels), "--cases", "20", "--until", "2026-11-22"]
    made = CliRunner().invoke(app, ["synthesise", *asked])
    assert made.exit_code == 0, made.output
    assert labels.stat().st_size > 0
    checked = CliRunner().invoke(app, ["publish", str(events), "--dry-run", "--format", "json"])
    told = orjson.loads(checked.stdout)
    assert told["rows"] == told["published"] > 100


def test_the_command_lists_what_can_be_planted():
    listed = CliRunner().invoke(app, ["synthesise", "--plants"])
    assert listed.exit_code == 0
    assert "S1  slow-pair=sender:receiver,factor=2" in listed.stdout
    assert "S16 null" in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name one with --to FILE"),
        (["--to", "x.jsonl", "--plant", "slow=1"], "nothing named 'slow' can be planted"),
        (["--to", "x.jsonl", "--profile", "cook-county"], "speaks the vocabulary"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_sentence(tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    failed = CliRunner().invoke(app, ["synthesise", *arguments])
    assert failed.exit_code == 1
    assert says in failed.stderr
    assert list(tmp_path.iterdir()) == []
