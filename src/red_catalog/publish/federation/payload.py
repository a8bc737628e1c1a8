"""What a feed gives of a dataset: its description, in the EU feed with identifiers of ours."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from red_catalog.model import EU_FEED, EU_PROFILE, Entry, Severity, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.data.description import PROFILE, PROFILE_KIND, holder_iri, record_iri
from red_catalog.publish.web import links
from red_catalog.publish.web.site import Site
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.rdf.writing import triples

_IDENTIFIER: Final = term("dct:identifier")
_OTHER: Final = term("adms:identifier")
_DATASET: Final = term("dcat:Dataset")
_RELATION: Final = term("dct:relation")
_QUALIFIED: Final = term("dcat:qualifiedRelation")
_RELATIONSHIP: Final = term("dcat:Relationship")
# What names datasets by these, its profile looks for their descriptions.
_NAMING: Final = {
    term("dct:hasVersion"): _DATASET,
    term("dct:source"): _DATASET,
    term("dcat:servesDataset"): term("dcat:DataService"),
}

Told = Mapping[str, str]
"""What the catalogue knows of a dataset: holder, source, issued, modified, verdict."""


def tell(site: Site, entry: Entry) -> Told:
    """What the catalogue knows of a dataset now."""
    return {
        "holder": entry.holder,
        "source": links.web(site.source(entry.source).location) or "",
        "issued": stamp(entry.first_seen.isoformat(timespec="seconds")),
        "modified": stamp(entry.changed.isoformat(timespec="seconds")),
        "verdict": entry.verdict.value,
    }


def stamp(moment: str) -> str:
    """An ISO moment in UTC as RDF writes it."""
    return moment.replace("+00:00", "Z")


def belongs(feed: str, entry: Entry) -> bool:
    """Whether a feed holds this dataset: the EU's, only what conforms to Release 8."""
    if entry.withdrawn_at is not None:
        return False
    if feed != EU_FEED:
        return True
    judged = [one for one in entry.reports if one.profile == EU_PROFILE]
    return bool(judged) and not any(one.count(Severity.VIOLATION) for one in judged)


def describe(site: Site, feed: str, about: tuple[str, str], canonical: bytes, told: Told) -> bytes:
    """What a feed gives of a dataset (IRI and page name), as sorted N-Triples.

    Nothing, not even its record, of what is private as a whole.
    """
    if not canonical:
        return b""
    iri, slug = about
    me, base = make_iri(iri), site.catalogue.base_iri
    given = skolemise(me, canonical, base)
    if feed != EU_FEED:
        return given
    said: set[Triple] = {(me, _IDENTIFIER, make_literal(f"{base}dataset/{slug}"))}
    for subject, predicate, value in _relate(triples(given)):
        if (subject, predicate) != (me, _IDENTIFIER):
            said.add((subject, predicate, value))
            continue
        name = sha256(f"{iri}\n{value}".encode()).hexdigest()[:16]
        node = make_iri(f"{base}.well-known/genid/i{name}")
        said |= {
            (me, _OTHER, node),
            (node, RDF_TYPE, term("adms:Identifier")),
            (node, term("skos:notation"), value),
        }
    return join({*said, *describe_record(site, about, told, conformant=True)})


def _relate(said: Sequence[Triple]) -> Iterator[Triple]:
    """What is said, datasets that it names and does not describe by the widest of relations.

    Those who receive it validate it without them.
    """
    kinds = {(subject, value) for subject, predicate, value in said if predicate == RDF_TYPE}
    described = {subject for subject, _ in kinds}
    ends: dict[str, list[str]] = {}
    for subject, predicate, value in said:
        if predicate == _RELATION and (subject, _RELATIONSHIP) in kinds:
            ends.setdefault(subject, []).append(value)
    # A relationship is one to things that are described, or none.
    loose = {one: there for one, there in ends.items() if not described.issuperset(there)}
    for subject, predicate, value in said:
        if subject in loose:
            continue
        names = (subject, _NAMING.get(predicate)) in kinds
        alone = names and (value, _DATASET) not in kinds
        if predicate == _QUALIFIED and value in loose:
            yield from ((subject, _RELATION, one) for one in loose[value])
        else:
            yield subject, _RELATION if alone else predicate, value


def describe_record(
    site: Site, about: tuple[str, str], told: Told, *, conformant: bool
) -> list[Triple]:
    """The dcat:CatalogRecord of a dataset: source, dates, conformance."""
    iri, slug = about
    me = make_iri(record_iri(site, slug))
    said = [
        (me, RDF_TYPE, term("dcat:CatalogRecord")),
        (me, term("foaf:primaryTopic"), make_iri(iri)),
        (me, term("dct:issued"), moment(told["issued"])),
        (me, term("dct:modified"), moment(told["modified"])),
        (me, term("prov:wasAttributedTo"), make_iri(holder_iri(site, told["holder"]))),
    ]
    if told["source"]:
        said.append((me, term("prov:wasDerivedFrom"), make_iri(told["source"])))
    if conformant:
        said += [(me, term("dct:conformsTo"), make_iri(PROFILE)), PROFILE_KIND]
    return said


def moment(lexical: str) -> str:
    """The term of a moment."""
    return make_literal(lexical, datatype=f"{PREFIXES['xsd']}dateTime")


def statements(given: bytes) -> list[Triple]:
    """The statements of what a feed gives."""
    return triples(given)


def join(statements: set[Triple]) -> bytes:
    """Statements as sorted N-Triples."""
    return "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in statements)).encode()
