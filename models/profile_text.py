"""The text of a profile as checked parts: every mistake with its file, its line and what to do about it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.toml_lines import KeyPath, Lines, key_lines, line_of

Part = TypeVar("Part", bound=BaseModel)
_LINE_OF_SYNTAX_ERROR = re.compile(r"\(at line (\d+), column (\d+)\)")


class Mistake(NamedTuple):
    """One thing that is wrong in a profile."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return `file:line: what is wrong and what to do`."""
        return f"{self.file}:{self.line}: {self.message}"


class ProfileError(ValueError):
    """The profile is not usable: each line names file, line, what is wrong and what to do."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes in the order of files and lines."""
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass
class Reader:
    """Reads the files of one profile and gathers their mistakes, so that all are shown at once."""

    files: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    _lines: dict[str, Lines] = field(default_factory=dict)

    def read(self, file: str, shape: type[Part]) -> Part | None:
        """Return a file in its shape; None, and the mistakes are noted, when it does not have it."""
        if file not in self.files:
            self.mistakes.append(Mistake(file, 1, f"the file is missing: add {file} to the profile's folder"))
            return None
        text = self.files[file]
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.mistakes.append(_syntax_mistake(file, text, error))
            return None
        self._lines[file] = key_lines(text)
        try:
            return shape.model_validate(document)
        except ValidationError as error:
            known = _known_keys(shape)
            for detail in error.errors(include_url=False):
                self.note(file, detail["loc"], _explained(detail, known))
            return None

    def note(self, file: str, path: KeyPath, message: str) -> None:
        """Add a mistake at a key of a file that was read."""
        self.mistakes.append(Mistake(file, line_of(self._lines.get(file, {}), path), message))

    def stop_at_mistakes(self) -> None:
        """Raise ProfileError when anything so far was wrong."""
        if self.mistakes:
            raise ProfileError(self.mistakes)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` for a near miss, else nothing."""
    near = get_close_matches(word, sorted(known), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def _syntax_mistake(file: str, text: str, error: tomllib.TOMLDecodeError) -> Mistake:
    place = _LINE_OF_SYNTAX_ERROR.search(str(error))
    line = int(place[1]) if place else text.rstrip().count("\n") + 1
    what = str(error).split(" (at ", maxsplit=1)[0]
    column = f" at column {place[2]}" if place else " at the end of the file"
    return Mistake(file, line, f"this is not valid TOML: {what}{column}; correct the text there")


def _known_keys(shape: type[BaseModel]) -> set[str]:
    schema = shape.model_json_schema()
    tables = [schema, *schema.get("$defs", {}).values()]
    return {key for table in tables for key in table.get("properties", {})}


def _explained(detail: ErrorDetails, known: set[str]) -> str:
    path = detail["loc"]
    key = next((part for part in reversed(path) if isinstance(part, str)), "the file")
    match detail["type"]:
        case "extra_forbidden":
            return f"unknown key '{key}'{suggestion(key, known)}: correct its spelling or remove it"
        case "missing":
            return f"key '{key}' is missing: add it to this table"
        case "value_error":
            return f"'{key}': {detail['ctx']['error']}" if path else str(detail["ctx"]["error"])
        case _:
            return f"'{key}' is wrong: {detail['msg']}; found {_short(detail['input'])}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
