"""Which rows of the register stand together: by the letter and the ten of their ids."""

from collections.abc import Iterable
from itertools import groupby

from models.register import Rule

TITLES = {
    "H0": "Police, prosecution and first hearing",
    "H1": "Court progress",
    "H2": "Court progress",
    "H3": "Custody, release and supervision",
    "H4": "Custody, release and supervision",
    "V0": "Victims",
}
"""The sections of the partnership's register; a row with another kind of id stands among the others."""
OTHERS = "Other hand-offs"


def sections(rules: Iterable[Rule]) -> list[tuple[str, list[Rule]]]:
    """Return the rows in the order of their ids, under the titles of their sections."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    return [(title, list(rows)) for title, rows in groupby(ordered, _title)]


def _title(rule: Rule) -> str:
    return TITLES.get(rule.id[:2], OTHERS)
