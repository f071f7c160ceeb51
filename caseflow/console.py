"""The two streams of the command line: results on standard output, everything said to people on standard error."""

from rich.console import Console

OUT = Console()
"""Tables for people. JSON and CSV go to `sys.stdout` itself: this one wraps long lines."""
ERR = Console(stderr=True)


def say(text: str) -> None:
    """Print one line on standard error, as it is."""
    ERR.print(text, markup=False, highlight=False, soft_wrap=True)
