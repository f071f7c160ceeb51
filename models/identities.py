"""Identities that follow from content, so that a repeat lands on the first."""

from hashlib import blake2b
from uuid import UUID, uuid5

import orjson

NAMESPACE = UUID("6f1f3c52-6a8e-5d0b-9c55-8d5be0a8d1c7")
"""The root of every derived id of this project; changing it changes every id."""

_SEPARATOR = "\x1f"


def derived_id(*parts: str) -> str:
    """Return the uuid5 of the parts in their order; no part may hold the unit separator."""
    return str(uuid5(NAMESPACE, _SEPARATOR.join(parts)))


def content_hash(*content: object) -> str:
    """Return 32 hex digits that follow from JSON content, whatever the order of its keys."""
    return blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
