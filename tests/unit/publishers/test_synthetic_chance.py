"""Draws follow from their key, and have the shape that was asked for."""

from statistics import mean, median

import pytest

from publishers.synthetic.chance import Chance, Wait


def test_the_same_key_gives_the_same_draws():
    assert [Chance("a").between(0, 1) for _ in range(3)] == [Chance("a").between(0, 1) for _ in range(3)]
    assert Chance("a").between(0, 1) != Chance("b").between(0, 1)


def test_a_wait_has_its_median_and_mean():
    chance = Chance("shape")
    drawn = [chance.amount(Wait(22, 28)) for _ in range(20_000)]
    assert median(drawn) == pytest.approx(22, rel=0.03)
    assert mean(drawn) == pytest.approx(28, rel=0.03)


def test_names_are_drawn_by_weight():
    chance = Chance("weights")
    drawn = [chance.one_of({"often": 3, "rarely": 1}) for _ in range(10_000)]
    assert drawn.count("often") / len(drawn) == pytest.approx(0.75, abs=0.02)
