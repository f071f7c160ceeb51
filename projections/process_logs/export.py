"""The whole of a database as a log for process mining, at one instant."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from projections.process_logs.cases import logged_cases
from projections.process_logs.entries import LoggedCase
from projections.process_logs.files import complete
from projections.process_logs.log_csv import CsvLog
from projections.process_logs.naming import Naming
from projections.process_logs.ocel import OcelLog
from projections.process_logs.open_hand_offs import OpenHandOffs, beside
from projections.process_logs.time_order import spool
from projections.process_logs.xes import XesLog


class LogFormat(StrEnum):
    """What a log can be written as."""

    LOG = "log"
    XES = "xes"
    OCEL = "ocel"


ENDINGS: dict[LogFormat, tuple[str, ...]] = {
    LogFormat.LOG: (".csv", ".csv.gz"),
    LogFormat.XES: (".xes", ".xes.gz"),
    LogFormat.OCEL: (".json", ".jsonocel", ".json.gz"),
}
"""How the name of a file of each format may end."""


class LogWriter(Protocol):
    """A log that takes one case after another."""

    def write(self, case: LoggedCase) -> None:
        """Append a case."""

    def close(self) -> None:
        """Write what is left: nothing follows."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: counts, and where the open hand-offs lie."""

    cases: int
    events: int
    open_hand_offs: int
    beside: Path


@contextmanager
def log_file(what: LogFormat, path: Path, naming: Naming, zone: tzinfo) -> Iterator[LogWriter]:
    """Give a log to write cases to; it appears under its name at the end, a failure leaves `<name>.part`.

    Raises:
        OSError: the file cannot be written.
    """
    with ExitStack() as open_until_the_end:
        file = open_until_the_end.enter_context(complete(path))
        writer: LogWriter
        match what:
            case LogFormat.LOG:
                writer = CsvLog(file, naming, zone)
            case LogFormat.XES:
                writer = XesLog(file, naming, zone)
            case LogFormat.OCEL:
                between = open_until_the_end.enter_context(spool(path.with_name(path.name + ".spool")))
                writer = OcelLog(file, naming, between)
        yield writer
        writer.close()


async def export_log(
    engine: AsyncEngine, what: LogFormat, path: Path, naming: Naming, zone: tzinfo
) -> Exported:
    """Write every case as it stands at one instant, and its open hand-offs to a file beside; memory is flat.

    Args:
        engine: of the database.
        what: the format.
        path: the log; its open hand-offs lie where `open_hand_offs.beside` says.
        naming: of activities, organisations and cases.
        zone: of the offsets of instants.

    Raises:
        OSError: a file cannot be written.
        BrokenChainError: the steps of a case are no chain.
    """
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    cases = events = 0
    with complete(beside(path)) as file, log_file(what, path, naming, zone) as log:
        waiting = OpenHandOffs(file, naming)
        async with reader.connect() as connection:
            async for case in logged_cases(connection):
                log.write(case)
                waiting.write(case)
                cases += 1
                events += len(case.events)
    return Exported(cases, events, waiting.count, beside(path))
