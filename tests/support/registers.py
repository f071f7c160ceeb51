"""Registers of a test's own: rows in TOML over a small vocabulary in which every event keeps what rows may read."""

from models.profile import parse_profile
from models.rules import Rules

EVENTS = ("asked", "answered", "told", "listed", "extended", "halted", "resumed", "named", "ended", "dropped")
ATTRIBUTES = (
    "kind",
    "days",
    "less",
    "from",
    "date",
    "until",
    "granted",
    "who",
    "urgent",
    "aboutEvent",
    "number",
)
PROFILE = """\
name = "tested"
title = "Tested"
time_zone = "Europe/London"
parties = ["person"]

[clock]
mode = "live"

[judging]
grace_minutes = 0

[[stage]]
code = "work"
title = "Work"
"""
AGENCIES = """\
[[agency]]
code = "asker"
name = "Asker"
roles = ["front"]

[[agency]]
code = "answerer"
name = "Answerer"
roles = ["back"]
"""
ROW = """\
id = "T1"
title = "Tested"
sender = "front"
receiver = "back"
owner = "receiver"

[[start]]
events = ["work.asked"]

[[stop]]
events = ["work.answered"]
"""
TEN_DAYS = """
[[limit]]
kind = "max"
amount = 10
certainty = "C"
source = "a rule"
"""


def register(*rows: str, profile: str = PROFILE) -> Rules:
    """Return the rules of a profile with these rows."""
    events = "".join(
        f'[[event]]\ntype = "work.{name}"\npublishers = ["front", "back"]\njudged = {list(ATTRIBUTES)}\n'
        for name in EVENTS
    )
    files = {
        "profile.toml": profile,
        "agencies.toml": AGENCIES,
        "events.toml": events,
        "calendars.toml": '[[calendar]]\nname = "bank"\nholidays = "GB-ENG"\n',
    }
    files |= {f"hand_offs/{number}.toml": text for number, text in enumerate(rows)}
    return Rules.of(parse_profile(files))
