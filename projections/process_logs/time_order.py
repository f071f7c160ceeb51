"""Events of all cases in order of time, sorted on disk: memory stays flat however many there are."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE event (at_us INTEGER, case_number INTEGER, place INTEGER, body BLOB);
CREATE TABLE object (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
"""


class Spool:
    """Events and objects on their way into a file; make it with `spool`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin empty."""
        self._database = database
        database.executescript(_TABLES)

    def event(self, at_us: int, case_number: int, place: int, body: bytes) -> None:
        """Keep an event: its instant, the number of its case, and its place in it."""
        self._database.execute("INSERT INTO event VALUES (?, ?, ?, ?)", (at_us, case_number, place, body))

    def object(self, object_id: str, body: bytes) -> None:
        """Keep an object; of several with one id the first stays."""
        self._database.execute("INSERT OR IGNORE INTO object VALUES (?, ?)", (object_id, body))

    def events(self) -> Iterator[bytes]:
        """Give the events by time; of one instant, case by case in the order kept, each in its own order."""
        asked = "SELECT body FROM event ORDER BY at_us, case_number, place"
        return (body for (body,) in self._database.execute(asked))

    def objects(self) -> Iterator[bytes]:
        """Give the objects by their ids, in byte order."""
        return (body for (body,) in self._database.execute("SELECT body FROM object ORDER BY id"))


@contextmanager
def spool(path: Path) -> Iterator[Spool]:
    """Give an empty spool in a file, which is gone at the end; an earlier one is replaced."""
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # Nobody reads it after a crash: neither a journal nor a wait for the disk is needed.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            yield Spool(database)
    finally:
        path.unlink(missing_ok=True)
