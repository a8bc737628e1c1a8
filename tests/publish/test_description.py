"""What the catalogue says of itself and of its records keeps the rules that it checks."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.config import Config
from red_catalog.model import Severity, Triple, Verdict
from red_catalog.namespaces import term
from red_catalog.publish.data.description import (
    catalogue_iri,
    describe_catalogue,
    describe_catalogue_itself,
    describe_record,
    record_iri,
)
from red_catalog.publish.web.site import Site, site
from red_catalog.validation.checking import validate
from tests.publish import records

BASE = "https://red.example.fr/"


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """The configuration of the catalogue."""
    return records.config(tmp_path)


@pytest.fixture
def about(settings: Config) -> Site:
    """The site of the catalogue."""
    return site(settings)


def violations(iri: str, said: bytes) -> list[tuple[str, str | None, str | None]]:
    """What breaks a rule of Release 8 in what these statements say of the catalogue's own.

    The statuses of its records are told of by it alone, too.
    """
    own = (f"<{BASE}", "<http://purl.org/adms/status/")
    return [
        (one.focus, one.path, one.value)
        for one in validate(iri, said).findings
        if one.severity is Severity.VIOLATION and one.focus.startswith(own)
    ]


def lines(said: Iterable[Triple]) -> bytes:
    """Statements as N-Triples."""
    return "".join(f"{s} {p} {o} .\n" for s, p, o in said).encode()


def test_the_catalogue_conforms(about: Site) -> None:
    """In the dumps and on the pages of feeds, what is said of the catalogue breaks no rule."""
    me, entries = catalogue_iri(about), records.entries()
    for said in (
        describe_catalogue(about, entries, records.MOMENT),
        lines(describe_catalogue_itself(about, [e.holder for e in entries])),
    ):
        assert violations(me, said) == []
        themes = "<http://publications.europa.eu/resource/authority/data-theme>"
        assert f"{term('dcat:themeTaxonomy')} {themes} .".encode() in said
        # Who has not read the EU's list looks for its name here.
        assert f'{themes} {term("dct:title")} "Thèmes de données"@fr .'.encode() in said


def test_records_conform(settings: Config) -> None:
    """A conformant dataset whose source is on the web has a record that breaks no rule."""
    entry = replace(records.entries()[0], verdict=Verdict.CONFORMANT)
    address = "https://donnees.chu-rivemont.example/catalogue.ttl"
    sources = [replace(one, location=address) for one in settings.sources]
    about = site(replace(settings, sources=tuple(sources)))
    said = describe_record(about, entry) + describe_catalogue(about, [], records.MOMENT)
    assert address.encode() in said
    assert violations(record_iri(about, entry.slug), said + entry.canonical) == []
