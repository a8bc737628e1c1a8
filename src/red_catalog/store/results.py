"""SPARQL results in their four formats, and graphs in theirs.

Written here and not by the engine, whose writers can be bounded neither in rows nor in bytes.
"""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf import xmlsafe

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def write_row(media_type: str, names: Sequence[str], row: Row) -> str:
    """One solution in one of the four formats."""
    if media_type == JSON:
        pairs = zip(names, row, strict=True)
        return json.dumps({n: _json(t) for n, t in pairs if t is not None}, ensure_ascii=False)
    if media_type == XML:
        pairs = zip(names, row, strict=True)
        cells = (f'<binding name="{n}">{_xml(t)}</binding>' for n, t in pairs if t is not None)
        return f"<result>{''.join(cells)}</result>"
    if media_type == CSV:
        return _csv(["" if t is None else _plain(t) for t in row])
    return "\t".join("" if t is None else _tsv(t) for t in row) + "\n"


def frame(media_type: str, names: Sequence[str], cut: str | None) -> tuple[str, str, str]:
    """What stands before, between and after the rows. `cut` tells that rows are missing.

    JSON says so in `head.truncated`, XML by a `link` in its head and a comment; CSV and TSV
    have no place for it, so a last row carries the sentence in its first column.
    """
    if media_type == JSON:
        head: dict[str, Any] = {"vars": list(names)}
        if cut:
            head |= {"truncated": True, "notice": cut}
        text = json.dumps(head, ensure_ascii=False)
        return f'{{"head":{text},"results":{{"bindings":[', ",\n", "]}}\n"
    if media_type == XML:
        variables = "".join(f'<variable name="{n}"/>' for n in names)
        if cut:
            variables += f'<link href="#truncated"/><!-- {escape(cut)} -->'
        return f"{_XML_HEAD}<head>{variables}</head><results>", "\n", "</results></sparql>\n"
    empty = [""] * (len(names) - 1)
    if media_type == CSV:
        return _csv(names), "", _csv([cut, *empty]) if cut else ""
    last = "\t".join([str(Literal(cut)), *empty]) + "\n" if cut else ""
    return "\t".join(f"?{n}" for n in names) + "\n", "", last


def write_boolean(media_type: str, *, value: bool) -> str:
    """The answer to an ASK; CSV and TSV, which know no booleans, hold the bare word."""
    word = "true" if value else "false"
    if media_type == JSON:
        return f'{{"head":{{}},"boolean":{word}}}\n'
    if media_type == XML:
        return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>\n"
    return word + "\n"


def write_graph(media_type: str, triples: Sequence[Triple]) -> bytes:
    """Triples in one of GRAPHS, with those prefixes of HealthDCAT-AP that they use."""
    terms = (term for t in triples for term in (t.subject, t.predicate, t.object))
    used = {_namespace(t.value) for t in terms if isinstance(t, NamedNode)}
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if iri in used}
    if GRAPHS[media_type] is RdfFormat.RDF_XML:
        lines = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert lines is not None
        return xmlsafe.write(lines, prefixes)
    content = serialize(triples, format=GRAPHS[media_type], prefixes=prefixes)
    assert content is not None
    return content


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {k: _json(v) for k, v in parts.items()}}
    cell: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        cell["datatype"] = term.datatype.value
    return cell


def _xml(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{k}>{_xml(v)}</{k}>' for k, v in parts.items())}</triple>"
    kind = ""
    if term.language:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != _STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    # XML 1.0 cannot hold control characters even escaped; a replacement keeps it well-formed.
    allowed = (c if c >= " " or c in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in text)
    kept = "".join(allowed).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return escape(kept, {"\r": "&#13;"})


def _csv(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _plain(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _tsv(term: Term) -> str:
    return str(term).replace("\t", "\\t")
