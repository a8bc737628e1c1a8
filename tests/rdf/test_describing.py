from typing import Any

from red_catalog.model import Reading
from red_catalog.rdf.writing import triples


def subjects(reading: Reading) -> list[set[str]]:
    """The subjects in each record."""
    return [{s for s, _, _ in triples(r.canonical) if s[0] == "<"} for r in reading.records]


def test_a_record_stops_at_other_datasets_and_catalogues(take: Any) -> None:
    """What a dataset reaches is its own; another dataset is only linked."""
    reading = take(
        "<c> a dcat:Catalog ; dcat:dataset <1>, <2>, <3> . "
        "<1> a dcat:Dataset ; dct:relation <2> ; dct:isPartOf <c> ; dcat:distribution <d> . "
        "<d> a dcat:Distribution ; dct:isPartOf <1> . <2> a dcat:Dataset . <x> dct:title 'x' ."
    )
    base = "https://chu.exemple.fr/"
    assert subjects(reading) == [{f"<{base}1>", f"<{base}d>"}, {f"<{base}2>"}]
    assert reading.listed == (f"{base}1", f"{base}2", f"{base}3")
    assert reading.dropped == {"unattached": 5}


def test_what_others_own_is_dropped_and_counted(take: Any) -> None:
    """Vocabulary terms, shapes and another holder's subjects stay out of a record."""
    reading = take(
        "<1> a dcat:Dataset, sh:NodeShape ; dct:publisher <https://registre.exemple.fr/org> ; "
        "sh:property [ sh:path dct:title ] . "
        "<https://registre.exemple.fr/org> foaf:name 'Registre' . "
        "<https://REGISTRE.exemple.fr/org> foaf:name 'Registre' . "
        "dcat:Dataset rdfs:subClassOf dcat:Resource . "
        "<s> a sh:NodeShape ; sh:property [ sh:path dct:type ] ."
    )
    assert len(triples(reading.records[0].canonical)) == 2
    assert reading.dropped == {"foreign": 2, "vocabulary": 6, "unattached": 1}


def test_a_dataset_of_another_holder_is_still_a_record(take: Any) -> None:
    """The register decides whose it is."""
    reading = take("<https://registre.exemple.fr/1> a dcat:Dataset ; dct:title 'Registre' .")
    assert [r.iri for r in reading.records] == ["https://registre.exemple.fr/1"]


def test_both_dialects_of_paging(take: Any) -> None:
    """hydra:next with an IRI and hydra:nextPage with a text lead to the next page."""
    pages = [
        take("<?page=1> a hydra:PartialCollectionView ; hydra:next <?page=2> ."),
        take("<?page=1> a hydra:PagedCollection ; hydra:nextPage '?page=2' ."),
    ]
    assert [page.next_page for page in pages] == ["https://chu.exemple.fr/?page=2"] * 2


def test_published_blank_nodes_are_read_back(take: Any) -> None:
    """An identifier under /.well-known/genid/ is a blank node again, with the same digest."""
    genid = "<https://red.exemple.fr/.well-known/genid/b0123>"
    text = "<1> a dcat:Dataset ; dct:creator {0} . {0} foaf:name 'CHU' ."
    one, two = (take(text.format(node)).records[0] for node in (genid, "_:x"))
    assert one.digest == two.digest
