"""On which line of a TOML text each key stands, so that a mistake can be shown where it was made.

The text must already have passed `tomllib`: this scanner follows structure only and judges nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
Lines = dict[KeyPath, int]

_BLANK = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*")


def key_lines(text: str) -> Lines:
    """Return the line (from 1) of every table, array element and key of a valid TOML text, by its path.

    A path is what leads to the value in the parsed document: `("agency", 3, "acts_for", 0, "from")`.
    """
    return _Scanner(text).document()


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of a path, or of the nearest table around it; 1 when nothing around it is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


@dataclass
class _Scanner:
    text: str
    at: int = 0
    lines: Lines = field(default_factory=dict)
    arrays: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> Lines:
        table: KeyPath = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> KeyPath:
        is_array = self.text.startswith("[[", self.at)
        line = self._line()
        self.at += 2 if is_array else 1
        path = self._inside_arrays(self._keys())
        self.at += 2 if is_array else 1
        if is_array:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = (*path, self.arrays[path])
        self.lines.setdefault(path, line)
        return path

    def _inside_arrays(self, keys: KeyPath) -> KeyPath:
        """Return the path of a header's keys: `[a.b]` after `[[a]]` belongs to the last element of a."""
        path: KeyPath = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            if path in self.arrays and number < len(keys) - 1:
                path = (*path, self.arrays[path])
        return path

    def _keys(self) -> KeyPath:
        keys: list[str | int] = []
        while match := _KEY.match(self.text, self.at):
            self.at = match.end()
            keys.append(next(group for group in match.groups() if group is not None))
            if self.text[self.at] != ".":
                break
            self.at += 1
        return tuple(keys)

    def _pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.at += 1  # the sign of equality
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        while self.text[self.at] in " \t":
            self.at += 1
        opening = self.text[self.at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while self.text[self._skip(_BLANK)] != "]":
            self.lines[(*path, number)] = self._line()
            self._value((*path, number))
            number += 1
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.text[self._skip(_BLANK)] != "}":
            self._pair(path)
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1
        return self.at

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1
