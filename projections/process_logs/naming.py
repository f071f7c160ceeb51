"""What activities, organisations and cases are called in a log that leaves the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from models.profile import UNKNOWN_AGENCY

NOBODY = ""
"""The organisation of an event of which nobody knows who held the case."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names by code; a code without one stands for itself.

    With a `key`, references of cases and hearings and ids of events become pseudonyms: the same reference and key
    give the same pseudonym, and nobody without the key can find the one from the other, not even by trying all
    references there can be.
    """

    activities: Mapping[str, str] = field(default_factory=dict)
    orgs: Mapping[str, str] = field(default_factory=dict)
    key: bytes | None = field(default=None, repr=False)

    def activity(self, event_type: str) -> str:
        """Return the name of a short event type."""
        return self.activities.get(event_type, event_type)

    def org(self, code: str | None) -> str:
        """Return the name of an agency; empty where it is not known."""
        if code is None or code == UNKNOWN_AGENCY:
            return NOBODY
        return self.orgs.get(code, code)

    def reference(self, kind: str, text: str) -> str:
        """Return a reference, or its pseudonym: `kind` and 24 hexadecimal digits."""
        if self.key is None:
            return text
        digest = blake2b(f"{kind}\0{text}".encode(), digest_size=12, key=self.key).hexdigest()
        return f"{kind}-{digest}"
