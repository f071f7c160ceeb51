"""The text files of a profile folder, from the installed package or from a directory."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

SUFFIX = ".toml"


class ProfileFilesError(Exception):
    """A profile folder cannot be found or read."""


def profile_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of the profiles in a directory, or of those that come with caseflow."""
    return tuple(sorted(entry.name for entry in _root(directory).iterdir() if _is_profile(entry)))


def read_profile_files(name: str, directory: Path | None = None) -> dict[str, str]:
    """Return the TOML texts of a profile folder by name: `events.toml`, `hand_offs/H15.toml`.

    Args:
        name: the folder's name.
        directory: where profile folders lie; None reads those that come with caseflow.

    Raises:
        ProfileFilesError: there is no such folder, or a file in it is not UTF-8 text.
    """
    known = profile_names(directory)
    if name not in known:
        place = directory or "the profiles that come with caseflow"
        raise ProfileFilesError(
            f"no profile '{name}' in {place}: choose one of {', '.join(known) or '(none)'}"
        )
    texts: dict[str, str] = {}
    _read_into(texts, _root(directory) / name, "")
    return texts


def _root(directory: Path | None) -> Traversable:
    if directory is None:
        return files("profiles")
    if not directory.is_dir():
        raise ProfileFilesError(
            f"{directory} is not a directory: give the folder that holds the profile folders"
        )
    return directory


def _is_profile(entry: Traversable) -> bool:
    return entry.is_dir() and (entry / f"profile{SUFFIX}").is_file()


def _read_into(texts: dict[str, str], folder: Traversable, prefix: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            _read_into(texts, entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(SUFFIX):
            texts[f"{prefix}{entry.name}"] = _text(entry, f"{prefix}{entry.name}")


def _text(entry: Traversable, name: str) -> str:
    try:
        return entry.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ProfileFilesError(f"{name} is not UTF-8 text ({error}): save it as UTF-8") from error
