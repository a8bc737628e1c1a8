"""The catalogue's description of itself: dcat:Catalog and a dcat:CatalogRecord for each dataset."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from red_catalog.model import Entry, Text, Triple, Verdict, spoken
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, PREFIXES, RDF_TYPE, term
from red_catalog.publish.data import dqv, duties
from red_catalog.publish.web import links
from red_catalog.publish.web.site import Site
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.vocabulary.words import LANGUAGES

_ANY: Final = datetime(1970, 1, 1, tzinfo=UTC)
PROFILE: Final = "https://healthdcat-ap.github.io/"
PROFILE_KIND: Final[Triple] = (make_iri(PROFILE), RDF_TYPE, term("dct:Standard"))
_DONE: Final = "http://purl.org/adms/status/Completed"
_ON_THE_WAY: Final = "http://purl.org/adms/status/UnderDevelopment"
STATUS: Final = {
    Verdict.CONFORMANT: _DONE, Verdict.FLAGGED: _ON_THE_WAY, Verdict.REJECTED: _ON_THE_WAY
}  # fmt: skip
_STATUS_NAMES: Final[dict[str, Text]] = {
    _DONE: {"fr": "Terminé", "en": "Completed"},
    _ON_THE_WAY: {"fr": "En cours d’élaboration", "en": "Under development"},
}
_THEMES: Final[Text] = {"fr": "Thèmes de données", "en": "Data themes"}
# DCAT-AP asks whoever says that a thing is a concept, or a scheme of them, for its name.
_STATUS_CONCEPTS: Final[tuple[Triple, ...]] = tuple(
    (make_iri(one), predicate, value)
    for one, name in _STATUS_NAMES.items()
    for predicate, value in (
        (RDF_TYPE, term("skos:Concept")),
        *((term("skos:prefLabel"), make_literal(name[code], code)) for code in name),
    )
)


def catalogue_iri(site: Site) -> str:
    """The IRI of the catalogue."""
    return f"{site.catalogue.base_iri}catalog"


def record_iri(site: Site, slug: str) -> str:
    """The IRI of a dataset's catalogue record, which also names its graph."""
    return f"{site.catalogue.base_iri}record/{slug}"


def holder_iri(site: Site, holder_id: str) -> str:
    """The IRI of a holder in this catalogue."""
    return f"{site.catalogue.base_iri}holder/{holder_id}"


def describe_catalogue(site: Site, entries: Sequence[Entry], moment: datetime) -> bytes:
    """What the catalogue says of itself, its holders and its metrics, as sorted N-Triples.

    What all records name is told of here, once. `entries`: what is published.
    """
    mine: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        mine[entry.holder].append(entry)
    statements = {
        *_catalogue(site, moment),
        *dqv.describe_metrics(site),
        *dqv.measure_mean(site, catalogue_iri(site), entries),
        PROFILE_KIND,
        *_STATUS_CONCEPTS,
    }
    for holder_id, given in mine.items():
        statements.update(_holder(site, holder_id))
        statements.update(dqv.measure_mean(site, holder_iri(site, holder_id), given))
    return _write(statements)


def describe_catalogue_itself(site: Site, holders: Iterable[str]) -> list[Triple]:
    """What the catalogue says of itself and of these holders, but for what each change changes."""
    said = [one for one in _catalogue(site, _ANY) if one[1] != term("dct:modified")]
    said += _STATUS_CONCEPTS
    for holder_id in sorted(holders):
        said += _holder(site, holder_id)
    return said


def describe_record(site: Site, entry: Entry) -> bytes:
    """What the catalogue says of one dataset's description, as sorted N-Triples."""
    record = record_iri(site, entry.slug)
    found = {*_record(site, entry), *dqv.measure(site, entry, record)}
    return _write({*found, *duties.state(site, entry, record)})


def _write(statements: Iterable[Triple]) -> bytes:
    return "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in statements)).encode()


def _catalogue(site: Site, moment: datetime) -> list[Triple]:
    about, me = site.catalogue, make_iri(catalogue_iri(site))
    publisher = make_iri(f"{about.base_iri}publisher")
    contact = make_iri(f"{about.base_iri}publisher#contact")
    licence, home = make_iri(about.licence), make_iri(about.base_iri)
    themes = make_iri(f"{EU_AUTHORITY}data-theme")
    is_page = links.safe(about.contact) and about.contact.startswith("http")
    return [
        (me, RDF_TYPE, term("dcat:Catalog")),
        *_text(me, "dct:title", about.title),
        *_text(me, "dct:description", about.description),
        (me, term("dct:publisher"), publisher),
        (publisher, RDF_TYPE, term("foaf:Agent")),
        *_text(publisher, "foaf:name", about.publisher),
        (publisher, term("foaf:homepage"), make_iri(about.publisher_homepage)),
        (publisher, term("cv:contactPoint"), contact),
        (contact, RDF_TYPE, term("cv:ContactPoint")),
        (contact, term("cv:contactPage"), make_iri(about.contact))
        if is_page
        else (contact, term("cv:email"), make_literal(about.contact.removeprefix("mailto:"))),
        (me, term("dct:license"), licence),
        (licence, RDF_TYPE, term("dct:LicenseDocument")),
        *(
            (me, term("dct:language"), make_iri(f"{EU_AUTHORITY}language/{LANGUAGES[code]}"))
            for code, _ in spoken(about.title)
        ),
        (me, term("dct:spatial"), make_iri(f"{EU_AUTHORITY}country/{about.country}")),
        (me, term("dcat:themeTaxonomy"), themes),
        (themes, RDF_TYPE, term("skos:ConceptScheme")),
        *_text(themes, "dct:title", _THEMES),
        (me, term("foaf:homepage"), home),
        (home, RDF_TYPE, term("foaf:Document")),
        (me, term("dcatap:applicableLegislation"), make_iri(EHDS_LEGISLATION)),
        (me, term("dct:modified"), _moment(moment)),
    ]


def _record(site: Site, entry: Entry) -> list[Triple]:
    me = make_iri(record_iri(site, entry.slug))
    catalogue = make_iri(catalogue_iri(site))
    statements = [
        (catalogue, term("dcat:dataset"), make_iri(entry.iri)),
        (catalogue, term("dcat:record"), me),
        (me, RDF_TYPE, term("dcat:CatalogRecord")),
        (me, term("foaf:primaryTopic"), make_iri(entry.iri)),
        (me, term("dct:issued"), _moment(entry.first_seen)),
        (me, term("dct:modified"), _moment(entry.changed)),
        (me, term("adms:status"), make_iri(STATUS[entry.verdict])),
        (me, term("prov:wasAttributedTo"), make_iri(holder_iri(site, entry.holder))),
    ]
    location = links.web(site.source(entry.source).location)
    if location:
        statements.append((me, term("prov:wasDerivedFrom"), make_iri(location)))
    if entry.verdict is Verdict.CONFORMANT:
        statements.append((me, term("dct:conformsTo"), make_iri(PROFILE)))
    return statements


def _holder(site: Site, holder_id: str) -> list[Triple]:
    me = make_iri(holder_iri(site, holder_id))
    return [
        (me, RDF_TYPE, term("foaf:Agent")),
        *_text(me, "foaf:name", site.holder(holder_id).name),
    ]


def _text(subject: str, name: str, text: Text) -> list[Triple]:
    return [(subject, term(name), make_literal(words, code)) for code, words in spoken(text)]


def _moment(moment: datetime) -> str:
    lexical = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return make_literal(lexical, datatype=f"{PREFIXES['xsd']}dateTime")
