"""Between whom a hand-off passes as far as signals look at it: the same while it is open as when it is done."""

from datetime import date
from typing import Final

from analysis.items import FlowKey
from models.profile import Profile

NOW: Final = date(9999, 1, 1)
"""Who has a role as the profile stands: agencies whose window is over have none."""


class FlowNames:
    """Names flows for one profile; asks each combination once.

    A judged hand-off names who really took it on. Where several agencies have the receiver's role, an open one
    cannot say who will: it would stand in one flow, and a completed one in another, and both would mislead. So
    the receiver of a flow is who has the role in the area, else the role itself.
    """

    def __init__(self, profile: Profile) -> None:
        """Lay out the rows of the register."""
        self._profile = profile
        self._rows = {row.id: row for row in profile.rules}
        self._known: dict[tuple[str, str, str, str], FlowKey] = {}

    def key(self, rule: str, sender: str, receiver: str, area: str | None) -> FlowKey:
        """Return the flow of a hand-off, given its ends as judged and the area of its start."""
        asked = (rule, sender, receiver, area or "")
        if asked not in self._known:
            self._known[asked] = FlowKey(rule, sender, self._receiver(rule, sender, receiver, area))
        return self._known[asked]

    def _receiver(self, rule: str, sender: str, receiver: str, area: str | None) -> str:
        row = self._rows.get(rule)
        if row is None or row.internal or sender == receiver:
            return receiver
        role = row.receiver[0]
        return self._profile.agency_for(role, area, NOW) or role


def speakers_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return the agencies that have each role to which the register hands work over; a party has none."""
    roles = sorted({row.receiver[0] for row in profile.rules if row.receiver} - profile.agencies.keys())
    holders = {
        role: tuple(code for code, agency in sorted(profile.agencies.items()) if role in agency.roles)
        for role in roles
    }
    return {role: agencies for role, agencies in holders.items() if agencies}
