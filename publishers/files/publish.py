"""Publishing a file: every row becomes an accepted event or a line in the rejects file."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from models.envelope import Event
from models.profile import ImportMapping, Profile
from models.refusals import Refused
from publishers.files.errors import FileError
from publishers.files.item import Format, Item
from publishers.files.json_lines import JsonLines
from publishers.files.lines import Lines
from publishers.files.rejects import Rejects
from publishers.files.report import Progress, Report
from publishers.files.source import Source, is_table, opened
from publishers.files.table import Table
from publishers.sdk.outgoing import prepare
from publishers.sdk.publisher import Publisher

ROWS_BETWEEN_BREATHS = 200
"""After so many rows other tasks get their turn: about 10 ms."""


async def publish_file(
    path: str,
    profile: Profile,
    mapping: ImportMapping | None,
    publisher: Publisher | None,
    rejects: Path,
    progress: Callable[[Progress], None],
) -> Report:
    """Publish a file of events, and return when the broker has every event that was not refused.

    May be repeated, and run from several processes at once: the ids follow from the rows. Memory does not
    grow with the file (but see `Occurrences` for tables without `seq` and `id`).

    Args:
        path: .csv, .jsonl, .json or .ndjson, each also .gz; `-` reads JSON lines from standard input.
        profile: whom and what to accept; the publisher need not check again.
        mapping: how to read a CSV file; None: the profile's only one.
        publisher: an open one; None checks every row and sends nothing.
        rejects: the refused rows, as JSON lines; an earlier file is replaced.
        progress: called after every block of the file, and at the end.

    Raises:
        FileError: the file cannot be read, or the rejects cannot be written.
        PublishError: the broker does not take the events; publish the file again later.
    """
    layout = _format(path, profile, mapping)
    with opened(path) as source, Rejects(rejects, path) as refused:
        run = _Run(profile, publisher, refused)
        lines = Lines()
        ended = False
        while not ended:
            block = await asyncio.to_thread(source.block)
            ended = not block
            await run.take_all(layout, lines, block)
            if source.total is None:
                await run.settle()  # more may be long in coming
            progress(_progress(run.report, source))
        await run.settle()
        progress(_progress(run.report, source))
    return run.report


def _format(path: str, profile: Profile, mapping: ImportMapping | None) -> Format:
    if not is_table(path):
        return JsonLines(path)
    if mapping is not None:
        return Table(path, profile, mapping)
    if len(profile.imports) == 1:
        return Table(path, profile, next(iter(profile.imports.values())))
    known = ", ".join(profile.imports) or "none"
    raise FileError(f"{path}: say by which import of profile '{profile.name}' to read it; it has: {known}")


def _progress(report: Report, source: Source) -> Progress:
    return Progress(report.rows, source.position(), source.total, report.published, report.refused)


class _Run:
    """One file on its way: counts, refusals and what the broker has not confirmed yet."""

    def __init__(self, profile: Profile, publisher: Publisher | None, rejects: Rejects) -> None:
        self.report = Report()
        self._profile = profile
        self._bulk = publisher.bulk() if publisher is not None else None
        self._rejects = rejects

    async def take_all(self, layout: Format, lines: Lines, block: bytes) -> None:
        for item in layout.items(lines.fed(block), ended=not block):
            await self._take(item)
            if self.report.rows % ROWS_BETWEEN_BREATHS == 0:
                await asyncio.sleep(0)

    async def settle(self) -> None:
        """Wait until the broker has everything."""
        if self._bulk is not None:
            await self._bulk.flush()
            self.report.last = self._bulk.last

    async def _take(self, item: Item) -> None:
        report, event = self.report, item.event
        report.rows += 1
        if isinstance(event, Refused):
            self._refuse(item, event)
            return
        outgoing = prepare(event, self._profile, item.value)
        if isinstance(outgoing, Refused):
            self._refuse(item, outgoing)
            return
        if self._bulk is not None:
            await self._bulk.add(outgoing)
        report.published += 1
        self._remember(event)

    def _refuse(self, item: Item, refused: Refused) -> None:
        report, reason = self.report, refused.reason.value
        report.refused += 1
        report.by_reason[reason] = report.by_reason.get(reason, 0) + 1
        self._rejects.add(item.line, refused, item.raw)

    def _remember(self, event: Event) -> None:
        time = event.time if event.time.tzinfo else event.time.replace(tzinfo=self._profile.tz)
        if self.report.newest is None or time > self.report.newest:
            self.report.newest = time
        self.report.history += event.history
