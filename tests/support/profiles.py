"""A small profile in text, to break on purpose; and the profiles that come with caseflow, loaded once."""

from functools import cache

from infra.profile_files import read_profile_files
from models.profile import Profile, parse_profile

SMALL: dict[str, str] = {
    "profile.toml": """\
name = "small"
title = "A small partnership"
time_zone = "Europe/London"
parties = ["victim"]

[clock]
mode = "live"

[[area]]
code = "north"
title = "North"

[[stage]]
code = "charge"
title = "Charge"

[[stage]]
code = "court"
title = "Court"
""",
    "agencies.toml": """\
[[agency]]
code = "north-police"
name = "North Police"
roles = ["police"]
areas = ["north"]
aliases = ["northern-constabulary"]

[[agency]]
code = "provider"
name = "A provider"
roles = ["provider"]
acts_for = [
    { agency = "north-police", from = 2024-01-01, to = 2024-12-31 },
]

[[agency]]
code = "crown"
name = "Crown Court"
roles = ["crown"]
""",
    "events.toml": """\
[[event]]
type = "charge.arrested"
publishers = ["police"]

[[event]]
type = "charge.charged"
publishers = ["police"]
judged = ["remandStatus"]

[[event]]
type = "court.ptph-held"
publishers = ["crown"]
""",
    "calendars.toml": """\
[[calendar]]
name = "weekends"
""",
    "hand_offs/A1.toml": """\
id = "A1"
title = "To court"
sender = "police"
receiver = "crown"
owner = "receiver"

[[start]]
events = ["charge.charged"]
where = { remandStatus = ["bail"] }

[[stop]]
events = ["court.ptph-held"]

[[limit]]
to = 2025-12-31
kind = "max"
amount = 28
certainty = "C"
source = "an act"

[[limit]]
from = 2026-01-01
kind = "max"
amount = 10
unit = "working-days"
calendar = "weekends"
certainty = "K"
source = "a later act"
""",
    "imports/log.toml": """\
name = "log"
title = "A log"
format = "csv"
precision = "minute"

[columns]
case = "case"
activity = "what"
time = "when"
org = "who"

[activities]
"Arrested" = "charge.arrested"

[orgs]
"POLICE" = "north-police"
""",
}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return the small profile with one text replaced; the text must stand there."""
    assert old in SMALL[file], f"{old!r} is not in {file}"
    return {**SMALL, file: SMALL[file].replace(old, new, 1)}


@cache
def shipped(name: str) -> Profile:
    """Return a profile that comes with caseflow."""
    return parse_profile(read_profile_files(name))
