"""What `red-catalog check` tells of documents that others wrote, as `docs/check/` shows it."""

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from red_catalog.cli import run_command
from tests import real, shared

Told = Callable[..., str]

DOCS = Path(__file__).parents[1] / "docs" / "check"
TRANSCRIPTS = {
    "adresse-avec-espace": ("fdk-harvester/harvest_response_error.ttl",),
    "adresses-belges": ("belgium/dcatlib__src__test__resources__dcat-multilang.rdf",),
    "code-ancienne-liste": ("mutants-r8/category-r5-base.ttl", "--fixes"),
    "code-inconnu": ("mutants-r8/healthTheme-unknown.ttl",),
    "contact-manquant": ("mutants-r8/hdab-without-contactPoint.ttl", "--fixes"),
    "date-mal-ecrite": ("mutants-r8/modified-not-a-date.ttl", "--profile", "red", "--fixes"),
    "exemple-officiel": ("healthdcat-ap-r8/example-healthdcat-dataset.ttl",),
    "imagerie": ("img2catalog/no_keyword.ttl",),
    "jeu-norvegien": ("fdk-harvester/harvest_response_1.ttl",),
    "variables-sans-libelle": ("mutants-r8/columns-csvw-titles.ttl", "--fixes"),
}
# What a data officer need not know, outside of addresses and of what is to be pasted.
JARGON = re.compile(
    r"(?i)\bsha?cl\b|\bshacl\b|\bsh:|\bIRI\b|\bURI\b|\btriplets?\b|\bnœud|\bprédicat"
    r"|\b(?:dct|dcat|foaf|vcard|skos|xsd|rdf|rdfs|dcatap|healthdcatap|adms|dpv|cv|csvw|prov|dqv):\w"
    r"|blank node|nodeKind|minCount"
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Told:
    """What the command prints of a real document."""
    monkeypatch.chdir(shared.real())
    monkeypatch.setenv("NO_COLOR", "1")

    def tell(location: str, *options: str) -> str:
        assert run_command(["check", location, *options]) in {0, 1}
        printed = capfd.readouterr()
        assert printed.err == ""
        return printed.out

    return tell


@pytest.mark.parametrize("name", sorted(TRANSCRIPTS))
def test_transcripts_are_what_the_command_prints(name: str, told: Told) -> None:
    """The pages of `docs/check/`; RED_WRITE_DOCS=1 writes them anew."""
    options = TRANSCRIPTS[name]
    real.file(options[0])
    found = f"$ red-catalog check {' '.join(options)}\n{told(*options)}"
    page = DOCS / f"{name}.txt"
    if os.environ.get("RED_WRITE_DOCS"):
        page.write_text(found, "utf-8")
    expected = page.read_text("utf-8")
    changes = list(difflib.unified_diff(expected.splitlines(), found.splitlines(), lineterm=""))
    assert changes == [], "run this test with RED_WRITE_DOCS=1, read the pages, commit them"


def documents() -> list[str]:
    """Every document of the real ones that a holder could submit."""
    ends = (".ttl", ".rdf", ".xml", ".jsonld", ".nq", ".trig")
    return [n for n in real.names() if n.endswith(ends) and "mutants-r8/" not in n] or ["absent"]


@pytest.mark.parametrize("location", documents())
def test_no_word_of_the_trade_is_needed(location: str, told: Told) -> None:
    """No prefix and no word of RDF or SHACL in what people read, for every real document."""
    real.file(location)
    values = r"«[^»]*»|https?://\S+|\S+\.(?:ttl|rdf|xml)\S*|\(IRI\)"
    assert JARGON.findall(re.sub(values, "", told(location))) == []
