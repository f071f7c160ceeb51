"""The repository holds nothing of the machine or the registries that it was made with."""

import re

from tests.architecture.tree import shown, tracked

THIS_FILE = "test_repository_speaks_of_the_project_alone.py"
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(root|home/\w+|Users/\w+|work/(main|shared)|tmp/[a-z]\w*)/?(?=[\s\"'`)/]|$)"
)
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|repo1?\.maven|maven\.org|maven2|artifactory|jfrog|"
    r"index-url\s*=|extra-index|crates\.io",
    re.IGNORECASE,
)
TEXT_LIMIT = 2 << 20


def lines() -> list[tuple[str, str]]:
    """Return every line of every text file of the repository, with the place where it stands."""
    found = []
    for path in tracked():
        if path.name == THIS_FILE or path.stat().st_size > TEXT_LIMIT or b"\0" in path.read_bytes()[:4096]:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [(f"{shown(path)}:{number}", line) for number, line in enumerate(text.splitlines(), 1)]
    return found


def test_no_file_names_a_path_of_a_machine() -> None:
    assert not [f"{place}: {line.strip()}" for place, line in lines() if MACHINE_PATHS.search(line)]


def test_no_file_names_a_registry() -> None:
    assert not [f"{place}: {line.strip()}" for place, line in lines() if REGISTRIES.search(line)]


def test_nothing_that_is_built_is_tracked() -> None:
    built = re.compile(r"(^|/)(\.venv|\.caseflow|dist|build|__pycache__|bench/out)/|\.(pyc|whl|jar|class)$")
    assert not [shown(path) for path in tracked() if built.search(shown(path))]
