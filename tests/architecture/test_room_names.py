"""The rooms have generic names: what is imported must be this tree, and nobody else's."""

import importlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT


@pytest.mark.parametrize("room", [*ROOMS, "profiles"])
def test_no_other_installed_distribution_owns_a_rooms_name(room: str) -> None:
    # An editable install lists no owner: read that as ours.
    assert set(packages_distributions().get(room, ["caseflow"])) == {"caseflow"}


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_is_loaded_from_this_tree_and_says_what_it_is(room: str) -> None:
    module = importlib.import_module(room)
    assert Path(str(module.__file__)).parent == ROOT / room
    assert module.__doc__
    assert "\n" not in module.__doc__.strip()
    assert (ROOT / room / "py.typed").exists()
