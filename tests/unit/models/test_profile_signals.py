"""What a profile says for the silo signals: open days, reduced days, the baseline and the time of day."""

from datetime import date, time

import pytest

from models.profile import ProfileError, parse_profile
from tests.support.profiles import SMALL, changed

CROWN = 'roles = ["crown"]'
SITTINGS = SMALL["calendars.toml"] + '\n[[calendar]]\nname = "sittings"\nweekend = [7]\n'
FIRST, SECOND = "from = 2026-12-21, to = 2026-12-31", "from = 2026-12-31, to = 2027-01-03"
TWICE = f"reduced = [{{ {FIRST}, strength = 0.5 }},\n  {{ {SECOND}, strength = 0.4 }}]"


def crown(*lines):
    return changed("agencies.toml", CROWN, "\n".join((CROWN, *lines)))


def signals(*lines):
    return changed("profile.toml", "[[area]]", "\n".join(("[signals]", *lines, "", "[[area]]")))


def test_an_agency_names_the_calendar_of_its_open_days():
    profile = parse_profile(crown('open_days = "sittings"') | {"calendars.toml": SITTINGS})
    assert profile.open_days_of("crown").name == "sittings"


def test_whoever_names_none_has_the_first_calendar_of_the_file_a_party_too():
    profile = parse_profile(SMALL | {"calendars.toml": SITTINGS})
    assert {profile.open_days_of(code).name for code in ("crown", "victim", "crown-court")} == {"weekends"}


def test_a_role_has_the_calendar_that_all_its_holders_share():
    one = 'open_days = "sittings"\n'
    agency = '\n[[agency]]\ncode = "{}"\nname = "A prison"\nroles = ["gaol"]\n{}'
    for second, shared in ((one, "sittings"), ("", "weekends")):
        both = agency.format("north", one) + agency.format("south", second)
        profile = parse_profile(
            SMALL | {"calendars.toml": SITTINGS, "agencies.toml": SMALL["agencies.toml"] + both}
        )
        assert profile.open_days_of("gaol").name == shared


def test_without_calendars_monday_to_friday_are_worked():
    files = changed(
        "hand_offs/A1.toml", 'unit = "working-days"\ncalendar = "weekends"\n', 'unit = "months"\n'
    )
    profile = parse_profile({name: text for name, text in files.items() if name != "calendars.toml"})
    assert profile.open_days_of("crown").is_working_day(date(2026, 5, 1))
    assert not profile.open_days_of("crown").is_working_day(date(2026, 5, 2))


def test_days_of_reduced_strength_are_declared():
    [reduced] = parse_profile(crown(f"reduced = [{{ {FIRST}, strength = 0.5 }}]")).reduced_days_of("crown")
    assert (reduced.since, reduced.until, reduced.strength) == (date(2026, 12, 21), date(2026, 12, 31), 0.5)


def test_the_settings_of_the_signals_have_plain_defaults():
    usual = parse_profile(SMALL).head.signals
    assert (usual.baseline_from, usual.baseline_weeks, usual.time_of_day) == (None, 52, time(5))
    told = parse_profile(
        signals("baseline_from = 2025-01-06", "baseline_weeks = 26", 'evaluate_at = "23:30"')
    ).head.signals
    assert (told.baseline_from, told.baseline_weeks, told.time_of_day) == (date(2025, 1, 6), 26, time(23, 30))


def hours(text):
    return {**SMALL, "calendars.toml": f"{SMALL['calendars.toml']}hours = {text}\n"}


def test_a_calendar_tells_its_open_hours_and_has_all_of_them_without():
    assert parse_profile(hours('["08:30", "16:30"]')).open_days_of("crown").open_minutes == (510, 990)
    assert parse_profile(SMALL).open_days_of("crown").open_minutes == (0, 1440)
    assert parse_profile(hours('["00:00", "24:00"]')).open_days_of("crown").open_minutes == (0, 1440)


def test_nothing_of_it_changes_how_cases_are_judged():
    usual = parse_profile(SMALL).judging_hash
    assert parse_profile(hours('["09:00", "17:00"]')).judging_hash == usual
    assert parse_profile(signals("baseline_weeks = 26")).judging_hash == usual
    told = crown('open_days = "weekends"', f"reduced = [{{ {FIRST}, strength = 0.5 }}]")
    assert parse_profile(told).judging_hash == usual


@pytest.mark.parametrize(
    ("files", "line", "words"),
    [
        (crown('open_days = "weekend"'), 20, "did you mean 'weekends'?"),
        (crown(TWICE), 21, "two strengths on 2026-12-31"),
        (crown(f"reduced = [{{ {FIRST}, strength = 1.5 }}]"), 20, "'strength' is wrong"),
        (crown("reduced = [{ from = 2026-12-21, strength = 0.5 }]"), 20, "key 'to' is missing"),
        (crown("reduced = [{ from = 2026-12-21, to = 2026-12-20, strength = 0.5 }]"), 20, "exchange them"),
        (signals("baseline_weeks = 25"), 10, "'baseline_weeks' is wrong"),
        (signals('baseline_from = "2025-01-06"'), 10, "'baseline_from' is wrong"),
        (signals('evaluate_at = "24:00"'), 10, "'evaluate_at' is wrong"),
        (signals("evaluate_on = 5"), 10, "unknown key 'evaluate_on'"),
        (hours('["9am", "17:00"]'), 3, "'9am' is no time of the day"),
        (hours('["09:00", "24:30"]'), 3, "'24:30' is no time of the day"),
        (hours('["17:00", "09:00"]'), 3, "opens before it closes"),
        (hours('["09:00", "17:30"]'), 3, "whole hours apart"),
        (hours('["09:00"]'), 3, "two times of the day"),
    ],
)
def test_a_mistake_is_named_with_its_line(files, line, words):
    with pytest.raises(ProfileError) as raised:
        parse_profile(files)
    [mistake] = raised.value.mistakes
    assert (mistake.line, words in mistake.message) == (line, True), mistake
