"""What a command writes to the file that somebody named."""

from pathlib import Path

from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from infra.whole_file import whole_file


def save(text: str, to: Path) -> None:
    """Write a text in UTF-8; the file appears under its name when it is complete.

    Raises:
        CommandError: it cannot be written.
    """
    try:
        with whole_file(to) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(to, error) from error


def unwritable(to: Path, error: OSError) -> CommandError:
    """Return the sentence that says why a file cannot be written."""
    return CommandError(f"{safe(to)} cannot be written: {error.strerror}; name another file")
