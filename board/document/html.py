"""A page as one HTML file: charts in it, nothing loaded from elsewhere, fit to be printed."""

from html import escape

from board.document.parts import Bullets, Document, Figure, Paragraph, Part, Section, Table

_STYLE = """
:root { color-scheme: light; --ink: #1c2733; --soft: #58636f; --line: #d5dbe1; --pale: #f1f4f7; }
body { margin: 0; color: var(--ink); background: white; line-height: 1.5;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", Verdana, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 .6rem; padding-top: .8rem; border-top: 2px solid var(--ink); }
p, li { max-width: 46rem; }
.subtitle { color: var(--soft); margin: 0 0 1.5rem; }
nav ol { columns: 2; padding-left: 1.2rem; color: var(--soft); }
a { color: #1d5c96; }
figure { margin: 1.4rem 0; }
figure svg { max-width: 100%; height: auto; }
.told { display: grid; grid-template-columns: minmax(0, 1fr) 15rem; gap: 0 1.6rem; margin: 1.4rem 0;
  align-items: start; }
.told aside { color: var(--soft); font-size: .82rem; line-height: 1.45; border-left: 3px solid var(--line);
  padding-left: .8rem; }
.told aside strong { display: block; color: var(--ink); }
table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; padding: .32rem .6rem .32rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
th { border-bottom: 1.5px solid var(--ink); font-weight: 600; }
td.n, th.n { text-align: right; white-space: nowrap; }
@media (max-width: 52rem) { .told { grid-template-columns: 1fr; } .told aside { margin-top: .6rem; }
  nav ol { columns: 1; } .wide { overflow-x: auto; } }
@media print { @page { size: A4; margin: 15mm; } body { font-size: 10pt; } main { padding: 0; max-width: none; }
  h2, caption { break-after: avoid; } figure, tr { break-inside: avoid; } nav { display: none; }
  .told { display: block; } .told aside { margin-top: .5rem; } p, li { max-width: none; } }
"""


def html(document: Document) -> str:
    """Return the page as HTML; every text of the document is escaped, charts are taken as they are."""
    sections = [_section(number, section) for number, section in enumerate(document.sections, 1)]
    links = [
        f'<li><a href="#s{number}">{escape(section.title)}</a></li>'
        for number, section in enumerate(document.sections, 1)
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<header><h1>{escape(document.title)}</h1>",
            f'<p class="subtitle">{escape(document.subtitle)}</p></header>',
            f'<nav aria-label="Contents"><ol>{"".join(links)}</ol></nav>',
            *sections,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(number: int, section: Section) -> str:
    parts = [_part(part) for part in section.parts]
    return "\n".join([f'<section id="s{number}"><h2>{escape(section.title)}</h2>', *parts, "</section>"])


def _part(part: Part) -> str:
    match part:
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(_bullet(*item) for item in items)}</ul>"
        case Figure(svg=svg):
            return f"<figure>{svg}</figure>"
        case Table():
            return _table(part)


def _bullet(strong: str, text: str) -> str:
    first = f"<strong>{escape(strong)}</strong> " if strong else ""
    return f"<li>{first}{escape(text)}</li>"


def _table(table: Table) -> str:
    kinds = [' class="n"' if n in table.numbers else "" for n in range(len(table.headings))]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in zip(kinds, table.headings, strict=True)
    )
    rows = [
        "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
        for row in table.rows
    ]
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="told"><div class="wide"><table><caption>{escape(table.title)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
        f"<aside><strong>What the numbers mean</strong>{escape(table.definition)}</aside></div>"
    )
