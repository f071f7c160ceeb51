"""What is known of a case at an instant: its events in their last version, in the order of the case."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from models.profile import Profile
from publishers.synthetic.local_time import LocalTime
from publishers.synthetic.recording import Record, Version
from publishers.synthetic.story import Data, Said

LAST = 1 << 30


class Happened(NamedTuple):
    """One known event: its place in the order of the case, what was said, and the version that counts."""

    place: int
    said: Said
    version: Version

    @property
    def at(self) -> int:
        """When it was, as it is written, in seconds."""
        return self.version.at

    @property
    def data(self) -> Data:
        """What else it tells."""
        return self.version.data


class Match(NamedTuple):
    """Which events are meant: types, and for some the values an attribute may have."""

    names: Collection[str]
    attribute: str = ""
    values: Collection[object] = ()

    def means(self, one: Happened) -> bool:
        """Return whether this event is meant."""
        if one.said.name not in self.names or one.said.extends is not None:
            return False
        return not self.attribute or one.data.get(self.attribute) in self.values


class Known:
    """The known events of one case; all else about it follows from them."""

    def __init__(self, records: Iterable[Record], until: int, profile: Profile, local: LocalTime) -> None:
        """Place what was recorded up to an instant: by time, in a case with whole days by day and type."""
        self.local, self.until = local, until
        found = [(one.said, version) for one in records if (version := one.known(until)) is not None]
        cut = any(version.precision == "day" for _, version in found)
        types = profile.event_types

        def rank(pair: tuple[Said, Version]) -> tuple[int, int, int, str]:
            said, version = pair
            at = local.day(version.at) if cut else version.at
            listed = types.get(said.name)
            return at, listed.precedence if listed is not None else LAST, said.order, said.id

        self.events = [Happened(place, *pair) for place, pair in enumerate(sorted(found, key=rank))]
        self._by_key = {one.said.key: one for one in self.events}
        self._by_name: dict[str, list[Happened]] = {}
        for one in self.events:
            self._by_name.setdefault(one.said.name, []).append(one)

    def of(self, said: Said) -> Happened | None:
        """Return what is known of something that was said."""
        return self._by_key.get(said.key)

    def matching(self, matches: Iterable[Match], after: int = -1, before: int = LAST) -> list[Happened]:
        """Return the events that one of these means, between two places, in their order."""
        found = [
            one
            for match in matches
            for name in match.names
            for one in self._by_name.get(name, ())
            if after < one.place < before and match.means(one)
        ]
        return sorted(found)

    def attributes(self, start: Happened) -> Mapping[str, object]:
        """Return what a start tells, as its extensions have left it."""
        told: dict[str, object] = dict(start.data)
        for one in self._by_name.get(start.said.name, ()):
            if one.said.extends == start.said.id:
                told |= one.data
        return told
