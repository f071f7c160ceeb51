"""The page of hand-offs is what the register says now, and the format of its rows is explained key by key."""

import re

import pytest
from pydantic import BaseModel

from caseflow.register.page import page
from caseflow.register.sections import OTHERS
from models.limits import Limit
from models.register import Anchor, Extension, ForEach, Missing, Pause, Return, Rule, Start, Stop
from tests.architecture.tree import ROOT
from tests.support.profiles import shipped

PAGE = "docs/hand_offs.md"
FORMAT = "docs/profiles.md"
NAME = "cleveland-and-durham"


def test_the_page_of_hand_offs_is_made_from_the_register() -> None:
    assert _text(PAGE) == page(shipped(NAME)), (
        f"the register has changed: caseflow register show --profile {NAME} --format markdown > {PAGE}"
    )


def test_every_row_stands_in_a_section_of_its_own_title() -> None:
    assert f"## {OTHERS}" not in _text(PAGE)


def test_the_page_says_local_target_where_nobody_has_confirmed_a_limit() -> None:
    sections = _text(PAGE).split("\n## ")[2:]
    rows = [row for section in sections for row in section.splitlines() if row.startswith("|")]
    said = [row for row in rows if "local target" in row]
    limits = [one for rule in shipped(NAME).rules for one in (*rule.limits, *rule.standards)]
    assert len(said) == len([one for one in limits if one.certainty.is_local_target])


def test_the_example_of_a_row_is_the_row() -> None:
    [row] = re.findall(r"```toml\n(.*?)```", _text(FORMAT), re.DOTALL)
    [name] = re.findall(r'^id = "(\w+)"', row, re.MULTILINE)
    assert row == _text(f"profiles/{NAME}/hand_offs/{name}.toml")


@pytest.mark.parametrize(
    "part", [Rule, Start, Stop, Return, Missing, Pause, ForEach, Anchor, Extension, Limit]
)
def test_every_key_of_a_row_is_explained(part: type[BaseModel]) -> None:
    section = _text(FORMAT).split("## hand_offs/*.toml")[1].split("\n## ")[0]
    keys = {field.alias or name for name, field in part.model_fields.items()}
    assert not [key for key in keys if not re.search(rf"`\[*{key}\]*`", section)]


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
