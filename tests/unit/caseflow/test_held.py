"""Processes that stay stopped until a person has looked."""

from pathlib import Path

from caseflow.held import held, hold, release, why


def test_nothing_is_held_in_an_empty_data_directory(tmp_path: Path) -> None:
    assert held(tmp_path) == []


def test_a_held_process_stays_held_until_it_is_released(tmp_path: Path) -> None:
    hold(tmp_path, "intake")
    hold(tmp_path, "intake")
    assert held(tmp_path) == ["intake"]
    assert release(tmp_path, "intake")
    assert held(tmp_path) == []


def test_releasing_what_is_not_held_says_so(tmp_path: Path) -> None:
    hold(tmp_path, "intake")
    assert not release(tmp_path, "projector")
    assert held(tmp_path) == ["intake"]


def test_a_person_is_told_why_and_what_to_do() -> None:
    assert "caseflow rebuild" in why("timelines")
    assert "dead-letters resume" in why("intake")
