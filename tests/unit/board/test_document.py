"""Pages as HTML and Markdown: nothing is obeyed, definitions stand beside numbers, charts are in or beside."""

from board.document.html import html
from board.document.markdown import markdown
from board.document.parts import Bullets, Document, Figure, Paragraph, Section, Table

HOSTILE = "<b>*C1* | `x`</b> & co"
PAGE = Document(
    "A page",
    HOSTILE,
    [
        Section("First", [Paragraph(HOSTILE), Bullets([("Strong.", HOSTILE), ("", "plain")])]),
        Section(
            "Second",
            [
                Table(
                    "Counts",
                    ("what", "how many"),
                    [(HOSTILE, "<5"), ("b", "12")],
                    "What it means.",
                    frozenset({1}),
                ),
                Figure("drawn", "A chart", '<svg role="img"><title>A chart</title></svg>'),
            ],
        ),
    ],
)


def test_html_escapes_every_text_and_takes_charts_as_they_are() -> None:
    page = html(PAGE)
    assert "<b>" not in page
    assert "&lt;b&gt;*C1* | `x`&lt;/b&gt; &amp; co" in page
    assert '<figure><svg role="img"><title>A chart</title></svg></figure>' in page


def test_html_loads_nothing_from_elsewhere() -> None:
    page = html(PAGE)
    assert not [
        word for word in ("http:", "https:", "<script", "<link", "<img", "@import", "url(") if word in page
    ]


def test_html_has_the_definition_beside_the_table_and_links_to_its_sections() -> None:
    page = html(PAGE)
    table, aside = page.index("<caption>Counts</caption>"), page.index("What it means.")
    assert table < aside < page.index("<figure>")
    assert '<a href="#s2">Second</a>' in page
    assert '<section id="s2">' in page
    assert '<td class="n">&lt;5</td>' in page


def test_markdown_escapes_what_it_would_obey_and_links_its_charts() -> None:
    page = markdown(PAGE, "page.charts")
    assert r"\<b\>\*C1\* \| \`x\`\</b\> & co" in page
    assert "![A chart](page.charts/drawn.svg)" in page
    assert "| --- | --: |" in page
    assert r"| b | 12 |" in page
    assert "*What it means.*" in page


def test_a_document_knows_its_charts() -> None:
    assert [figure.name for figure in PAGE.figures] == ["drawn"]
