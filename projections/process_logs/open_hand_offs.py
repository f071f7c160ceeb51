"""What a log of things that happened cannot hold: hand-offs that are still open, in a file of their own."""

import csv
from pathlib import Path
from typing import TextIO

from projections.process_logs.entries import LoggedCase
from projections.process_logs.log_csv import LINE_END
from projections.process_logs.naming import Naming
from projections.process_logs.stamps import utc_time

COLUMNS = (
    "case_id",
    "rule",
    "title",
    "sender",
    "receiver",
    "owner",
    "state",
    "started_at",
    "due_at",
    "time_limit",
    "certainty",
)
ENDING = ".open-hand-offs.csv"


def beside(path: Path) -> Path:
    """Return where the open hand-offs of a log lie: beside it, under its name without endings."""
    return path.with_name(path.name.split(".")[0] + ENDING)


class OpenHandOffs:
    """Writes the open standard hand-offs of cases, oldest first in each."""

    def __init__(self, file: TextIO, naming: Naming) -> None:
        """Write the header."""
        self._writer = csv.writer(file, lineterminator=LINE_END)
        self._naming = naming
        self._writer.writerow(COLUMNS)
        self.count = 0

    def write(self, case: LoggedCase) -> None:
        """Append what a case waits for; instants in UTC, empty where there is none."""
        naming = self._naming
        case_id = naming.reference("case", case.ref)
        for one in case.open:
            between = (naming.org(one.sender), naming.org(one.receiver), naming.org(one.owner))
            due = "" if one.due_us is None else utc_time(one.due_us)
            limit = (one.time_limit or "", one.certainty or "")
            what = (case_id, one.rule, one.title)
            self._writer.writerow((*what, *between, one.state, utc_time(one.started_us), due, *limit))
            self.count += 1
