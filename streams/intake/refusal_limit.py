"""When refusals mean a bad deployment and not bad data: a limit per source that survives restarts."""

from collections.abc import Iterable

import orjson

SEEN_BEFORE_SHARE = 10_000
SHARE = 0.01
IN_A_ROW = 1_000


class RefusalLimit:
    """Counts, per source and partition number, what was seen and refused.

    The counts travel as a note beside the committed offset, so they are as exact as the offset itself. The
    limit is 1 % of a source's events once 10,000 were seen, or 1,000 in a row.
    Source: docs/decisions/0004-refusal-counts-beside-offsets.md.
    """

    def __init__(self, notes: Iterable[str]) -> None:
        """Resume from the notes kept beside the committed offsets; the one that has seen most is the latest."""
        known: list[dict[str, list[int]]] = [orjson.loads(note) for note in notes]
        self._counts = max(known, key=lambda counts: sum(c[0] for c in counts.values()), default={})

    def count(self, source: str, *, refused: bool) -> None:
        """Count one event of a source."""
        counts = self._counts.setdefault(source, [0, 0, 0])
        counts[0] += 1
        counts[1] += refused
        counts[2] = counts[2] + 1 if refused else 0

    def passed(self) -> list[str]:
        """Return the sources that are past the limit, in words."""
        return [
            f"{source or 'unknown sources'}: {refused} of {seen} refused, the last {in_a_row} in a row"
            for source, (seen, refused, in_a_row) in sorted(self._counts.items())
            if in_a_row >= IN_A_ROW or (seen >= SEEN_BEFORE_SHARE and refused > SHARE * seen)
        ]

    def note(self) -> str:
        """Return the counts as a note of at most some kilobytes: one entry per source of the profile."""
        return orjson.dumps(self._counts).decode()
