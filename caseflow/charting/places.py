"""Where a chart comes from and goes to."""

from dataclasses import dataclass
from pathlib import Path

from caseflow.console import say
from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The database to read, and the file to write."""

    settings: Settings
    to: Path

    def save(self, svg: str) -> None:
        """Write the chart; the file appears under its name when it is complete.

        Raises:
            CommandError: it cannot be written.
        """
        part = self.to.with_name(self.to.name + ".part")
        try:
            part.write_text(svg, encoding="utf-8")
            part.replace(self.to)
        except OSError as error:
            raise CommandError(
                f"{safe(self.to)} cannot be written: {error.strerror}; name another file"
            ) from error
        say(f"{safe(self.to)} written, {len(svg.encode()) / 1e3:,.0f} kB")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which flow, and as of when; the texts are as given."""

    rule: str
    sender: str | None
    receiver: str | None
    as_of: str | None
