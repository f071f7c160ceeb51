"""Names say what a thing is for."""

import ast

import pytest

from tests.architecture.tree import ROOT, functions, shown, sources

VAGUE = {"utils", "util", "common", "manager", "managers", "helpers", "helper", "misc"}
FEWEST_WORDS = 4
"""Of a test's name, `test` included: fewer do not make a sentence."""


def test_no_module_has_a_name_for_anything() -> None:
    vague = [shown(path) for path in sources() if VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)]
    assert not vague


def test_no_class_is_a_manager_of_something() -> None:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not node.name.endswith(("Manager", "Helper", "Util", "Utils")), (
                    f"{shown(path)}: {node.name}"
                )


def test_every_test_is_named_by_a_sentence() -> None:
    tests = [path for path in sources() if path.name.startswith("test_") and "tests" in path.parts]
    short = [
        f"{shown(path)}: {one.name}"
        for path in tests
        for one in functions(path)
        if one.name.startswith("test_") and len(one.name.split("_")) < FEWEST_WORDS
    ]
    assert not short


@pytest.mark.parametrize(
    "tier", ["unit", "property", "contract", "integration", "acceptance", "architecture"]
)
def test_tests_of_this_tier_lie_in_files_that_pytest_finds(tier: str) -> None:
    for path in (ROOT / "tests" / tier).rglob("*.py"):
        holds_tests = any(one.name.startswith("test_") for one in functions(path))
        assert not holds_tests or path.name.startswith("test_"), f"{shown(path)} is never collected"
