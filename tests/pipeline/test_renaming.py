"""New datasets that vanished ones explain."""

import pytest

from red_catalog.model import Document, Reading, Record, Source
from red_catalog.pipeline.harvest import renaming
from red_catalog.pipeline.harvest.renaming import find_renamed
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.rdf.writing import triples

BASE = "https://chu.exemple.fr/jeu/"
DCT = "http://purl.org/dc/terms/"


def described(name: str, title: str, identifier: str = "") -> Record:
    """A dataset of the CHU, in canonical N-Triples."""
    iri = BASE + name
    lines = [f'<{iri}> <{DCT}title> "{title}"@fr .']
    if identifier:
        lines.append(f'<{iri}> <{DCT}identifier> "{identifier}" .')
        lines.append(f"<{iri}> <{DCT}publisher> <https://chu.exemple.fr/> .")
    canonical = "".join(f"{line}\n" for line in sorted(lines)).encode()
    return Record(iri, canonical, name, "export.ttl")


def renamed(new: list[Record], gone: list[Record]) -> dict[str, tuple[str, str]]:
    """What was renamed, by the ends of the IRIs."""
    found = find_renamed(new, {r.iri: lambda r=r: r.canonical for r in gone})  # type: ignore[misc]
    return {iri[len(BASE) :]: (old[len(BASE) :], how) for iri, (old, how) in found.items()}


def test_a_vanished_dataset_explains_one_new_one() -> None:
    """Of two new ones that are like it the first is told, by content or by identifier."""
    gone = [described("sejours", "Séjours", "EDS-1"), described("lits", "Lits")]
    alike = [described("a", "Lits"), described("b", "Lits")]
    assert renamed(alike, gone) == {"a": ("lits", "content")}
    same = [described("c", "Séjours 2028", "EDS-1"), described("d", "Séjours 2029", "EDS-1")]
    assert renamed(same, gone) == {"c": ("sejours", "identifier")}


def test_a_new_dataset_is_explained_once() -> None:
    """What its content explains takes no other one's identifier."""
    gone = [described("sejours", "Séjours", "EDS-1"), described("urgences", "Urgences", "EDS-1")]
    new = [described("b", "Séjours 2029", "EDS-1"), described("a", "Séjours", "EDS-1")]
    assert renamed(new, gone) == {"a": ("sejours", "content")}
    new.append(described("c", "Urgences", "EDS-1"))
    assert renamed(new, gone) == {"a": ("sejours", "content"), "c": ("urgences", "content")}


def by(name: str, publisher: str, more: str = "", *, base: str = BASE) -> Record:
    """A dataset of a publisher that has no IRI, as the pipeline reads it."""
    text = f"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <{DCT}> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . <{base}{name}> a dcat:Dataset ;
    dct:identifier "EDS-1", "{base}{name}" ; {more} dct:publisher {publisher} ;
    dcat:distribution [ a dcat:Distribution ; dcat:accessURL <{base}{name}/csv> ] ."""
    document = Document("export.ttl", text.encode(), "text/turtle")
    reading = read(document, Source("chu", "chu", "file", "export.ttl"), Limits())
    assert isinstance(reading, Reading)
    return reading.records[0]


HOSPITAL = '[ a foaf:Agent ; foaf:name "CHU exemple" ]'


def test_a_publisher_without_iri_is_known_by_its_name() -> None:
    """What it says of itself besides may change; one of another name is another one."""
    gone = [by("sejours", HOSPITAL)]
    assert renamed([by("a", HOSPITAL)], gone) == {"a": ("sejours", "content")}
    homepage = "; foaf:homepage <https://chu.exemple.fr/> ]"
    new = [by("a", HOSPITAL.replace(" ]", homepage), 'dct:title "Séjours"@fr ;')]
    assert renamed(new, gone) == {"a": ("sejours", "identifier")}
    assert renamed([by("a", HOSPITAL.replace("CHU", "CH"))], gone) == {}


def test_a_server_that_moves_to_https_renames_its_datasets() -> None:
    """Whatever else changed in them, and whatever else is named after it."""
    plain = BASE.replace("https:", "http:")
    gone = by("sejours", HOSPITAL, base=plain)
    now = by("sejours", HOSPITAL)
    other = by("sejours", HOSPITAL, 'dct:title "Séjours"@fr ;')
    for new in (now, other):
        found = find_renamed([new], {gone.iri: lambda: gone.canonical})
        assert found == {now.iri: (gone.iri, "address")}
    moved = by("a", HOSPITAL)
    assert find_renamed([moved], {gone.iri: lambda: gone.canonical}) == {
        moved.iri: (gone.iri, "content")
    }


def test_each_description_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are new and gone."""
    read: list[bytes] = []

    def note(text: bytes) -> list[tuple[str, str, str]]:
        read.append(text)
        return triples(text)

    monkeypatch.setattr(renaming, "triples", note)
    new = [described(f"n{n}", f"Jeu {n}") for n in range(5)]
    assert len(renamed(new, [described(f"a{n}", f"Jeu {n}") for n in range(5)])) == 5
    assert len(read) == 10
