"""Draws follow from their key, their name and how often it was asked, and have the shape that was asked for."""

from statistics import mean, median

import pytest

from publishers.synthetic.chance import Chance, Wait


def drawn(key, name, count=3):
    chance = Chance(key)
    return [chance.share(name) for _ in range(count)]


def test_the_same_key_gives_the_same_draws():
    assert drawn("a", "wait") == drawn("a", "wait")
    assert drawn("a", "wait") != drawn("b", "wait")


def test_every_name_has_draws_of_its_own():
    chance = Chance("a")
    mixed = []
    for _ in range(3):
        mixed.append(chance.share("wait"))
        chance.share("something else")
    assert mixed == drawn("a", "wait")
    assert drawn("a", "another wait") != mixed


def test_draws_are_the_same_on_every_machine():
    assert drawn("a case", "wait") == pytest.approx([0.1166722974, 0.9473978409, 0.8007410322], abs=1e-9)


def test_draws_are_spread_evenly():
    found = drawn("shape", "even", 20_000)
    assert mean(found) == pytest.approx(0.5, abs=0.01)
    assert sum(value < 0.1 for value in found) / 20_000 == pytest.approx(0.1, abs=0.01)
    assert all(0 < value < 1 for value in found)


def test_a_wait_has_its_median_and_mean():
    chance = Chance("shape")
    found = [chance.amount("wait", Wait(22, 28)) for _ in range(20_000)]
    assert median(found) == pytest.approx(22, rel=0.03)
    assert mean(found) == pytest.approx(28, rel=0.03)


def test_names_are_drawn_by_weight():
    chance = Chance("weights")
    found = [chance.one_of("which", {"often": 3, "rarely": 1}) for _ in range(10_000)]
    assert found.count("often") / len(found) == pytest.approx(0.75, abs=0.02)
