"""The real log of ../shared: slices of it, and its hand-off matrix by plain arithmetic."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.support.shared import shared

DAY = "data/cook_county/felony_2019_day.csv.gz"
RAW = "data/cook_county/felony_2019_raw.csv.gz"
CODES = {"POLICE": "police", "PROSECUTOR": "prosecutor", "GRAND JURY": "grand-jury", "COURT": "court"}
Row = dict[str, str]


class Slice(NamedTuple):
    """Rows of the log, and the file that holds them."""

    path: Path
    rows: list[Row]


def cut(relative: str, cases: int | None, folder: Path, *, shuffled: bool = False) -> Slice:
    """Write the first cases of a log (None: all of them) as a file of its own; shuffled rows by a fixed seed."""
    with gzip.open(shared(relative), "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    if cases is not None:
        wanted = set(list(dict.fromkeys(row["case_id"] for row in rows))[:cases])
        rows = [row for row in rows if row["case_id"] in wanted]
    written = list(rows)
    if shuffled:
        random.Random(7).shuffle(written)  # noqa: S311 - an order, not a secret
    path = folder / f"{'shuffled-' if shuffled else ''}{Path(relative).name}"
    with gzip.open(path, "wt", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(written)
    return Slice(path, rows)


def waits(rows: Iterable[Row]) -> dict[tuple[str, str], list[float]]:
    """Return the seconds between consecutive rows of each case, by pair of organisations, in file order."""
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        cases[row["case_id"]].append(row)
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for events in cases.values():
        for a, b in pairwise(events):
            passed = datetime.fromisoformat(b["timestamp"]) - datetime.fromisoformat(a["timestamp"])
            found[CODES[a["org"]], CODES[b["org"]]].append(passed.total_seconds())
    return found
