"""A log as CSV: `case_id,seq,activity,timestamp,org`, then what else is known of each event."""

import csv
from datetime import tzinfo
from typing import TextIO

from projections.process_logs.entries import LoggedCase
from projections.process_logs.naming import Naming
from projections.process_logs.stamps import offset_time, utc_time

COLUMNS = (
    "case_id",
    "seq",
    "activity",
    "timestamp",
    "org",
    "precision",
    "published_at",
    "area",
    "source",
    "event_id",
)
LINE_END = "\r\n"
"""RFC 4180."""


class CsvLog:
    """Writes cases as they come; `seq` counts the events of a case from 0 in canonical order."""

    def __init__(self, file: TextIO, naming: Naming, zone: tzinfo) -> None:
        """Write the header."""
        self._writer = csv.writer(file, lineterminator=LINE_END)
        self._naming, self._zone = naming, zone
        self._writer.writerow(COLUMNS)

    def write(self, case: LoggedCase) -> None:
        """Append the events of a case; what is not known is an empty cell."""
        naming = self._naming
        case_id = naming.reference("case", case.ref)
        for seq, event in enumerate(case.events):
            self._writer.writerow(
                (
                    case_id,
                    seq,
                    naming.activity(event.type),
                    offset_time(case, event.at_us, self._zone),
                    naming.org(event.org),
                    event.precision,
                    "" if event.published_us is None else utc_time(event.published_us),
                    event.area or "",
                    naming.org(event.source),
                    naming.reference("event", f"{case.ref}\0{event.id}") if naming.key else event.id,
                )
            )

    def close(self) -> None:
        """Nothing is left to write."""
