"""Charts as their tests see them: marks by class, letters, and what must not be in them."""

import re
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def root_of(svg: str) -> ET.Element:
    """Return the root of a chart, which must be well-formed as it stands."""
    return ET.fromstring(svg)  # noqa: S314 - drawn by the test


def marks(svg: str, kind: str) -> list[str]:
    """Return the texts of the marks of one class, in the order in which they are drawn."""
    found = [one for one in root_of(svg).iter(f"{SVG}g") if one.get("class") == kind]
    return [one.findtext(f"{SVG}title", "") for one in found]


def letters(svg: str) -> str:
    """Return everything that is written in a chart, in one line."""
    return " ".join("".join(one.itertext()).strip() for one in root_of(svg).iter(f"{SVG}text"))


def is_for_everybody(svg: str) -> bool:
    """Whether a chart has title and description for screen readers, and nothing of a clock or a machine."""
    root = root_of(svg)
    named = (root.get("aria-labelledby") or "").split()
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert described is not None
    assert [title.get("id"), described.get("id")] == named
    assert all(one.text for one in (title, described))
    assert "<metadata" not in svg
    assert "<style" not in svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(set(ids)) == len(ids)
    return True
