"""A page as Markdown; its charts are files beside it."""

import re

from board.document.parts import Bullets, Document, Figure, Paragraph, Part, Table

_OBEYED = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown(document: Document, charts: str) -> str:
    """Return the page as Markdown.

    Args:
        document: the page; its texts are escaped.
        charts: the folder in which the charts will lie, as a link from the page.
    """
    lines = [f"# {_text(document.title)}", "", _text(document.subtitle), ""]
    for section in document.sections:
        lines += [f"## {_text(section.title)}", ""]
        for part in section.parts:
            lines += [*_part(part, charts), ""]
    return "\n".join(lines)


def _part(part: Part, charts: str) -> list[str]:
    match part:
        case Paragraph(text):
            return [_text(text)]
        case Bullets(items):
            return [f"- {f'**{_text(strong)}** ' if strong else ''}{_text(text)}" for strong, text in items]
        case Figure(name, title):
            return [f"![{_text(title)}]({charts}/{name}.svg)"]
        case Table():
            return _table(part)


def _table(table: Table) -> list[str]:
    rules = ["--:" if n in table.numbers else "---" for n in range(len(table.headings))]
    rows = [table.headings, rules, *table.rows]
    cells = [" | ".join(cell if row is rules else _text(cell) for cell in row) for row in rows]
    return [
        f"**{_text(table.title)}**",
        "",
        *(f"| {row} |" for row in cells),
        "",
        f"*{_text(table.definition)}*",
    ]


def _text(text: str) -> str:
    return _OBEYED.sub(r"\\\1", " ".join(text.split()))
