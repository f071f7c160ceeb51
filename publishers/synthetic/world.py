"""The world of a synthetic partnership: which cases begin when, who takes part, and what is planted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from models.profile import Profile
from publishers.synthetic import calibration as c
from publishers.synthetic.chance import Chance
from publishers.synthetic.diary import Diary
from publishers.synthetic.local_time import DAY, LocalTime, seconds
from publishers.synthetic.plants.planted import Plant

_BEGINNING: Final = seconds(datetime(2020, 1, 1, tzinfo=UTC))
_SPAN: Final = c.SPAN_DAYS * DAY
_SPOKEN: Final = (
    "charge.arrested",
    "court.first-hearing-held",
    "sentence.passed",
    "release.released",
    "victim.told",
)


@dataclass(frozen=True, slots=True)
class World:
    """One seed's partnership.

    Cases are numbered from 1 January 2020 and begin evenly, `cases` of them in any two years. What a case tells
    follows from (profile, seed, cases, its number) and the plants; with other plants its draws stay the same.
    """

    profile: Profile
    seed: int
    cases: int
    plants: tuple[Plant, ...] = ()
    diary: Diary = field(init=False)
    name: str = field(init=False)
    spans: tuple[tuple[Plant, int, int], ...] = field(init=False)
    _holders: dict[tuple[str, str], Mapping[str, float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Check that this world can be told.

        Raises:
            ValueError: the profile does not have the vocabulary, or `cases` is less than 1.
        """
        missing = [name for name in _SPOKEN if name not in self.profile.event_types]
        if missing or not self.profile.areas:
            lacking = missing[0] if missing else "areas"
            raise ValueError(
                f"profile '{self.profile.name}' has no {lacking}: the synthetic partnership speaks "
                "the vocabulary of cleveland-and-durham; publish a file of your own instead"
            )
        if self.cases < 1:
            raise ValueError(f"{self.cases} synthetic cases: ask for 1 or more")
        local = LocalTime(self.profile.tz)
        object.__setattr__(self, "diary", Diary(local))
        object.__setattr__(self, "name", f"{self.profile.name}/{self.seed}/{self.cases}")
        spans = tuple((plant, *plant.span(local)) for plant in self.plants)
        object.__setattr__(self, "spans", spans)

    def begins(self, number: int) -> int:
        """Return from when on a case may begin; it does before the next one's."""
        return _BEGINNING + number * _SPAN // self.cases

    def numbers(self, since: int | None, until: int) -> range:
        """Return the cases that begin between two instants; without `since` the last `cases` before `until`."""
        last = (until - _BEGINNING) * self.cases // _SPAN
        first = last - self.cases if since is None else -(-(since - _BEGINNING) * self.cases // _SPAN)
        return range(first, max(first, last))

    def tellings(self, number: int) -> int:
        """Return how often a case is told: twice and more where more cases begin than usual."""
        begins = self.begins(number)
        times = 1.0
        for plant, first, over in self.spans:
            if plant.name == "surge" and first <= begins < over:
                times *= plant.parameters["factor"]
        if times == 1:
            return 1
        return int(times + Chance(f"{self.name}/{number}/surge").share("surge"))

    def holders(self, role: str, area: str) -> Mapping[str, float]:
        """Return the agencies that hold a role in an area; those that name the area go first."""
        known = self._holders.get((role, area))
        if known is None:
            agencies = [a for a in self.profile.agencies.values() if role in a.roles and a.works_in(area)]
            named = [agency for agency in agencies if area in agency.areas] or agencies
            known = self._holders[role, area] = {agency.code: 1.0 for agency in named}
        return known
