"""`.well-known/void`: what machines that look for linked data read first."""

from typing import Final

from red_catalog.model import Triple, spoken
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.data.description import catalogue_iri
from red_catalog.publish.data.dumps import NQUADS, Dump
from red_catalog.publish.web.site import Site
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.rdf.writing import serialise

_SUBSET: Final = ".well-known/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"


def void(site: Site, dumps: list[Dump], datasets: int) -> bytes:
    """The catalogue as a void:Dataset, in Turtle."""
    base, me = site.catalogue.base_iri, make_iri(f"{site.catalogue.base_iri}.well-known/void#data")
    part = make_iri(f"{base}.well-known/void#datasets")
    statements = [
        (me, RDF_TYPE, term("void:Dataset")),
        (me, term("foaf:primaryTopic"), make_iri(catalogue_iri(site))),
        (me, term("foaf:homepage"), make_iri(base)),
        (me, term("dct:license"), make_iri(site.catalogue.licence)),
        (me, term("void:sparqlEndpoint"), make_iri(f"{base}sparql")),
        (me, term("void:uriSpace"), make_literal(base)),
        (me, term("void:classPartition"), part),
        (part, term("void:class"), term("dcat:Dataset")),
        (part, term("void:entities"), _count(datasets)),
        *((me, term("dct:title"), make_literal(words, code))
          for code, words in spoken(site.catalogue.title)),
        *(one for dump in dumps for one in _dump(base, me, dump)),
        *((me, term("void:feature"), make_iri(f"{_FORMATS}{f}"))
          for f in ("Turtle", "JSON-LD", "RDF_XML", "N-Triples")),
        *((me, term("void:vocabulary"), make_iri(PREFIXES[p]))
          for p in ("dcat", "dct", "healthdcatap", "dpv", "csvw")),
    ]  # fmt: skip
    return serialise("".join(f"{s} {p} {o} .\n" for s, p, o in statements).encode(), "ttl")


def _dump(base: str, me: str, dump: Dump) -> list[Triple]:
    """A dump, as a dataset; with its number of statements where none stands there twice."""
    file, held = (make_iri(f"{base}{where}{dump.name}") for where in ("dumps/", _SUBSET))
    said = [
        (me, term("void:dataDump"), file),
        (me, term("void:subset"), held),
        (held, RDF_TYPE, term("void:Dataset")),
        (held, term("void:dataDump"), file),
    ]
    # The parts of the other one repeat what several datasets say of an organisation.
    if dump.name == NQUADS:
        said.append((held, term("void:triples"), _count(dump.statements)))
    return said


def _count(number: int) -> str:
    return make_literal(str(number), datatype=f"{PREFIXES['xsd']}integer")
