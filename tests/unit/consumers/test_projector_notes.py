"""What is odd in an event reaches its row, and nothing does where nothing is."""

from consumers.projector.events import event_row
from models.identifiers import Note
from tests.support import wires


def test_the_notes_of_an_event_are_a_list_of_objects_in_its_row() -> None:
    note = Note("pnc", "identifiers[0]", "a placeholder, read as missing")
    row = event_row(wires.event("C1", 3, notes=(note,)), 1, 42)
    assert row.notes == '[{"type":"pnc","path":"identifiers[0]","wrong":"a placeholder, read as missing"}]'
    assert event_row(wires.event("C1", 3), 1, 42).notes == "[]"
