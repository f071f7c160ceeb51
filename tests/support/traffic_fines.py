"""A profile for the log of traffic fines of ../shared: a partnership of five organisations, history alone."""

from pathlib import Path

ACTIVITIES = {
    "Create Fine": "charge.created",
    "Add penalty": "charge.penalty-added",
    "Insert Date Appeal to Prefecture": "charge.appeal-dated",
    "Insert Fine Notification": "charge.notified",
    "Send Appeal to Prefecture": "charge.appeal-sent",
    "Notify Result Appeal to Offender": "charge.result-notified",
    "Receive Result Appeal from Prefecture": "charge.result-received",
    "Payment": "charge.paid",
    "Send Fine": "charge.sent",
    "Send for Credit Collection": "charge.sent-to-collection",
    "Appeal to Judge": "charge.appealed-to-judge",
}
"""In the order in which events of one day stand in the log."""
ORGS = {
    "POLICE": "police",
    "OFFENDER": "offender",
    "PREFECTURE": "prefecture",
    "CREDIT COLLECTION": "credit-collection",
    "COURT": "court",
}
_HEAD = """\
name = "traffic-fines"
title = "Traffic fines"
time_zone = "UTC"

[clock]
mode = "history"
accepts_history = true

[[stage]]
code = "charge"
title = "The fine"
"""
_IMPORT = """\
name = "fines"
title = "Fines"
format = "csv"
precision = "day"
history = true

[columns]
case = "case_id"
seq = "seq"
activity = "activity"
time = "timestamp"
org = "org"
"""


def files() -> dict[str, str]:
    """Return the profile's files by their names."""
    roles = ", ".join(f'"{code}"' for code in ORGS.values())
    agencies = [
        f'[[agency]]\ncode = "{code}"\nname = "{name}"\nroles = ["{code}"]\nsource_name = "{name}"\n'
        for name, code in ORGS.items()
    ]
    events = [f'[[event]]\ntype = "{one}"\npublishers = [{roles}]\n' for one in ACTIVITIES.values()]
    return {
        "profile.toml": _HEAD,
        "agencies.toml": "\n".join(agencies),
        "events.toml": "\n".join(events),
        "imports/fines.toml": "\n".join(
            [_IMPORT, "[activities]", *_words(ACTIVITIES), "", "[orgs]", *_words(ORGS), ""]
        ),
    }


def write_profile(folder: Path) -> Path:
    """Write the profile below a folder of profiles, and return that folder."""
    for name, text in files().items():
        path = folder / "traffic-fines" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _words(names: dict[str, str]) -> list[str]:
    return [f'"{word}" = "{code}"' for word, code in names.items()]
