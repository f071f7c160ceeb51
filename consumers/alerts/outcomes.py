"""What became of an attempt to send a message: a value, so that one function decides what follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The target has it. `note` says what was not perfect, such as one address of three that was refused."""

    note: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It passes: try again. `may_have_left` is False only where the target certainly saw nothing."""

    why: str
    may_have_left: bool = True


@dataclass(frozen=True, slots=True)
class Wrong:
    """The target refuses it for good: a repeat would fail alike, so a person must look."""

    why: str


Outcome = Accepted | Failed | Wrong
"""The reasons are shown to people and kept: they never hold an address or a secret."""
