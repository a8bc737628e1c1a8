"""One page of a FAIR Data Point: what it says, and where it leads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from red_catalog.model import Document, Triple, lower_server
from red_catalog.namespaces import DATASET, RDF_TYPE, term
from red_catalog.rdf.terms import iri, is_blank, is_iri, literal

_LDP: Final = "http://www.w3.org/ns/ldp#"
_ONTOLOGIES: Final = (
    "https://w3id.org/fdp/fdp-o#",
    "http://rdf.biosemantics.org/ontologies/fdp-o#",
)
_CONTAINS: Final = f"<{_LDP}contains>"
_MEMBER_OF: Final = f"<{_LDP}membershipResource>"
_RELATION: Final = f"<{_LDP}hasMemberRelation>"
PARTS: Final = frozenset(
    {term("dcat:distribution"), term("adms:sample"), term("healthdcatap:analytics")}
)
_SERVICE: Final = term("dcat:accessService")
_DATASET: Final = term("dcat:dataset")
_ELSEWHERE: Final = frozenset({DATASET, term("dcat:Catalog")})
_ONWARD: Final = frozenset(
    {
        _DATASET,
        term("dcat:catalog"),
        "<http://www.re3data.org/schema/3-0#dataCatalog>",
        *(f"<{ontology}metadataCatalog>" for ontology in _ONTOLOGIES),
        *(f"<{ontology}hasCatalog>" for ontology in _ONTOLOGIES),
    }
)
_STATES: Final = frozenset(
    {
        term("adms:status"),
        *(f"<{ontology}{name}>" for ontology in _ONTOLOGIES for name in ("metadataState", "state")),
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """The statements of one page. `names`: the addresses it answers to, without fragment."""

    document: Document
    names: frozenset[str]
    triples: tuple[Triple, ...]

    def datasets(self) -> list[str]:
        """The datasets, as terms, that this page is about."""
        kinds = ((s, o) for s, p, o in self.triples if p == RDF_TYPE)
        found = dict.fromkeys(s for s, o in kinds if o == DATASET and is_iri(s))
        return [s for s in found if self._is_here(iri(s))]

    def _is_here(self, name: str) -> bool:
        name = trim(name)
        return not name.startswith("http") or name in self.names

    def onward(self) -> list[str]:
        """The addresses of the catalogues and datasets that this page leads to."""
        return self._links(o for _, p, o in self.triples if p in _ONWARD)

    def announced(self) -> set[str]:
        """The addresses at which catalogues say that a dataset is described."""
        return set(map(trim, self._links(o for _, p, o in self.triples if p == _DATASET)))

    def own(self, datasets: Iterable[str]) -> Iterator[Triple]:
        """The statements of the page, but not what it repeats of other datasets or catalogues."""
        others = {s for s, p, o in self.triples if p == RDF_TYPE and o in _ELSEWHERE}
        others -= set(datasets)
        return (triple for triple in self.triples if triple[0] not in others)

    def parts(self, datasets: Iterable[str]) -> list[str]:
        """The addresses of these datasets' distributions that the page does not describe."""
        own = set(datasets)
        described = {s for s, p, _ in self.triples if p == RDF_TYPE}
        named = (o for s, p, o in self.triples if s in own and p in PARTS and o not in described)
        return self._links(named)

    def drafts(self, datasets: Iterable[str]) -> list[str]:
        """Those of these datasets that the page itself calls drafts."""
        own = set(datasets)
        states = ((s, o) for s, p, o in self.triples if p in _STATES and s in own)
        return sorted({s for s, o in states if _last_word(o) == "draft"})

    def _links(self, terms: Iterable[str]) -> list[str]:
        here = self.document.base or self.document.location
        return sorted({link for o in terms if is_iri(o) and (link := _follow(here, iri(o)))})


def make_page(document: Document, asked: str, triples: Iterable[Triple]) -> Page:
    """The page, with what its LDP containers mean said in full."""
    said = tuple(triples)
    names = {trim(asked), trim(document.base or asked)}
    return Page(document, frozenset(names), (*said, *_memberships(said)))


def trim(url: str) -> str:
    """An address without its fragment and last slash, by which pages are told apart."""
    return lower_server(url.partition("#")[0].rstrip("/"))


def services(triples: Iterable[Triple]) -> list[str]:
    """The addresses of the data services that these statements name and do not describe."""
    said = list(triples)
    described = {s for s, p, _ in said if p == RDF_TYPE}
    named = {o for _, p, o in said if p == _SERVICE and is_iri(o)} - described
    return sorted({link for o in named if (link := _follow("", iri(o)))})


def _follow(here: str, link: str) -> str | None:
    """The whole address of a link, where it leads to a page."""
    try:
        whole = urldefrag(urljoin(here, link)).url
        return whole if urlsplit(whole).scheme in {"http", "https"} else None
    except ValueError:  # half an IPv6 address
        return None


def rename(triples: Iterable[Triple], prefix: str) -> Iterator[Triple]:
    """The same statements, their blank nodes under labels that no other page has."""
    for s, p, o in triples:
        yield _own(s, prefix), p, _own(o, prefix)


def _own(node: str, prefix: str) -> str:
    return f"_:{prefix}{node[2:]}" if is_blank(node) else node


def _memberships(triples: tuple[Triple, ...]) -> Iterator[Triple]:
    """What a container of LDP states of its members: the resource, the relation, the member."""
    facts: dict[str, dict[str, list[str]]] = {}
    for s, p, o in triples:
        if p in {_CONTAINS, _MEMBER_OF, _RELATION}:
            facts.setdefault(s, {}).setdefault(p, []).append(o)
    for container in facts.values():
        for resource in container.get(_MEMBER_OF, ()):
            for relation in container.get(_RELATION, ()):
                for member in container.get(_CONTAINS, ()):
                    if is_iri(relation) and is_iri(member) and not resource.startswith('"'):
                        yield resource, relation, member


def _last_word(term_: str) -> str:
    written = iri(term_) if is_iri(term_) else literal(term_)[0] if term_[:1] == '"' else ""
    return written.rstrip("/").replace("#", "/").rpartition("/")[2].strip().lower()
