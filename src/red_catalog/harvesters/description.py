"""A description under way: what a mapping says of one dataset, and what it could not say."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from red_catalog.harvesters.dates import date_literal
from red_catalog.harvesters.mapping.codes import COUNTRIES
from red_catalog.harvesters.markup import unescape
from red_catalog.harvesters.telling import tell
from red_catalog.model import Defect, Document, Source, names_server
from red_catalog.namespaces import DATASET, EU_AUTHORITY, PREFIXES, term
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.vocabulary import concepts
from red_catalog.vocabulary.words import LANGUAGES

_XSD: Final = PREFIXES["xsd"]
# What an IRI may hold after its scheme.
_REST: Final = r'[^\s<>"{}|^`\\\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+'
_URL: Final = re.compile(rf"(?:https?|ftp)://{_REST}", re.IGNORECASE)
_IRI: Final = re.compile(rf"(?:https?://|urn:){_REST}", re.IGNORECASE)
_DOIS: Final = "https://doi.org/"
# A DOI may be that of an article or a collection, an ISSN is that of a series; and a URN of DDI
# changes with each edition.
_SHARED: Final = (_DOIS, "urn:issn:", "urn:isbn:", "urn:ddi:")
_DOI: Final = re.compile(
    rf"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{{4,9}}/{_REST})", re.IGNORECASE
)
_ADDRESS: Final = r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
# Behind a blank alone an address may lack its beginning: "jean dupont@ors.example".
_EMAIL: Final = re.compile(
    rf"(?:[^<>@]*<|[^<>@:.\d]+:\s*)?(?:mailto:)?{_ADDRESS}>?(?:\s*\([^<>@()]*\))?\.*"
)
_MAILS: Final = re.compile(rf"{_ADDRESS}(?:\s+{_ADDRESS})+")
_PARTS: Final = re.compile(r'(?:"[^"]*"|[^;,])+')
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class Description:
    """What is said of one dataset, in the order it was said."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.subject = make_iri(iri)
        self.defects: list[Defect] = []
        self._triples: dict[tuple[str, str, str], None] = {}
        self._agents: dict[tuple[str, str, str | None, str], str] = {}
        self._count = 0
        self.add("rdf:type", DATASET)

    def add(self, predicate: str, value: str, subject: str | None = None) -> None:
        """One statement; the predicate is a prefixed name, the value an N-Triples term."""
        self._triples[subject or self.subject, term(predicate), value] = None

    def say(
        self, predicate: str, words: str, language: str | None = None, subject: str | None = None
    ) -> None:
        """A text, unless it is empty; of keywords that share a field, each."""
        for part in _part(words) if predicate == "dcat:keyword" else (words,):
            if said := _CONTROL.sub("\N{REPLACEMENT CHARACTER}", part).strip():
                self.add(predicate, make_literal(said, language), subject)

    def link(self, predicate: str, url: str, what: str, subject: str | None = None) -> bool:
        """A web address; told, and False, where it is none."""
        if _URL.fullmatch(url) and _is_whole(url):
            self.add(predicate, make_iri(url), subject)
            return True
        if url:
            self.tell("map-url", value=url, what=what)
        return False

    def page(self, predicate: str, url: str, what: str) -> None:
        """A web page about the dataset."""
        if self.link(predicate, url, what):
            self.add("rdf:type", term("foaf:Document"), make_iri(url))

    def date(self, predicate: str, written: str, what: str, subject: str | None = None) -> bool:
        """A date at the precision it was given; told, and False, where it cannot be read."""
        if value := date_literal(written):
            self.add(predicate, value, subject)
            return True
        if written:
            self.tell("map-date", value=written, what=what)
        return False

    def number(self, predicate: str, written: str, what: str) -> None:
        """A whole number, zero or more; told where it is none."""
        digits = "".join(written.split())
        if digits.isascii() and digits.isdecimal() and len(digits) < 30:
            integer = f"{_XSD}nonNegativeInteger"
            self.add(predicate, make_literal(str(int(digits)), datatype=integer))
        elif written:
            self.tell("map-number", value=written, what=what)

    def node(self, predicate: str, kind: str, subject: str | None = None) -> str:
        """A new blank node of this type, linked from the subject."""
        self._count += 1
        made = f"_:n{self._count}"
        self.add(predicate, made, subject)
        self.add("rdf:type", term(kind), made)
        return made

    def agent(self, predicate: str, name: str, language: str | None, url: str = "") -> str:
        """An organisation or author by name, once in a role: its node, empty without a name."""
        known = self._agents.get((predicate, name, language, url))
        if known or not name:
            return known or ""
        made = self._agents[predicate, name, language, url] = self.node(predicate, "foaf:Agent")
        self.say("foaf:name", name, language, made)
        self.link("foaf:homepage", url, name, made)
        return made

    def reach(self, agent: str, email: str, url: str) -> None:
        """The mailbox and the page of an organisation itself, where one is known."""
        mailbox = self._mailbox(email)
        page = url if _URL.fullmatch(url) and _is_whole(url) else ""
        if agent and (mailbox or page):
            made = self.node("cv:contactPoint", "cv:ContactPoint", agent)
            self.say("cv:email", mailbox, None, made)
            self.link("cv:contactPage", page, "contact", made)

    def contact(self, name: str, email: str, url: str, language: str | None) -> str:
        """Whom to write to, reachable or not: their node, empty where nothing is known."""
        mailbox = self._mailbox(email)
        if not (name or mailbox or url):
            return ""
        made = self.node("dcat:contactPoint", "vcard:Kind")
        self.say("vcard:fn", name, language, made)
        if mailbox:
            self.add("vcard:hasEmail", make_iri(f"mailto:{mailbox}"), made)
        self.link("vcard:hasURL", url, "contact", made)
        return made

    def _mailbox(self, written: str) -> str:
        """The first e-mail address of a text; what else stands there is told."""
        chosen = ""
        for part in _cut_mails(written):
            found = _EMAIL.fullmatch(part)
            if found is None:
                self.tell("map-email", value=part, what="contact")
            elif chosen and found[1] != chosen:
                self.tell("map-one", what="vcard:hasEmail", value=found[1])
            else:
                chosen = found[1]
        return chosen

    def period(self, start: str, end: str, what: str) -> None:
        """A time that the data cover."""
        dates = [("dcat:startDate", start), ("dcat:endDate", end)]
        known = [(p, value) for p, written in dates if (value := self._bound(written, what))]
        if known:
            made = self.node("dct:temporal", "dct:PeriodOfTime")
            for predicate, value in known:
                self.add(predicate, value, made)

    def _bound(self, written: str, what: str) -> str | None:
        value = date_literal(written)
        if written and value is None:
            self.tell("map-date", value=written, what=what)
        return value

    def place(self, name: str, language: str | None, code: str = "") -> None:
        """A country by its code or name where it is one, else a place by its name."""
        if country := find_code("country", code, name):
            self.add("dct:spatial", make_iri(country))
        elif name:
            made = self.node("dct:spatial", "dct:Location")
            self.say("skos:prefLabel", name, language, made)

    def language(self, written: str, tag: str | None) -> None:
        """The language of the data."""
        code = LANGUAGES.get((tag or written).partition("-")[0].lower(), written)
        if found := find_code("language", code, written):
            self.add("dct:language", make_iri(found))
        elif written:
            self.tell("map-code", value=written, what="dct:language")

    def statement(self, predicate: str, kind: str, words: str, language: str | None) -> str:
        """A text that needs a node of its own: rights, provenance; that node, if any."""
        made = self.node(predicate, kind) if words else ""
        self.say("rdfs:label", words, language, made)
        return made

    def has(self, predicate: str) -> bool:
        """Whether something was said of the dataset under this predicate."""
        wanted = term(predicate)
        return any(s == self.subject and p == wanted for s, p, _ in self._triples)

    def tell(self, code: str, **facts: str | int) -> None:
        """What could not be said, once."""
        told = tell(code, None, self.iri, **facts)
        if told not in self.defects:
            self.defects.append(told)

    def document(self, location: str, number: int = 0) -> Document:
        """The description as N-Triples; of those of one record, each has a number of its own."""
        blank = f"_:d{number}n" if number else "_:n"
        triples = ((_relabel(s, blank), p, _relabel(o, blank)) for s, p, o in self._triples)
        content = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
        return Document(location, content, "application/n-triples", defects=tuple(self.defects))


