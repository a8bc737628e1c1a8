"""What a holder wrote stays text in each format, whatever signs it has."""

import json
from dataclasses import replace
from typing import Final

import pytest

from red_catalog.config import Config
from red_catalog.namespaces import term
from red_catalog.publish import release
from red_catalog.publish.web import links
from tests.publish import records

IRI: Final = f"{records.CHU}parcours"
TITLE: Final = "Séjours R&D <b>;\n100 %, {x} \\_$#~^"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A release of one dataset, whose title has signs that formats read as their own."""
    config = records.config(tmp_path_factory.mktemp("signs"))
    config = replace(config, publication=replace(config.publication, rules=()))
    keyword = f'<{IRI}> {term("dcat:keyword")} "soins & <b>"@fr .\n'.encode()
    entry = records.entry(IRI, "parcours-1a2b", records.full(IRI, TITLE) + keyword)
    prepared = release.prepare(config, [entry], records.runs(), records.MOMENT)
    assert prepared is not None
    release.switch(config, prepared)
    return config


def file(made: Config, name: str) -> str:
    """A file of the live site, its ends of lines as they are."""
    return (made.public / "current" / "site" / name).read_bytes().decode()


def test_a_calendar_escapes_what_parts_values(made: Config) -> None:
    """Each property is a line, and commas, semicolons and backslashes are marked as text."""
    text = file(made, "holder/chu-rivemont/checks.ics").replace("\r\n ", "")
    assert "\n" not in text.replace("\r\n", "")
    told = [line for line in text.split("\r\n") if line.startswith("SUMMARY:")]
    assert len(told) == 2
    assert all("Séjours R&D <b>\\; 100 %\\, {x} \\\\_$#~^" in line for line in told)


def test_citations_escape_what_their_programs_would_read(made: Config) -> None:
    """TeX gets its commands, RIS one line a field, CSL-JSON the words as they are."""
    bibtex = file(made, "dataset/parcours-1a2b.bib")
    tex = (
        r"Séjours R\&D <b>; 100 \%, \{x\} "
        r"\textbackslash{}\_\$\#\textasciitilde{}\textasciicircum{}"
    )
    assert tex in bibtex
    plain = "Séjours R&D <b>; 100 %, {x} \\_$#~^"
    assert f"\r\nTI  - {plain}\r\n" in file(made, "dataset/parcours-1a2b.ris")
    (csl,) = json.loads(file(made, "dataset/parcours-1a2b.csl.json"))
    assert csl["title"] == plain


def test_pages_that_are_indexed_hold_no_markup(made: Config) -> None:
    """In the small pages of the search index titles and keywords are text in each place."""
    pages = list((made.var / "search").rglob("parcours-1a2b.html"))
    assert len(pages) == 2
    for page in pages:
        text = page.read_text("utf-8")
        assert "Séjours R&amp;D &lt;b&gt;" in text
        assert "soins &amp; &lt;b&gt;" in text
        assert "<b>" not in text


@pytest.mark.parametrize("sign", [*'<>"\\^`{|} \t\n\x7f\u202e\u2066'])
def test_an_address_with_a_sign_that_none_has_is_no_link(sign: str) -> None:
    """Signs of markup, blanks, and those that turn the order of reading."""
    assert links.safe("https://chu-rivemont.example/jeu") is not None
    assert links.safe(f"https://chu-rivemont.example/jeu{sign}x") is None
