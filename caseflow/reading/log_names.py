"""What a log for process mining calls things: the profile's codes, the imported log's own words, or pseudonyms."""

import os
import secrets
from hashlib import blake2b
from pathlib import Path

from caseflow.errors import CommandError
from caseflow.reading.formats import OrgNames
from caseflow.reading.safe_text import safe
from models.profile import Profile
from projections.process_logs.naming import Naming

SHORTEST_SECRET = 16
"""Bytes: a shorter one could be guessed."""


def naming_of(profile: Profile, names: OrgNames, pseudonyms: Path | None) -> Naming:
    """Return the naming that the options of a command ask for.

    Args:
        profile: knows the words of imported logs; where several mean the same type, the first does.
        names: whose words.
        pseudonyms: file of the secret; made where it does not exist. None: no pseudonyms.

    Raises:
        CommandError: the secret cannot be read or written, or is too short.
    """
    key = None if pseudonyms is None else _key(pseudonyms)
    if names is not OrgNames.SOURCE:
        return Naming(key=key)
    activities: dict[str, str] = {}
    for mapping in profile.imports.values():
        for activity, event_type in mapping.activities.items():
            activities.setdefault(event_type, activity)
    orgs = {code: one.source_name for code, one in profile.agencies.items() if one.source_name is not None}
    return Naming(activities, orgs, key)


def _key(path: Path) -> bytes:
    try:
        secret = _secret(path)
    except OSError as error:
        raise CommandError(
            f"{safe(path)} cannot be read or written: {error.strerror}; name another file with --pseudonyms"
        ) from error
    if len(secret) < SHORTEST_SECRET:
        raise CommandError(
            f"{safe(path)} holds no secret: {len(secret)} bytes, {SHORTEST_SECRET} are needed; "
            "name a file that does not exist, and one is made"
        )
    return blake2b(secret, digest_size=32).digest()


def _secret(path: Path) -> bytes:
    """Return the secret of a file; one that does not exist is made, for its owner's eyes alone."""
    if path.exists():
        return path.read_bytes().strip()
    made = secrets.token_hex(32).encode()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made + b"\n")
    return made
