"""Where people read: standard output for what was asked, standard error for everything else."""

import io
import sys
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from caseflow.reading.safe_text import safe

IN_A_PIPE = 160
"""Columns where nobody looks: wide enough that no table is cut."""


def screen(stream: TextIO | None = None) -> Console:
    """Return a console on standard output, or on another stream: colour and the real width on a terminal.

    Nothing printed is taken for markup. Characters that the stream cannot encode are shown escaped.
    """
    stream = sys.stdout if stream is None else stream
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    width = None if stream.isatty() else IN_A_PIPE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def table(*columns: str, right: tuple[str, ...] = (), gap: int = 2) -> Table:
    """Return an empty table without frame; the columns named in `right` hold numbers, `gap` blanks lie between."""
    made = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="bold")
    for name in columns:
        number = name in right
        made.add_column(
            Text(name), justify="right" if number else "left", no_wrap=number, overflow="fold", min_width=3
        )
    return made


def told(text: object, style: str = "") -> Text:
    """Return text from outside as one safe line."""
    return Text(safe(text), style=style)
