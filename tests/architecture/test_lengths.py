"""Files and functions stay short enough to be read in one go."""

import ast
import statistics

from tests.architecture.tree import ROOMS, ROOT, functions, shown, sources

LONGEST_FILE = 300
MEDIAN_FUNCTION = 10
LONGER: dict[str, str] = {}
"""Files that are longer for a good reason: the path, and the reason."""


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines from `def` on, its docstring not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    documented = ast.get_docstring(function) is not None and isinstance(first, ast.Expr)
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    counts = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    too_long = {name: count for name, count in counts.items() if count > LONGEST_FILE and name not in LONGER}
    assert not too_long, f"past {LONGEST_FILE} lines a file has become two: {too_long}"


def test_half_of_the_functions_have_ten_lines_or_fewer() -> None:
    lengths = [code_lines(one) for path in sources() if "tests" not in path.parts for one in functions(path)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


def test_an_exception_that_is_no_longer_needed_is_gone() -> None:
    for name in LONGER:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) > LONGEST_FILE, f"{name} is short enough again: take it off the list"


def test_every_room_is_looked_at() -> None:
    looked_at = {shown(path).split("/")[0] for path in sources()}
    assert looked_at >= set(ROOMS)
