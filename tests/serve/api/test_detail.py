"""What one dataset's description says, in the language asked for."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from red_catalog.serve.api.detail import describe

ME = "https://donnees.chu-valmorin.example/jeu/urgences"
DESK = "<https://donnees.chu-valmorin.example/guichet>"
VCARD = "http://www.w3.org/2006/vcard/ns#"
SAID = f"""\
<{ME}> <http://www.w3.org/ns/dcat#contactPoint> {DESK} .
{DESK} <{VCARD}fn> "Guichet des données"@fr .
{DESK} <{VCARD}fn> "Data desk"@en .
{DESK} <{VCARD}hasEmail> <mailto:guichet@chu-valmorin.example> .
"""


@pytest.mark.parametrize(("lang", "name"), [("fr", "Guichet des données"), ("en", "Data desk")])
def test_contacts_are_named_in_the_language_asked_for(tmp_path: Path, lang: str, name: str) -> None:
    """A contact with a name in two languages has the reader's."""
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset" / "urgences.nt").write_text(SAID, "utf-8")
    release: Any = SimpleNamespace(site=tmp_path)
    told = describe(release, "urgences", ME, lang)["contacts"]
    assert told == [{"name": name, "emails": ["guichet@chu-valmorin.example"], "urls": []}]
