"""The real logs of ../shared as arrays."""

import csv
import gzip
from functools import cache

import numpy as np

from analysis.mining.event_log import EventLog
from tests.support.shared import shared

COOK = "data/cook_county"
FINES = "data/traffic_fines"
FILES = {COOK: "felony_2019_day.csv.gz", FINES: "traffic_fines_10k.csv.gz"}


@cache
def event_log(folder: str) -> EventLog:
    """Return a log; its rows are read once."""
    with gzip.open(shared(f"{folder}/{FILES[folder]}"), "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    column = {
        name: [row[name] for row in rows] for name in ("case_id", "seq", "activity", "timestamp", "org")
    }
    time = np.array(column["timestamp"], dtype="datetime64[us]").astype(np.int64)
    seq = np.array(column["seq"], dtype=np.int64)
    return EventLog.of(column["case_id"], seq, column["activity"], time, column["org"])
