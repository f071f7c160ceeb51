"""The scanner finds the line of every key that the TOML parser finds."""

import tomllib

from infra.profile_files import profile_names, read_profile_files
from models.toml_lines import key_lines, line_of

TEXT = '''\
# a comment with [brackets] and "quotes"
title = "a # is no comment here"
"quoted key" = 'x'
dotted.key = 1

[table]
list = [
    { a = 1, b = [1, 2] }, # one
    { a = """
two
lines""" },
]

[[many]]
name = "first"
[many.inner]
x = true
[[many.deep]]
y = 1

[[many]]
name = "second"
[[many.deep]]
y = 2
[[many.deep]]
y = 3
'''


def test_every_key_has_its_line():
    lines = key_lines(TEXT)
    expected = {
        ("title",): 2,
        ("quoted key",): 3,
        ("dotted", "key"): 4,
        ("table", "list", 0, "b", 1): 8,
        ("table", "list", 1): 9,
        ("many", 0): 14,
        ("many", 0, "inner", "x"): 17,
        ("many", 0, "deep", 0, "y"): 19,
        ("many", 1, "name"): 22,
        ("many", 1, "deep", 1, "y"): 26,
    }
    assert {path: lines[path] for path in expected} == expected


def test_a_path_that_is_not_there_has_the_line_of_what_is_around_it():
    lines = key_lines(TEXT)
    assert line_of(lines, ("many", 1, "missing", "key")) == 21
    assert line_of(lines, ("nothing",)) == 1


def _paths(value, path=()):
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from _paths(child, (*path, key))


def test_every_path_of_the_shipped_profiles_is_found():
    for name in profile_names():
        for file, text in read_profile_files(name).items():
            lines = key_lines(text)
            missing = [path for path in _paths(tomllib.loads(text)) if path and path not in lines]
            assert not missing, f"{name}/{file}"
