"""The document of the synthetic partnership lists the catalogue as it is."""

from publishers.synthetic.plants.catalogue import CATALOGUE, Target
from tests.architecture.tree import ROOT


def test_the_document_has_every_effect_with_its_defaults():
    document = (ROOT / "docs" / "synthetic.md").read_text(encoding="utf-8")
    for effect in CATALOGUE.values():
        target = {Target.PAIR: "=A:B", Target.AGENCY: "=A", Target.EVERYBODY: ""}[effect.target]
        parameters = "".join(f",{name}={value:g}" for name, value in effect.parameters.items())
        [row] = [line for line in document.splitlines() if line.startswith(f"| {effect.scenario} |")]
        assert f"`{effect.name}{target}{parameters}`" in row
        assert ("(harmless)" in row) is effect.harmless
