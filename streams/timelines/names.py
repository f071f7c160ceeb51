"""Which topics the timelines stage reads and writes: those of the catalogue, or a benchmark's own."""

from dataclasses import dataclass

from infra import topics


@dataclass(frozen=True, slots=True)
class Names:
    """The canonical log, and the topics of what follows from it; the states' topic is the app's table."""

    events: str
    changes: str
    hand_offs: str
    dead_letters: str


CATALOGUE = Names(topics.EVENTS, topics.CHANGES, topics.HAND_OFFS, topics.DEAD_LETTERS)
