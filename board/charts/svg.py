"""A matplotlib figure as one SVG element: the same to the byte, with words for those who do not see it."""

import io
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from board.charts.look import LARGE, NORMAL, SMALL, SOFT, STYLE

POINTS = 72
"""To an inch."""
_LEFT = 0.28
"""Inches from the edge to title and notes."""
_PROLOGUE = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_ROOT = re.compile(r"<svg ([^>]*)>")
_SHEET = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_MARKED = re.compile(r'<g id="~(\d+)">')
_NAMED = re.compile(r'<g id="[^"~]*">')
_BREAKS = re.compile(r"[ \t]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says in letters.

    Attributes:
        title: one line, the sentence that the chart shows.
        subtitle: what is drawn: measure, unit, whose, when. Lines may be broken by hand.
        note: below the chart: definitions and what is left out.
        description: for those who do not see it: what a reader would take from the picture.
    """

    title: str
    subtitle: str
    note: str
    description: str


@dataclass(slots=True)
class Marks:
    """Parts of a figure that mean something: they get a class, and a text that shows when pointed at."""

    _kept: list[tuple[str, str]] = field(default_factory=list)

    def add(self, artist: Artist, kind: str, text: str) -> None:
        """Name an artist: `kind` becomes its class in the SVG, `text` its title."""
        artist.set_gid(f"~{len(self._kept)}")
        self._kept.append((kind, text))

    def element(self, found: re.Match[str]) -> str:
        """Return the opening of a marked element."""
        kind, text = self._kept[int(found[1])]
        return f'<g class="{kind}"><title>{escape(text)}</title>'


def svg(words: Words, width: float, height: float, draw: Callable[[Figure, Marks], None]) -> str:
    """Return a chart as one `<svg>` element, without prologue, so that it may stand in a page.

    Nothing of the clock, the machine or an earlier chart is in it. Its ids follow from its words.

    Args:
        words: title, subtitle, note and description.
        width: inches.
        height: inches, title and note included.
        draw: draws the axes; the upper `head(words)` and lower `foot(words)` inches are taken.
    """
    salt = sha256("\0".join((words.title, words.subtitle, str(width), str(height))).encode()).hexdigest()[:10]
    marks = Marks()
    style: Any = {**STYLE, "svg.hashsalt": salt}  # matplotlib types its keys one by one
    with rc_context(style):
        figure = Figure(figsize=(width, height))
        _write(figure, words, width, height)
        draw(figure, marks)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _cleaned(out.getvalue(), words, marks, salt)


def head(words: Words, width: float) -> float:
    """Return the inches that title and subtitle take at the top."""
    title, subtitle = _lines(words.title, width, LARGE), _lines(words.subtitle, width, NORMAL)
    return 0.22 + len(title) * 0.25 + len(subtitle) * 0.19 + 0.16


def foot(words: Words, width: float) -> float:
    """Return the inches that the note takes at the bottom."""
    return 0.12 + len(_lines(words.note, width, SMALL)) * 0.155


def _write(figure: Figure, words: Words, width: float, height: float) -> None:
    title = _lines(words.title, width, LARGE)
    left, top = _LEFT / width, height - 0.22
    figure.text(left, top / height, "\n".join(title), size=LARGE, weight="bold", va="top", linespacing=1.25)
    top -= len(title) * 0.25 + 0.02
    subtitle = "\n".join(_lines(words.subtitle, width, NORMAL))
    figure.text(left, top / height, subtitle, size=NORMAL, color=SOFT, va="top", linespacing=1.35)
    note = "\n".join(_lines(words.note, width, SMALL))
    figure.text(left, 0.12 / height, note, size=SMALL, color=SOFT, va="bottom", linespacing=1.3)


def _lines(text: str, width: float, size: float) -> list[str]:
    """Return a text broken to the figure's width; a letter is about 0.58 of its size wide."""
    letters = int((width - 2 * _LEFT) * POINTS / (0.58 * size))
    return [line for part in text.splitlines() for line in textwrap.wrap(part, letters)]


def _cleaned(text: str, words: Words, marks: Marks, salt: str) -> str:
    # A style sheet would reach all of a page that the chart stands in: the root carries what it says.
    body = _SHEET.sub("", _METADATA.sub("", _PROLOGUE.sub("", text, count=1)), count=1)
    body = _MARKED.sub(marks.element, body)
    body = _BREAKS.sub("", _NAMED.sub("<g>", body))
    told = (
        f'style="stroke-linejoin: round; stroke-linecap: butt" role="img" aria-labelledby="t{salt} d{salt}"'
    )
    return _ROOT.sub(
        lambda root: (
            f'<svg {root[1]} {told}>\n <title id="t{salt}">{escape(words.title)}</title>\n'
            f' <desc id="d{salt}">{escape(words.description)}</desc>'
        ),
        body,
        count=1,
    )
