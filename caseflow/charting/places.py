"""Where a chart comes from and goes to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseflow.console import say
from caseflow.flow_choice import FlowChoice
from caseflow.reading.safe_text import safe
from caseflow.saving import save
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
        save(svg, self.to)
        say(f"{safe(self.to)} written, {len(svg.encode()) / 1e3:,.0f} kB")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which flow, of several the busiest, and as known at the end of which local day; None: as known now."""

    choice: FlowChoice
    as_of: date | None
