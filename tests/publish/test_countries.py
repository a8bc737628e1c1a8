"""A catalogue of another country, in another language, says what is true of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.config import Config
from red_catalog.model import Said
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.publish import release
from red_catalog.publish.data.description import describe_catalogue
from red_catalog.publish.web.site import site
from tests.publish import records

FRENCH = re.compile(r"CNIL|RGAA|2005-102|Défenseur des droits|French A|\bFrance (?:decides|décide)")
TITLE = {"pt": "Catálogo de dados de saúde", "en": "Health data catalogue"}


def portuguese(root: Path) -> Config:
    """The configuration of a Portuguese catalogue."""
    config = records.config(root)
    about = replace(config.catalogue, country="PRT", title=Said(TITLE),
                    description=Said({"pt": "Conjuntos de dados de saúde."}))  # fmt: skip
    return replace(config, catalogue=about, holders=(), sources=())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of its release, by path."""
    config = portuguese(tmp_path_factory.mktemp("portugal"))
    prepared = release.prepare(config, [], [], records.MOMENT)
    assert prepared is not None
    root = prepared.folder / "site"
    return {str(one.relative_to(root)): one.read_text("utf-8") for one in root.rglob("*.html")}


def test_no_page_names_the_law_of_france(pages: dict[str, str], published: Path) -> None:
    """Nor its authorities: those of every country are told of; a French catalogue names its own."""
    assert [path for path, page in pages.items() if FRENCH.search(page)] == []
    assert "2016/2102" in pages["accessibility.html"]
    assert 'href="https://www.edpb.europa.eu/' in pages["en/privacy.html"]
    assert "CNIL" in (published / "privacy.html").read_text("utf-8")
    assert "2005-102" in (published / "en/accessibility.html").read_text("utf-8")


def test_words_of_the_catalogue_carry_their_language(pages: dict[str, str]) -> None:
    """Where another language stands in for the page's, and there alone."""
    lead = '<p class="lead" lang="pt">Conjuntos de dados de saúde.</p>'
    assert lead in pages["index.html"]
    assert lead in pages["en/about.html"]
    assert '<b lang="en">Health data catalogue</b>' in pages["index.html"]
    assert "<b>Health data catalogue</b>" in pages["en/index.html"]


def test_the_catalogue_claims_the_languages_of_its_title(tmp_path: Path) -> None:
    """No text is said to be in a language that nobody wrote it in; its country is told."""
    said = describe_catalogue(site(portuguese(tmp_path)), [], records.MOMENT).decode()
    own = [line for line in said.split("\n") if line.startswith("<https://red.example.fr/catalog>")]
    told = {
        name: [line.split(" ", 2)[2] for line in own if term(name) in line]
        for name in ("dct:title", "dct:language", "dct:spatial")
    }
    assert told == {
        "dct:title": ['"Catálogo de dados de saúde"@pt .', '"Health data catalogue"@en .'],
        "dct:language": [f"<{EU_AUTHORITY}language/{one}> ." for one in ("ENG", "POR")],
        "dct:spatial": [f"<{EU_AUTHORITY}country/PRT> ."],
    }