def _part(words: str) -> list[str]:
    """The keywords of a field; a semicolon in brackets, or of an entity of HTML, parts none."""
    parts = words.split(";")
    is_one = unescape(words) != words or any(p.count("(") != p.count(")") for p in parts)
    return [words] if is_one else parts


def _relabel(value: str, blank: str) -> str:
    return blank + value[3:] if value.startswith("_:n") else value


def leave_out(location: str, *defects: Defect) -> Document:
    """A document that describes nothing and tells why, so that nothing goes unsaid."""
    return Document(location, b"# -\n", "application/n-triples", defects=defects)


def tell_once(location: str, found: Iterable[Defect], told: list[Defect]) -> Iterator[Document]:
    """What is wrong with a whole page, unless another page of the harvest `told` it before."""
    fresh = [one for one in found if one not in told]
    told += fresh
    if fresh:
        yield leave_out(location, *fresh)


def _cut_mails(written: str) -> Iterator[str]:
    """The parts of a text that each should hold one e-mail address."""
    for part in filter(None, map(str.strip, _PARTS.findall(written))):
        yield from part.split() if _MAILS.fullmatch(part) else [part]


def find_code(scheme: str, code: str, name: str = "") -> str | None:
    """The IRI in an EU list of a code, or else of a name in French or English."""
    code = COUNTRIES.get(code.lower(), code.upper()) if scheme == "country" else code.upper()
    by_name = None
    for concept in concepts(f"{EU_AUTHORITY}{scheme}"):
        if concept.code == code:
            return concept.iri
        if name and name.casefold() in {label.casefold() for label in concept.labels.values()}:
            by_name = concept.iri
    return by_name


