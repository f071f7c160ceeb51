"""Fresh event ids, for agencies whose own records have none."""

from uuid import uuid4  # noqa: TID251 - the one place: everywhere else ids follow from content


def fresh_id() -> str:
    """Return a new id that nobody else has.

    Keep it with the record it stands for before publishing: only the same id makes a second attempt harmless.
    """
    return str(uuid4())
