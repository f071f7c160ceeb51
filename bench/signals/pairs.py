"""The twelve pairs of every scenario, and which of them the effect is planted on."""

from dataclasses import dataclass
from typing import Final

from analysis.items import FlowKey
from bench.signals.draws import MEDIAN_WAIT

RATES: Final = (1.0, 1.0, 2.0, 2.0, 2.0, 4.0, 4.0, 6.0, 6.0, 8.0, 10.0, 12.0)
"""Items sent per working day."""
FEWEST_A_WEEK: Final = 2
"""A pair so small takes the place of the first one where a scenario asks for it."""
_PLANTED: Final = {FEWEST_A_WEEK: 0, 10: 2, 30: 7}
_LIMIT: Final = 20
"""Working days from the start to the due day, on every second pair; the others have no limit."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Who sends to whom, how many a working day, and within how many working days (None: no limit).

    `others` is how many other events either of them publishes for each item, `median` half of its waits' length in
    working days, `in_hours` whether they are counted in the open hours of the receiver.
    """

    number: int
    sender: str
    receiver: str
    rate: float
    limit: int | None
    others: float = 1.0
    median: float = MEDIAN_WAIT
    in_hours: bool = False

    @property
    def key(self) -> FlowKey:
        """The name of its flow."""
        return FlowKey(f"H{self.number:02}", self.sender, self.receiver)

    @property
    def inside_key(self) -> FlowKey:
        """The name of the flow of the sender's own work before."""
        return FlowKey(f"I{self.number:02}", self.sender, self.sender)


def pairs(weekly: int) -> tuple[Pair, ...]:
    """Return the pairs of a run whose planted one has so many items a week: 2, 10 or 30."""
    rates = (FEWEST_A_WEEK / 5, *RATES[1:]) if weekly == FEWEST_A_WEEK else RATES
    return tuple(
        Pair(n, f"a{n:02}", f"b{n:02}", rate, None if n % 2 else _LIMIT) for n, rate in enumerate(rates)
    )


def planted(weekly: int) -> Pair:
    """Return the pair of so many items a week that effects are planted on.

    Raises:
        KeyError: no pair is kept for that volume.
    """
    return pairs(weekly)[_PLANTED[weekly]]
