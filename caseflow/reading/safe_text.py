"""Text from outside, made safe for a terminal: what it would obey is shown instead."""

import unicodedata

_OBEYED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories: controls, formatting such as right-to-left overrides, surrogates, line separators."""


def safe(text: object) -> str:
    r"""Return the text of a value in one line, with every character that a terminal would obey as `\x1b`."""
    return "".join(map(_shown, str(text)))


def safe_lines(value: bytes) -> list[str]:
    r"""Return bytes as lines of safe text; what is not UTF-8 is shown as `\xff`, tabs become blanks."""
    text = value.decode("utf-8", "backslashreplace").expandtabs(4)
    return [safe(line) for line in text.split("\n")]


def _shown(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else f"\\x{ord(character):02x}"
    if unicodedata.category(character) not in _OBEYED:
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
