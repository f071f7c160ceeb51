"""The synthetic truth shares no code with what judges: it comes from what the generator drew."""

import ast

from tests.architecture.tree import ROOT, shown

FOLDER = ROOT / "publishers" / "synthetic"
JUDGING = {
    "bank_holidays",
    "calendars",
    "clauses",
    "due",
    "hand_offs",
    "judging",
    "limits",
    "outcomes",
    "pairing",
    "pauses",
    "reading",
    "register",
    "rules",
    "timeline",
}
ADMITTED = {"models.envelope", "models.identities", "models.profile"}
"""What the generator may know of the models: the wire, names that follow from content, and the profile's words."""


def imported():
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield shown(path), node.module
            elif isinstance(node, ast.Import):
                yield from ((shown(path), name.name) for name in node.names)


def test_the_generator_imports_nothing_that_judges():
    wrong = {(path, name) for path, name in imported() if name.startswith("models.") and name not in ADMITTED}
    assert not wrong
    assert not {(path, name) for path, name in imported() if name.partition(".")[0] == "holidays"}


def test_what_judges_is_still_where_this_test_looks_for_it():
    missing = {name for name in JUDGING if not (ROOT / "models" / f"{name}.py").is_file()}
    assert not missing


def test_the_generator_reads_no_row_of_the_register():
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"rules", "calendars"}, f"{shown(path)}:{node.lineno}"
