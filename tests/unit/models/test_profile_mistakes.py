"""Every kind of mistake in a profile is named with its file, its line and what to do."""

import pytest

from models.profile import ProfileError, parse_profile
from tests.support.profiles import SMALL, changed

MISTAKES = {
    "broken toml": ("profile.toml", 'title = "A small', "title = A small", 2, "not valid TOML"),
    "an unfinished file": ("calendars.toml", 'name = "weekends"', "closed = [", 2, "end of the file"),
    "a key twice": ("profile.toml", "parties =", "title =", 4, "not valid TOML"),
    "an unknown key": ("events.toml", 'judged = ["rem', 'juged = ["rem', 8, "did you mean 'judged'?"),
    "an unknown table": ("profile.toml", "[[area]]", "[[arae]]", 9, "did you mean 'area'?"),
    "a missing key": ("agencies.toml", 'name = "A provider"\n', "", 8, "key 'name' is missing"),
    "a wrong type": ("agencies.toml", 'roles = ["provider"]', 'roles = "provider"', 11, "found 'provider'"),
    "a number as text": ("hand_offs/A1.toml", "amount = 28", 'amount = "28"', 17, "'amount' is wrong"),
    "a date as text": ("hand_offs/A1.toml", "2025-12-31", '"2025-12-31"', 15, "'to' is wrong"),
    "an unknown clock mode": ("profile.toml", '"live"', '"alive"', 7, "'live' or 'history'"),
    "a code with blanks": ("agencies.toml", '"north-police"', '"north police"', 2, "'code' is wrong"),
    "an unknown time zone": ("profile.toml", "Europe/London", "Europe/Middlesbrough", 3, "time zone"),
    "a stage twice": ("profile.toml", 'code = "court"', 'code = "charge"', 18, "declared twice"),
    "an agency twice": ("agencies.toml", 'code = "crown"', 'code = "provider"', 17, "declared twice"),
    "an event twice": ("events.toml", '"charge.arrested"', '"charge.charged"', 6, "declared twice"),
    "an alias of two": (
        "agencies.toml",
        'roles = ["crown"]',
        'roles = ["crown"]\naliases = ["northern-constabulary"]',
        20,
        "already",
    ),
    "an unknown area": ("agencies.toml", '["north"]', '["nroth"]', 5, "did you mean 'north'?"),
    "an unknown area of a court": (
        "profile.toml",
        "[[stage]]",
        '[[court]]\ncode = "B99XX"\ntitle = "A court"\narea = "nroth"\n\n[[stage]]',
        16,
        "did you mean 'north'?",
    ),
    "a court's longer code": (
        "profile.toml",
        "[[stage]]",
        '[[court]]\ncode = "B99XX00"\ntitle = "A court"\narea = "north"\n\n[[stage]]',
        14,
        "'code' is wrong",
    ),
    "an unknown principal": (
        "agencies.toml",
        'agency = "north-police"',
        'agency = "south-police"',
        13,
        "no other agency 'south-police'",
    ),
    "two principals a day": (
        "agencies.toml",
        "to = 2024-12-31 },",
        'to = 2024-12-31 },\n    { agency = "crown", from = 2024-06-01 },',
        14,
        "on the same day",
    ),
    "an unknown stage": ("events.toml", '"court.ptph-held"', '"curt.ptph-held"', 11, "no stage 'curt'"),
    "an unknown publisher": ("events.toml", '["crown"]', '["corwn"]', 12, "no role 'corwn'"),
    "a withdrawal of one's own": ("events.toml", "court.ptph-held", "court.event-withdrawn", 11, "remove it"),
    "an unknown role": ("hand_offs/A1.toml", '"crown"', '"crwn"', 4, "did you mean 'crown'?"),
    "an unknown event": ("hand_offs/A1.toml", "court.ptph-held", "court.ptph-hold", 12, "no event type"),
    "an attribute not kept": ("hand_offs/A1.toml", "remandStatus", "bailStatus", 7, "under judged"),
    "an unknown calendar": ("hand_offs/A1.toml", '= "weekends"', '= "weekdays"', 26, "no calendar"),
    "working days without calendar": (
        "hand_offs/A1.toml",
        'calendar = "weekends"\n',
        "",
        21,
        "need a calendar",
    ),
    "two limits a day": (
        "hand_offs/A1.toml",
        "from = 2026-01-01",
        "from = 2025-12-31",
        21,
        "on the same day",
    ),
    "a maximum without number": ("hand_offs/A1.toml", "amount = 10\n", "", 21, "needs its amount"),
    "an unknown activity target": (
        "imports/log.toml",
        "charge.arrested",
        "charge.arested",
        13,
        "no event type",
    ),
    "an unknown organisation": ("imports/log.toml", '"north-police"', '"north"', 16, "no agency 'north'"),
    "an unwanted history": ("imports/log.toml", '"minute"', '"minute"\nhistory = true', 5, "accepts_history"),
}


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(file, old, new, line, words):
    with pytest.raises(ProfileError) as caught:
        parse_profile(changed(file, old, new))
    found = {(mistake.file, mistake.line) for mistake in caught.value.mistakes if words in mistake.message}
    assert (file, line) in found, str(caught.value)
    assert f"{file}:{line}: " in str(caught.value)


def test_all_mistakes_are_shown_at_once_in_the_order_of_their_lines():
    files = {**changed("events.toml", 'publishers = ["crown"]', "publishers = []")}
    files["agencies.toml"] = SMALL["agencies.toml"].replace("code =", "cod =")
    with pytest.raises(ProfileError) as caught:
        parse_profile(files)
    mistakes = caught.value.mistakes
    assert {mistake.file for mistake in mistakes} == {"agencies.toml", "events.toml"}
    assert list(mistakes) == sorted(mistakes)


def test_a_missing_file_is_named():
    files = {name: text for name, text in SMALL.items() if name != "events.toml"}
    with pytest.raises(ProfileError, match=r"events\.toml:1: the file is missing"):
        parse_profile(files)


def test_a_file_that_no_profile_has_is_named():
    with pytest.raises(ProfileError, match=r"agency\.toml:1: a profile has no such file"):
        parse_profile({**SMALL, "agency.toml": ""})


def test_a_rule_id_in_two_files_is_named_in_the_second():
    with pytest.raises(ProfileError, match=r"hand_offs/A2\.toml:1: rule 'A1' is in another file"):
        parse_profile({**SMALL, "hand_offs/A2.toml": SMALL["hand_offs/A1.toml"]})
