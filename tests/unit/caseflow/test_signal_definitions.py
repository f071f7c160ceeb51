"""What people are told of each kind is the same in the document and on the screen."""

from analysis.findings import Kind
from caseflow.signals.definitions import DEFINITIONS
from tests.architecture.documents import rows


def test_the_document_has_every_kind_of_signal_as_explain_tells_it():
    told = rows("docs/silo_signals.md", "kind")
    assert told == {kind.value: [kind.words, *definition] for kind, definition in DEFINITIONS.items()}


def test_every_kind_that_is_looked_for_has_a_definition():
    assert [kind.value for kind in DEFINITIONS] == [kind.value for kind in Kind]
