"""Splitting a document into the descriptions of its datasets."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from red_catalog.model import find_foreign, lower_server
from red_catalog.namespaces import DATASET, EU_AUTHORITY, HEALTH_AUTHORITY, PREFIXES, RDF_TYPE, term
from red_catalog.rdf.graph import Graph
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.trouble import Trouble

_CATALOG: Final = term("dcat:Catalog")
_CATALOG_RECORD: Final = term("dcat:CatalogRecord")
_LINKS_OF_CATALOG: Final = frozenset({term("dcat:dataset"), term("dcat:record")})
_REST: Final = term("rdf:rest")
_NEXT: Final = (term("hydra:next"), term("hydra:nextPage"))
_TITLES: Final = frozenset({term("dct:title"), term("rdfs:label")})

# Subjects that belong to vocabularies and code lists: no holder describes them for others.
_VOCABULARIES: Final = tuple(
    f"<{namespace}"
    for namespace in (
        *PREFIXES.values(), "http://www.w3.org/", "https://www.w3.org/", "http://purl.org/dc/",
        "https://w3id.org/dpv", "http://publications.europa.eu/resource/authority/",
        "http://data.europa.eu/eli/", "http://data.europa.eu/m8g/", "http://data.europa.eu/r5r",
        "http://data.europa.eu/bna/", "http://data.europa.eu/uxp/", "http://healthdataportal.eu/",
        "http://13.81.34.152:1101/resource/authority/", EU_AUTHORITY, HEALTH_AUTHORITY,
        "https://hdeu-dcat.acceptance.data.health.europa.eu/resource/authority/",
        "http://schema.org/", "https://schema.org/",
    )
)  # fmt: skip
_SHACL: Final = f"<{PREFIXES['sh']}"
_AXIOMS: Final = frozenset(
    term(name)
    for name in (
        "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:imports",
        "owl:equivalentClass", "owl:equivalentProperty", "owl:inverseOf", "owl:disjointWith",
        "owl:unionOf", "owl:intersectionOf", "owl:complementOf", "owl:oneOf", "owl:onProperty",
        "owl:someValuesFrom", "owl:allValuesFrom", "owl:hasValue", "owl:propertyChainAxiom",
        "owl:hasKey", "owl:onClass", "owl:propertyDisjointWith",
    )
)  # fmt: skip
_SCHEMA_TYPES: Final = frozenset(
    term(name)
    for name in (
        "owl:Class", "owl:Ontology", "owl:Restriction", "owl:ObjectProperty",
        "owl:DatatypeProperty", "owl:AnnotationProperty", "owl:FunctionalProperty",
        "owl:TransitiveProperty", "owl:SymmetricProperty", "owl:AllDisjointClasses", "rdfs:Class",
        "rdfs:Datatype", "rdf:Property",
    )
)  # fmt: skip


def is_of_vocabulary(subject: str) -> bool:
    """Whether a term belongs to a vocabulary or a code list: of it only its types are kept."""
    return subject.startswith(_VOCABULARIES)


class Description(NamedTuple):
    """One dataset and the statements it reaches, or why it is held back."""

    subject: str
    statements: list[tuple[str, str, str]]
    trouble: Trouble | None


class Split:
    """The datasets of a graph, and what else it says.

    `namespaces`: those of others, which are not described here, and one's own within them.
    """

    def __init__(
        self, graph: Graph, namespaces: tuple[Sequence[str], Sequence[str]], depth: int
    ) -> None:
        self._graph = graph
        self._depth = depth
        self._banned: dict[str, bool] = {}
        self._reached: set[str] = set()
        self._kinds: dict[str, set[str]] = {}
        self._left_out = 0
        self._cited: dict[str, int] = {}
        for subject, kind in graph.types:
            self._kinds.setdefault(subject, set()).add(kind)
        self._vocabulary = {s for s in graph.by_subject if is_of_vocabulary(s)} | {
            s for s, kinds in self._kinds.items() if DATASET not in kinds and _is_schema(kinds)
        }
        self.catalogs = [s for s in self._typed(_CATALOG) if self._is_catalog(s)]
        stops = {*self.catalogs, *self._typed(_CATALOG_RECORD)}
        self.datasets = [
            s for s in self._typed(DATASET) if s not in stops and s not in self._vocabulary
        ]
        foreign, mine = namespaces
        starts = tuple(foreign)
        own = stops.union(self.datasets, self._vocabulary)
        self._foreign = {
            s
            for s in graph.by_subject
            if s not in own
            and lower_server(s[1:]).startswith(starts)
            and find_foreign(s[1:], foreign, mine)
        }
        self._blocked = own | self._foreign

    def _typed(self, kind: str) -> list[str]:
        return [s for s, kinds in self._kinds.items() if kind in kinds]

    def _is_catalog(self, subject: str) -> bool:
        # In DCAT a catalogue is a dataset too; what lists datasets is a catalogue here.
        if DATASET not in self._kinds[subject]:
            return True
        return any(p in _LINKS_OF_CATALOG for p, _ in self._graph.by_subject[subject])

    def listed(self) -> list[str]:
        """The datasets that the catalogues name, described or not."""
        named = term("dcat:dataset")
        return list(
            dict.fromkeys(
                o[1:-1]
                for catalog in self.catalogs
                for p, o in self._graph.by_subject[catalog]
                if p == named and o[0] == "<"
            )
        )

    def next_page(self) -> str | None:
        """The term of the next page, in either dialect of Hydra."""
        found = {
            predicate: value
            for statements in self._graph.by_subject.values()
            for predicate, value in statements
            if predicate in _NEXT
        }
        return next((found[predicate] for predicate in _NEXT if predicate in found), None)

    def descriptions(self) -> Iterator[Description]:
        """Each dataset in the order of the document."""
        for subject in self.datasets:
            statements, trouble = self._reach(subject)
            if subject[0] == "_" and not trouble:
                title = _title(self._graph.by_subject[subject])
                named = {"title_fr": title or "sans titre", "title_en": title or "untitled"}
                trouble = Trouble("no-iri", details=named)
            yield Description(subject, statements, trouble)

    def _reach(self, root: str) -> tuple[list[tuple[str, str, str]], Trouble | None]:
        by_subject, blocked, tainted = self._graph.by_subject, self._blocked, self._graph.tainted
        depths = {root: 0}
        queue = deque([root])
        found: list[tuple[str, str, str]] = []
        trouble = tainted.get(root)
        while queue:
            subject = queue.popleft()
            depth = depths[subject]
            for predicate, value in by_subject[subject]:
                if self._is_banned(predicate, value):
                    self._left_out += subject not in self._reached
                    continue
                found.append((subject, predicate, value))
                if tainted and value in tainted and value not in blocked:
                    trouble = trouble or tainted[value]
                if value in self._vocabulary and value not in depths:
                    depths[value] = depth
                    found += self._types(value)
                if value in depths or value in blocked or value not in by_subject:
                    continue
                # The cells of a list follow one another; they do not nest.
                depths[value] = depth + (predicate != _REST)
                queue.append(value)
        self._reached.update(node for node in depths if node not in self._vocabulary)
        if not trouble and max(depths.values()) > self._depth:
            trouble = Trouble("nested", subject=root, details={"depth": self._depth})
        return found, trouble

    def _types(self, cited: str) -> list[tuple[str, str, str]]:
        """What a term of a vocabulary is said to be: range checks need it, and no more."""
        kept = [
            (cited, p, o)
            for p, o in self._graph.by_subject[cited]
            if p == RDF_TYPE and not self._is_banned(p, o)
        ]
        self._cited[cited] = len(kept)
        return kept

    def _is_banned(self, predicate: str, value: str) -> bool:
        if predicate == RDF_TYPE:
            return value.startswith(_SHACL) or value in _SCHEMA_TYPES
        banned = self._banned.get(predicate)
        if banned is None:
            banned = predicate.startswith(_SHACL) or predicate in _AXIOMS
            self._banned[predicate] = banned
        return banned

    def dropped(self) -> dict[str, int]:
        """Statements left out, by reason. To be asked after `descriptions` has ended."""
        by_subject = self._graph.by_subject
        counts = {"foreign": 0, "vocabulary": self._left_out + self._graph.ignored}
        seen = set(self._reached)
        for reason, subjects in (("vocabulary", self._vocabulary), ("foreign", self._foreign)):
            stack = [s for s in subjects if s in by_subject]
            while stack:
                subject = stack.pop()
                if subject in seen:
                    continue
                seen.add(subject)
                counts[reason] += len(by_subject[subject]) - self._cited.get(subject, 0)
                stack.extend(o for _, o in by_subject[subject] if o[0] == "_" and o in by_subject)
        counts["unattached"] = sum(len(v) for s, v in by_subject.items() if s not in seen)
        return {reason: count for reason, count in counts.items() if count}


def _is_schema(kinds: set[str]) -> bool:
    return any(kind in _SCHEMA_TYPES or kind.startswith(_SHACL) for kind in kinds)


def _title(statements: list[tuple[str, str]]) -> str:
    titles = sorted(value for predicate, value in statements if predicate in _TITLES)
    return literal(titles[0])[0] if titles and is_literal(titles[0]) else ""
