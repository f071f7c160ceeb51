"""How a process of caseflow says, by ending, whether starting it again helps."""

from typing import Final

HEALS: Final = 70
"""It failed; a restart heals it."""
HELD: Final = 78
"""A person has to look first: do not restart it."""
