"""Addresses of datasets that hold a space or a line break, in RDF/XML and JSON-LD."""

import json
from typing import Any

import pytest

from red_catalog.model import Reading

BASE = "https://registre-cancers.exemple.fr/jeu/"
SPACED = f"{BASE}registre cancers"
RDF_XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#">
{}</rdf:RDF>"""


def described(iri: str) -> str:
    """A dataset in RDF/XML."""
    about = iri.replace("\n", "&#10;")
    return f'<dcat:Dataset rdf:about="{about}"><dct:title>Registre</dct:title></dcat:Dataset>'


def rdf_xml(*iris: str) -> tuple[bytes, str]:
    """These datasets, each by itself."""
    return RDF_XML.format("\n".join(map(described, iris))).encode(), "application/rdf+xml"


def in_catalogue(*iris: str) -> tuple[bytes, str]:
    """These datasets, within a catalogue."""
    inside = "".join(f"<dcat:dataset>\n{described(iri)}</dcat:dataset>" for iri in iris)
    catalogue = f'<dcat:Catalog rdf:about="{BASE}">{inside}</dcat:Catalog>'
    return RDF_XML.format(catalogue).encode(), "application/rdf+xml"


def json_ld(*iris: str) -> tuple[bytes, str]:
    """These datasets, with a key that no context maps."""
    graph = [{"@id": i, "@type": "Dataset", "Note : relu": 1, "mots clés": "a"} for i in iris]
    whole = {"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": graph}
    return json.dumps(whole, ensure_ascii=False).encode(), "application/ld+json"


@pytest.mark.parametrize("write", [rdf_xml, in_catalogue, json_ld])
@pytest.mark.parametrize(
    "broken",
    [SPACED, f"{BASE}a <nom> b", f"{BASE}registre\ncancers", f"{BASE}registre .\ncancers"],
)
def test_a_dataset_whose_address_holds_a_space_is_held_back(
    take: Any, write: Any, broken: str
) -> None:
    """It is told by its whole address, once, and costs the others nothing."""
    if "<" in broken and write is not json_ld:
        broken = broken.replace("<", "{")
    reading: Reading = take(*write(broken, f"{BASE}2"))
    held = [(q.iri, q.problem.code) for q in reading.quarantined]
    assert held == [(broken.replace("\n", " "), "iri-invalid")]
    assert " ".join(broken.split()) in reading.quarantined[0].problem.message["fr"]
    assert [r.iri for r in reading.records] == [f"{BASE}2"]
    assert not reading.repaired


def test_what_is_no_dataset_is_held_with_the_one_that_cites_it(take: Any) -> None:
    """A distribution at an address with a space holds back its own dataset."""
    distribution = '<dcat:Distribution rdf:about="https://a.fr/b c"/>'
    inside = (
        f'<dcat:Dataset rdf:about="{BASE}1"><dcat:distribution>{distribution}'
        f"</dcat:distribution></dcat:Dataset>{described(BASE + '2')}"
    )
    reading: Reading = take(RDF_XML.format(inside).encode(), "application/rdf+xml")
    assert [q.iri for q in reading.quarantined] == [f"{BASE}1"]
    assert [r.iri for r in reading.records] == [f"{BASE}2"]


def link(target: dict[str, Any], *more: dict[str, Any]) -> bytes:
    """A dataset that names this as its contact, more nodes, and a second dataset."""
    first = {"@id": f"{BASE}1", "@type": "Dataset", "contactPoint": target}
    graph = [first, *more, {"@id": f"{BASE}2", "@type": "Dataset"}]
    return json.dumps({"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": graph}).encode()


@pytest.mark.parametrize("label", ["_:contact DPO", "_:contact .\nDPO", "_:contact/DPO"])
def test_a_node_whose_label_holds_a_space_is_read(take: Any, label: str) -> None:
    """What it says stays with the dataset that names it, even where two of them look alike."""
    twins = [
        {"@id": one, "vcard:fn": "DPO", "http://purl.org/dc/terms/relation": {"@id": other}}
        for one, other in ((label, f"{label} 2"), (f"{label} 2", label))
    ]
    reading: Reading = take(link({"@id": label}, *twins), "application/ld+json")
    assert [r.iri for r in reading.records] == [f"{BASE}1", f"{BASE}2"]
    assert reading.records[0].canonical.count(b'"DPO"') == 2
    assert not reading.quarantined


@pytest.mark.parametrize("end", [" .\n", " .\nb c", " .\n<b", "> <b>  .\n<c"])
def test_an_address_like_the_end_of_a_statement_costs_its_dataset_alone(
    take: Any, end: str
) -> None:
    """The rest of the document is read."""
    reading: Reading = take(link({"@id": f"https://chu.exemple.fr/a{end}"}), "application/ld+json")
    assert [(q.iri, q.problem.code) for q in reading.quarantined] == [(f"{BASE}1", "iri-invalid")]
    assert [r.iri for r in reading.records] == [f"{BASE}2"]


def test_addresses_that_hold_line_breaks_are_read_in_pieces(take: Any) -> None:
    """A document longer than what is read at once is cut between statements alone."""
    many = [{"@id": f"{BASE}p{n} .\nq", "description": "x" * 90} for n in range(2000)]
    reading: Reading = take(link({"@id": "_:c"}, *many), "application/ld+json")
    assert [r.iri for r in reading.records] == [f"{BASE}1", f"{BASE}2"]
    assert reading.dropped == {"unattached": 2000}


def test_a_type_that_is_a_text_costs_nothing(take: Any) -> None:
    """`rdf:type` written as a text is a statement as any other."""
    inside = f'<dcat:Dataset rdf:about="{BASE}1"><rdf:type>Registre</rdf:type></dcat:Dataset>'
    reading: Reading = take(RDF_XML.format(inside).encode(), "application/rdf+xml")
    assert [r.iri for r in reading.records] == [f"{BASE}1"]


@pytest.mark.parametrize(("address", "advice"), [("mailto:", "Retirez cet espace"), ("", "%20")])
def test_a_space_in_a_mailbox_is_to_be_removed(take: Any, address: str, advice: str) -> None:
    """Written %20 it would make a mailbox that is none; in a web address it is that."""
    written = f"{address or 'https://'}donnees @chu.exemple.fr"
    turtle = f"<{BASE}1> a dcat:Dataset ; dcat:contactPoint [ vcard:hasEmail <{written}> ] ."
    (held,) = take(turtle).quarantined
    assert written in held.problem.message["fr"]
    assert advice in held.problem.fix["fr"]
