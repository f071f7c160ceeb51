"""Messages about silo signals: what shows between organisations, without any case."""

import csv
import io
from dataclasses import replace

import orjson

from consumers.alerts.line import Line
from consumers.alerts.message import Kind, Message, body, pseudonymised, restored, stored
from consumers.alerts.wording import list_as_csv, subject, text

SENTENCE = "Police to CPS, charging file: in the 20 open days to 12 June 2026 31 were completed."
SLOW = Line(
    alert="0b5f0d0c-6f2e-5b5a-9a49-2f4d1f5f0a11",
    what="raised",
    case=None,
    rule="H04",
    title="Cleveland Police to CPS North East, charging file",
    sender="cleveland-police",
    receiver="cps-north-east",
    owner="cps-north-east",
    area=None,
    severity=None,
    level=0,
    due=None,
    deadline=None,
    days_late=None,
    limit=None,
    certainty=None,
    local_target=False,
    signal="5f0d7a3e-6c0f-5c1e-8e7e-0a4c3c1f9d21",
    kind="slow_pair",
    sentence=SENTENCE,
    confidence="moderate",
)
SILENT = replace(
    SLOW, signal="9", kind="feed_silence", rule=None, title="CPS", sender=None, receiver=None, sentence="No."
)


def message(*lines: Line, kind: Kind = Kind.SINGLE) -> Message:
    return Message("id-1", "signals", "office", kind, "2026-06-15T06:00:00.000+01:00", lines)


def test_a_message_about_a_signal_says_its_sentence_how_sure_it_is_and_where_to_look() -> None:
    said = text(message(SLOW))
    for part in (
        "Signal open: slow pair: Cleveland Police to CPS North East, charging file",
        SENTENCE,
        "Confidence: moderate",
        "cps-north-east is asked first. caseflow signals show 5f0d7a3e",
        "Message id-1",
    ):
        assert part in said
    assert subject(message(SLOW)) == (
        "caseflow: signal open: slow pair: Cleveland Police to CPS North East, charging file"
    )


def test_several_signals_are_told_one_after_the_other() -> None:
    several = message(SLOW, SILENT, replace(SLOW, what="resolved"), kind=Kind.DIGEST)
    assert subject(several) == "caseflow: 2 signals open, 1 signal over"
    said = text(several)
    assert said.count("Signal ") == 3
    assert "Nothing more is to be done." in said
    assert "hand-off" not in said


def test_an_escalated_signal_says_that_nobody_acknowledged_it() -> None:
    said = text(message(replace(SLOW, what="escalated", level=1)))
    assert "Signal not acknowledged: slow pair" in said
    assert "Level:      1" in said


def test_programs_read_a_signal_without_the_fields_of_a_case() -> None:
    data = orjson.loads(body(message(SLOW)))["data"]
    [told] = data["alerts"]
    assert told == {
        "alert": SLOW.alert,
        "what": "raised",
        "handOff": "H04",
        "title": SLOW.title,
        "sender": "cleveland-police",
        "receiver": "cps-north-east",
        "owner": "cps-north-east",
        "level": 0,
        "signal": SLOW.signal,
        "kind": "slow_pair",
        "sentence": SENTENCE,
        "confidence": "moderate",
    }
    assert (data["byHandOff"], data["oldestDue"]) == ([], None)


def test_a_list_has_signals_beside_hand_offs_in_the_same_columns() -> None:
    [row] = csv.DictReader(io.StringIO(list_as_csv(message(SLOW))))
    assert (row["kind"], row["sentence"], row["case"], row["severity"]) == ("slow_pair", SENTENCE, "", "")


def test_outside_the_partnership_a_signal_is_told_as_it_is_as_it_names_no_case() -> None:
    [told] = pseudonymised(message(SLOW), b"a key of sixteen").lines
    assert (told.case, told.sentence, told.signal) == (None, SENTENCE, SLOW.signal)


def test_what_is_kept_of_a_signals_message_comes_back_as_it_was() -> None:
    one = message(SLOW)
    assert restored(stored(one)) == (one.at, one.lines)
