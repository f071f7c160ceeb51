"""Documents do not rot: links resolve, files named in them exist, and examples are what the code makes."""

import re
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from caseflow.cli import app
from models.as_of import encode_as_of, read_as_of
from models.canonical import Recorded, decode_record, encode_record
from models.case import Advanced, Case, evolve
from models.case_codec import encode_case
from models.changes import difference, encode_change
from models.checks import accept
from models.envelope import Event
from models.instants import from_us, to_us
from models.reading import read
from models.rules import Rules
from streams.host.effects import Batch
from streams.host.partitions import partition_of
from streams.intake.processor import Intake
from streams.timelines.public import public_hand_offs
from tests.architecture.documents import documents, examples
from tests.architecture.tree import ROOMS, ROOT, functions, shown, sources
from tests.support.profiles import shipped
from tests.support.raw import Fetched

FLOW = "docs/how_a_case_flows.md"
CASE = "17ZZ0000160/1"
REFERRED_OFFSET = 1790
ACCEPTED_OFFSET = 1841
TOPS = {*ROOMS, "tests", "bench", "docs", "profiles", "requirements", ".ci"}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
CITATION = re.compile(r"docs/decisions/?(\S*)")
COMMAND = re.compile(r"(?:^|`|\.venv/bin/)caseflow +([a-z-]+)(?: +([a-z-]+)(?=[\s`]))?", re.MULTILINE)
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?)`")


@pytest.mark.parametrize("document", documents(), ids=shown)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert not [target for target in local if not (document.parent / target).exists()]


@pytest.mark.parametrize("document", documents(), ids=shown)
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    named = [path for path in NAMED.findall(document.read_text(encoding="utf-8")) if _is_ours(path)]
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_decision_that_the_code_cites_is_a_file() -> None:
    for path in sources():
        if path.parent.name != "architecture":
            for cited in CITATION.findall(path.read_text(encoding="utf-8")):
                assert (ROOT / "docs/decisions" / cited.rstrip('.,;:")')).is_file(), f"{shown(path)}: {cited}"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = set(LINK.findall((ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}


def test_every_override_of_the_host_has_its_reason_in_the_decision() -> None:
    told = (ROOT / "docs/decisions/0002-the-exactly-once-host.md").read_text(encoding="utf-8")
    overrides = {one.name for one in functions(ROOT / "streams/host/driver.py")}
    assert not [name for name in overrides if f"{name}`" not in told]


@pytest.mark.parametrize("document", documents(), ids=shown)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    known = _commands()
    named = COMMAND.findall(document.read_text(encoding="utf-8"))
    assert not {words for words in named if words[0] not in known or not _has(known[words[0]], words[1])}


def test_the_canonical_example_is_what_intake_makes_of_the_raw_one() -> None:
    assert _same(encode_record(_accepted()), "canonical")


def test_the_examples_of_state_change_and_hand_off_follow_from_the_canonical_one() -> None:
    rules = Rules.of(shipped("cleveland-and-durham"))
    event, version = _accepted(), orjson.loads(examples(FLOW)["change"])["version"]
    earlier = _with(Case(CASE), _referred(), rules)
    later = replace(_with(earlier, event, rules), last_offset=version)
    reading = read(later, rules)
    change = difference(CASE, version, read(earlier, rules), reading)
    assert change is not None
    assert _same(encode_change(change), "change")
    *_, told = public_hand_offs("caseflow.hand-offs", 0, change)
    assert _same(told.value, "hand-off")
    state = orjson.loads(encode_case(later, rules.hash, reading.next_due_us))
    assert state | {"rules": ""} == orjson.loads(examples(FLOW)["state"]) | {"rules": ""}


def test_the_example_of_a_dead_letter_is_what_intake_writes() -> None:
    value = orjson.dumps(orjson.loads(examples(FLOW)["raw"]) | {"time": "2062-11-02T10:15:00Z"})
    appended_ms = orjson.loads(examples(FLOW)["canonical"])["published_us"] // 1000
    refused = Fetched(value, ACCEPTED_OFFSET + 1, CASE.encode(), "caseflow.charge", 1, appended_ms)
    intake = Intake(1, 4, shipped("cleveland-and-durham"), lambda: from_us(appended_ms * 1000 + 1_000_000))
    intake.open(None, [])
    [effects] = intake.fold(Batch("caseflow.charge", 1, [refused], None))
    [letter] = effects.outputs
    headers = {name: content.decode() for name, content in letter.headers}
    assert headers == orjson.loads(examples(FLOW)["dead-letter"])


def test_the_example_of_an_as_of_record_is_one() -> None:
    time_us = read_as_of(examples(FLOW)["as-of"].encode())
    assert time_us is not None
    assert _same(encode_as_of(time_us), "as-of")


def test_the_example_of_a_tick_is_one() -> None:
    tick = decode_record(examples(FLOW)["tick"].encode())
    assert not isinstance(tick, Recorded)
    assert _same(encode_record(tick), "tick")


def _commands() -> dict[str, set[str]]:
    """Return the commands of the command line with their subcommands."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    context = Context(root)
    found = {name: root.get_command(context, name) for name in root.list_commands(context)}
    return {name: set(one.commands) if isinstance(one, TyperGroup) else set() for name, one in found.items()}


def _has(subcommands: set[str], word: str) -> bool:
    return not subcommands or not word or word.startswith("-") or word in subcommands


def _accepted() -> Recorded:
    told = examples(FLOW)
    published_us = orjson.loads(told["canonical"])["published_us"]
    return _recorded(Event.from_json(told["raw"].encode()), published_us, ACCEPTED_OFFSET)


def _referred() -> Recorded:
    """Return the event before the example's, of which the text tells the id."""
    event = Event.model_validate(
        {
            "id": "nspis-8814023",
            "source": "/agency/cleveland-police",
            "type": "caseflow.charge.referred-to-cps.v1",
            "subject": CASE,
            "time": "2026-10-30T16:00:00Z",
        }
    )
    return _recorded(event, to_us(event.time) + 2_000_000, REFERRED_OFFSET)


def _recorded(event: Event, appended_us: int, offset: int) -> Recorded:
    raw = ("caseflow.charge", partition_of(CASE.encode(), 4), offset)
    outcome = accept(event, shipped("cleveland-and-durham"), appended_us, raw)
    assert isinstance(outcome, Recorded)
    return outcome


def _with(case: Case, event: Recorded, rules: Rules) -> Case:
    outcome = evolve(case, event, rules)
    assert isinstance(outcome, Advanced)
    return outcome.case


def _same(written: bytes, name: str) -> bool:
    return bool(orjson.loads(written) == orjson.loads(examples(FLOW)[name]))


def _is_ours(path: str) -> bool:
    """Return whether a name in a document is a path of the repository, and not one of a data directory."""
    return path.split("/", maxsplit=1)[0] in TOPS and not path.startswith("bench/out")