def web_identifier(written: str) -> str | None:
    """The IRI that an identifier is or stands for: an http(s) IRI, a URN or a DOI."""
    written = written.strip()
    if doi := _DOI.fullmatch(written):
        written = _DOIS + doi[1]
    usable = _IRI.fullmatch(written) and "/.well-known/genid/" not in written
    return written if usable and _is_whole(written) else None


def _is_whole(iri: str) -> bool:
    """Whether an address names a server that there may be; of URNs nothing is asked."""
    scheme, _, rest = iri.partition("://")
    return scheme.lower() not in {"http", "https", "ftp"} or names_server(f"https://{rest}")


def mint(source: Source, identifier: str) -> str:
    """An IRI for a dataset that has none, the same at each harvest."""
    name = quote(identifier, safe="", errors="replace")
    if source.namespaces:
        return source.namespaces[0] + name
    if _URL.fullmatch(source.location):
        return f"{source.location.partition('#')[0]}#{name}"
    return uuid5(NAMESPACE_URL, f"{source.id}\n{name}").urn


def begin(source: Source, candidates: list[str], fallback: str) -> Description:
    """A description under a web identifier, the holder's own first, or under an IRI made for it.

    Which one does not hang on the order of the record: another order is no other dataset.
    """
    found = [one for one in map(web_identifier, candidates) if one]
    if found:
        return Description(min(found, key=lambda one: _rank(one, source)))
    own = next(filter(None, candidates), fallback) or sha256(b"").hexdigest()[:16]
    description = Description(mint(source, own))
    after_source = not source.namespaces and not description.iri.startswith("urn:")
    description.tell("map-minted-here" if after_source else "map-minted", iri=description.iri)
    return description


def _rank(identifier: str, source: Source) -> tuple[bool, bool, bool, str]:
    return (
        not identifier.startswith(source.namespaces),
        identifier.lower().startswith(_SHARED),
        not identifier.startswith(_DOIS),
        identifier,
    )
