"""The pages of a profile: one a rule, and an index of them all."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.publish.web import links, wording
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.rules import Book, Lore, Rule
from red_catalog.publish.web.site import Site, page, site_key
from red_catalog.rdf.terms import iri, is_iri, literal

# So many codes of a list stand on a page.
CODES: Final = 150
# Articles of Regulation (EU) 2025/327 that ask for what a property says.
ARTICLES: Final[Mapping[str, str]] = {
    "http://healthdataportal.eu/ns/health#healthCategory": "51(1)",
    "http://purl.org/dc/terms/accessRights": "57(1)(j)",
    "http://www.w3.org/ns/dqv#hasQualityAnnotation": "78",
    "http://healthdataportal.eu/ns/health#trustedDataHolder": "72",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A code list on a rule's page: its address, name, first codes and how many there are."""

    iri: str
    name: Text
    codes: tuple[vocabulary.Concept, ...]
    total: int


def key(site: Site, lore: Lore) -> str:
    """A digest of all that the pages of rules depend on."""
    return hashlib.sha256(f"rules {site_key(site)} {lore.key}".encode()).hexdigest()[:32]


def render(site: Site, book: Book, code: str) -> Iterator[tuple[str, bytes]]:
    """File name and content of each page of a profile, its index first."""
    spoken = language(code)
    above = ((spoken.gettext("Rules"), "rules.html"),)
    index = f"rules/{links.slug(book.profile)}.html"
    groups = _groups(book, code)
    values: dict[str, Any] = {"book": book, "groups": groups, "wording": wording}
    yield links.file(code, index), page(site, code, "rulebook.html", index, above, **values)
    near = _by_path(book)
    known = {rule.local: rule for rule in book.rules}
    crumbs = (*above, (spoken.pick(book.title), index))
    for rule in book.rules:
        path = f"rules/{book.profile}/{links.slug(rule.local)}.html"
        written = page(
            site, code, "rule.html", path, crumbs,
            book=book,
            rule=rule,
            lists=_lists(rule, code),
            values=[_value(one) for one in rule.values],
            parts=[known[name] for name in rule.parts if name in known],
            others=[r for r in near.get(rule.path or "", ()) if r is not rule],
            article=ARTICLES.get(rule.path or ""),
            wording=wording,
        )  # fmt: skip
        yield links.file(code, path), written


def _groups(book: Book, code: str) -> list[tuple[str, list[Rule]]]:
    """The rules by what they are said of, the dataset first; those with parts by themselves."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in book.rules:
        if rule.about:
            found[language(code).typeset(rule.about[0])].append(rule)
        else:
            found[language(code).gettext("General rules")].append(rule)
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def _by_path(book: Book) -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in book.rules:
        if rule.path:
            found[rule.path].append(rule)
    return found


def _lists(rule: Rule, code: str) -> list[Listed]:
    """The lists that values come from, or whose codes are asked for themselves."""
    schemes = [*rule.lists, *(iri(v) for v in rule.values if is_iri(v))]
    found = []
    for scheme in dict.fromkeys(schemes):
        codes = sorted(vocabulary.concepts(scheme), key=lambda c: c.labels[code].casefold())
        if codes:
            name = vocabulary.labels(scheme) or {"fr": scheme, "en": scheme}
            found.append(Listed(scheme, name, tuple(codes[:CODES]), len(codes)))
    return found


def _value(term: str) -> tuple[str | None, Text]:
    """The address of a value that must be there, and what people call it."""
    if is_iri(term):
        address = iri(term)
        return address, vocabulary.labels(address) or {"fr": address, "en": address}
    text = literal(term)[0]
    return None, {"fr": text, "en": text}
