"""What one dataset's description says, in the language asked for."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from red_catalog.serve.api.detail import describe

ME = "https://donnees.chu-valmorin.example/jeu/urgences"
DESK = "<https://donnees.chu-valmorin.example/guichet>"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
SAID = f"""\
<{ME}> <{DCAT}contactPoint> {DESK} .
{DESK} <{VCARD}fn> "Guichet des données"@fr .
{DESK} <{VCARD}fn> "Data desk"@en .
{DESK} <{VCARD}hasEmail> <mailto:guichet@chu-valmorin.example> .
"""


def _describe(folder: Path, said: str, lang: str = "fr") -> dict[str, Any]:
    """What is told of the dataset whose statements these are."""
    (folder / "dataset").mkdir()
    (folder / "dataset" / "urgences.nt").write_text(said, "utf-8")
    release: Any = SimpleNamespace(site=folder)
    return describe(release, "urgences", ME, lang)


@pytest.mark.parametrize(("lang", "name"), [("fr", "Guichet des données"), ("en", "Data desk")])
def test_contacts_are_named_in_the_language_asked_for(tmp_path: Path, lang: str, name: str) -> None:
    """A contact with a name in two languages has the reader's."""
    told = _describe(tmp_path, SAID, lang)["contacts"]
    assert told == [{"name": name, "emails": ["guichet@chu-valmorin.example"], "urls": []}]


def test_identifiers_that_are_no_texts_do_not_stop_the_answer(tmp_path: Path) -> None:
    """An identifier that is an address or a node is passed over, as on the dataset's page."""
    said = f"""\
<{ME}> <{DCT}identifier> <https://doi.org/10.57745/ABCDEF> .
<{ME}> <{DCT}identifier> _:n .
<{ME}> <{DCT}identifier> "SNDS-URG-2024" .
"""
    assert _describe(tmp_path, said)["identifiers"] == ["SNDS-URG-2024"]


def test_texts_in_place_of_addresses_are_told(tmp_path: Path) -> None:
    """A mailbox, a format or a web page written as a text is told like one that is an address."""
    said = f"""\
<{ME}> <{DCAT}landingPage> "https://www.chu-valmorin.example/urgences" .
<{ME}> <{DCAT}contactPoint> {DESK} .
{DESK} <{VCARD}hasEmail> "guichet@chu-valmorin.example" .
{DESK} <{VCARD}hasURL> "www.chu-valmorin.example" .
<{ME}> <{DCAT}distribution> <{ME}/csv> .
<{ME}/csv> <{DCT}format> "CSV" .
<{ME}/csv> <{DCAT}accessURL> "sur demande" .
"""
    told = _describe(tmp_path, said)
    assert told["landing_pages"] == ["https://www.chu-valmorin.example/urgences"]
    assert told["contacts"][0]["emails"] == ["guichet@chu-valmorin.example"]
    assert told["contacts"][0]["urls"] == ["www.chu-valmorin.example"]
    assert told["distributions"][0]["formats"] == ["CSV"]
    assert told["distributions"][0]["access_urls"] == ["sur demande"]
