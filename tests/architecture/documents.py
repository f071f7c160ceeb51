"""The documents as their tests see them: files, tables and code blocks."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT

TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def documents() -> list[Path]:
    """Return every document for people."""
    return [*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md"))]


def rows(document: str, first_heading: str) -> dict[str, list[str]]:
    """Return a table by its rows' first cell: the table whose first column has this heading."""
    found: dict[str, list[str]] = {}
    inside = False
    for line in (ROOT / document).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0] == first_heading:
            inside = True
        elif not cells:
            inside = False
        elif inside and set(cells[0]) != {"-"}:
            found[cells[0].strip("`")] = cells[1:]
    return found


def examples(document: str) -> dict[str, str]:
    """Return the marked JSON examples of a document by their names."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- example: ([\w-]+) -->\n```json\n(.*?)\n```", text, re.DOTALL))
