"""What a page is made of; texts are plain, whoever writes them out escapes them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short texts under each other; `strong` stands before each in bold, empty for none."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with what the numbers mean beside them.

    `numbers` are the columns that hold numbers, counted from 0.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    definition: str
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; `name` is that of its file where it cannot stand in the page, `title` what it is called there."""

    name: str
    title: str
    svg: str


Part = Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under a heading."""

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page."""

    title: str
    subtitle: str
    sections: Sequence[Section]

    @property
    def figures(self) -> list[Figure]:
        """Its charts in their order."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Figure)]
