"""What people call the figures of a great partnership, in the table of the scenarios."""

from typing import Final

LOADED: Final = {
    "case_file": "cases in the database",
    "case_event": "events in the database",
    "step": "steps in the database",
    "hand_off": "hand-offs in the database",
    "weekly_change": "weeks waiting to be computed",
    "load_s": "time to load all that",
}
DAYS: Final = {"full": "first day of all, a Sunday", "daily": "the Monday after"}
TOLD: Final = {
    "weeks": "weeks computed anew",
    "weeks_s": "time to compute them",
    "load_s": "time to read",
    "evaluate_s": "time to judge",
    "keep_s": "time to store",
    "all_s": "time to read, judge and store",
    "with_weeks_s": "time in all, with the weeks",
    "rss_mb": "greatest memory",
    "flows": "flows looked at",
    "items": "hand-offs read",
    "feed_events": "publications read",
    "steps": "steps read",
    "baselines": "usual paces locked",
    "findings": "tests asked",
    "signals": "signals, open or candidates",
}


def readable(name: str) -> str:
    """Return what a figure such as `volume_full_load_s` says; a name that nobody has put in words as it is."""
    figure = name.removeprefix("volume_")
    day, _, part = figure.partition("_")
    if day in DAYS and part in TOLD:
        return f"{DAYS[day]}: {TOLD[part]}"
    return LOADED.get(figure, name)
