"""How a stream process is, as /health tells it."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.host.app import HostApp

STALLED_S = 60.0
"""Far longer than the longest batch; a recovery gives way to the event loop many times a second."""


@dataclass(slots=True)
class Condition:
    """What stands in the way before the app runs (`trouble`), then what the app itself says."""

    trouble: str | None = "starting"
    app: "HostApp | None" = None

    def ready(self) -> str | None:
        """Return why the process does no work now, or None."""
        if self.trouble is not None:
            return self.trouble
        if self.app is None or not self.app.host.ready:
            return "no partitions yet: starting, recovering, or a rebalance is going on"
        return None

    def live(self) -> str | None:
        """Return why the process should be started again, or None."""
        turned = self.app.host.turned_at if self.app is not None else None
        still = time.monotonic() - turned if turned is not None else 0.0
        return f"the event loop has not turned for {still:.0f} s" if still > STALLED_S else None
