import gzip
from typing import Any

import pytest

from red_catalog.ehds.privacy import is_private
from red_catalog.model import Reading, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.striping import find_misplaced
from red_catalog.rdf.syntax import find_foreign

GOOD = "<bon> a dcat:Dataset ; dct:title 'Registre'@fr .\n"
BASE = "https://chu.exemple.fr/"
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
PAGE = b"""<!doctype html><html lang="fr"><head><title>EDS</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Dataset",
"name": "Entrep\xc3\xb4t de donn\xc3\xa9es"}</script></head></html>"""
FAULTS = {
    "iri-invalid": "<faux> a dcat:Dataset ; dcat:landingPage <https://chu.exemple.fr/a b> .\n",
    "language-invalid": "<faux> a dcat:Dataset ; dct:title 'x'@fr_FR .\n",
    "string-open": "<faux> a dcat:Dataset ; dct:title 'x ;\n dct:type <x> .\n",
    "dot-missing": "<faux> a dcat:Dataset ; dct:title 'x'\n",
    "prefix-unknown": "<faux> a dcat:Dataset ; chu:service 'DIM' .\n",
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_broken_statement_holds_back_its_dataset_alone(take: Any, code: str) -> None:
    """The broken dataset is held back with its line; those around it are read."""
    reading = take("<avant> a dcat:Dataset .\n" + FAULTS[code] + GOOD)
    assert [(q.iri, q.problem.code) for q in reading.quarantined] == [(f"{BASE}faux", code)]
    assert [r.iri for r in reading.records] == [f"{BASE}avant", f"{BASE}bon"]
    assert reading.quarantined[0].problem.line in {8, 9}


@pytest.mark.parametrize(
    "fault",
    [
        '  dct:title "Suite de l"étude ELFE"@fr .\n',
        '  dct:title "un@fr .\n',
        '  dct:title "un@fr\n',
        "dct:title 'l'étude'@fr .\n",
        'dct:title "Deux\nlignes"@fr .\n',
    ],
)
def test_a_quote_too_many_costs_its_own_dataset_alone(take: Any, fault: str) -> None:
    """A text that is not closed takes neither the full stop nor the next dataset with it."""
    after = "<apres> a dcat:Dataset ; dct:title 'x'@fr ;\n dct:type <t> .\n"
    reading = take(f"<faux> a dcat:Dataset ;\n{fault}{after}{GOOD}")
    assert [q.iri for q in reading.quarantined] == [f"{BASE}faux"]
    assert [r.iri for r in reading.records] == [f"{BASE}apres", f"{BASE}bon"]
    assert not reading.repaired


def test_a_dataset_that_a_quote_runs_over_is_held_back_by_name(take: Any) -> None:
    """Where nothing tells statements apart, the next dataset is told of at least."""
    reading = take(
        '<a> a dcat:Dataset ; dct:title "l"étude" . <b> a dcat:Dataset ; dct:title "x" .\n' + GOOD
    )
    assert [q.iri for q in reading.quarantined] == [f"{BASE}a", f"{BASE}b"]
    assert [r.iri for r in reading.records] == [f"{BASE}bon"]


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ('<org> a foaf:Agent ; foaf:name "DIM"\n', ["dot-missing"]),
        ("@prefix chu: <https://chu.exemple.fr/>\n", ["dot-missing"]),
    ],
)
def test_a_missing_full_stop_makes_no_dataset_of_what_is_none(
    take: Any, before: str, codes: list[str]
) -> None:
    """What is cut before the next dataset is told as what it is."""
    reading = take(before + "<apres> a dcat:Dataset .\n" + GOOD)
    assert [r.iri for r in reading.records] == [f"{BASE}apres", f"{BASE}bon"]
    assert ([d.code for d in reading.repaired], reading.quarantined) == (codes, ())


def test_a_fault_in_a_distribution_or_a_contact_holds_back_the_dataset(take: Any) -> None:
    """What a dataset reaches is part of it, even when nothing of it could be read."""
    reading = take(
        "<1> a dcat:Dataset ; dcat:distribution <d> . <d> dct:title 'x'@fr_FR .\n"
        "<2> a dcat:Dataset ; dcat:contactPoint _:c . _:c foaf:name 'x'@fr_FR .\n" + GOOD
    )
    assert [q.iri for q in reading.quarantined] == [f"{BASE}1", f"{BASE}2"]
    assert [r.iri for r in reading.records] == [f"{BASE}bon"]


@pytest.mark.parametrize(
    ("written", "code", "mend"),
    [
        ("https://chu.exemple.fr/a?b=1&c=2 ;", "iri-bare", "entre chevrons : <https://…>"),
        ("www.chu.exemple.fr/a;", "iri-bare", "entre chevrons : <https://…>"),
        ("mailto:dim@chu.exemple.fr .", "iri-bare", "entre chevrons : <https://…>"),
        ("“Séjours”@fr ;", "quote-curly", 'guillemets droits : "…"'),
        ("« Séjours »@fr ;", "quote-curly", 'guillemets droits : "…"'),
        ("2024-01-31 ;", "date-bare", '"AAAA-MM-JJ"^^xsd:date'),
        ("31/01/2024 ;", "date-bare", '"AAAA-MM-JJ"^^xsd:date'),
        ('"C:\\données"@fr ;', "backslash", "« \\\\ »"),
        ('"C:\\Users"@fr ;', "backslash", "« \\\\ »"),
        ("'C:\\\\\\usagers\\x'@fr ;", "backslash", "« \\\\ »"),
        (r"<https://chu.exemple.fr\dossier> ;", "iri-invalid", "Corrigez l'adresse"),
        (r"<file:///C:/\Users> ;", "iri-invalid", "Corrigez l'adresse"),
        ("<mailto:dim @chu.exemple.fr> ;", "mailto-invalid", "Retirez cet espace"),
        ("<mailto:Guichet des données> ;", "mailto-text", "Écrivez mailto:nom@domaine, ou"),
        ("True ;", "word-bare", "true et false"),
        ("Séjours ;", "word-bare", "guillemets droits"),
    ],
)
def test_a_slip_in_turtle_is_told_with_what_to_write(
    take: Any, written: str, code: str, mend: str
) -> None:
    """No prefix `https:` is asked for where an address lacks its chevrons."""
    reading = take(f"<faux> a dcat:Dataset ;\n dct:relation {written} dct:type <t> .\n{GOOD}")
    (held,) = reading.quarantined
    assert (held.problem.code, mend in held.problem.fix["fr"]) == (code, True)
    assert [r.iri for r in reading.records] == [f"{BASE}bon"]


def test_a_fault_of_nobody_is_told(take: Any) -> None:
    """A broken statement that no dataset reaches is reported beside the records."""
    reading = take(GOOD + "<ailleurs> dct:title 'x'@fr_FR .")
    assert [d.code for d in reading.repaired] == ["language-invalid"]
    assert len(reading.records) == 1


def test_well_known_prefixes_are_declared(take: Any) -> None:
    """Usual prefixes need no declaration, and their absence is reported."""
    reading = take("<1> a dcat:Dataset ; dcterms:title 'x' ; geo:asWKT 'POINT(1 2)' .")
    assert [d.code for d in reading.repaired] == ["prefix", "prefix"]
    assert len(reading.records) == 1


@pytest.mark.parametrize(
    "context",
    [
        b"",
        b'"@context": null,\n',
        b'"@context": [{"dct": "http://purl.org/dc/terms/"}, null],\n',
        b'"@context": {"dcat": "http://www.w3.org/ns/dcat#"},\n',
        b'"@context": {"dcat": "http://www.w3.org/ns/dcat#", "title": "dct:title"},\n',
        b'"@context": [{"name": {"@id": "dct:title"}}, {"dcat": "http://www.w3.org/ns/dcat#"}],\n',
    ],
)
def test_well_known_prefixes_need_no_context_either(take: Any, context: bytes) -> None:
    """In JSON-LD as in Turtle no title is lost for a prefix that everybody knows."""
    said = b'"@id": "https://chu.exemple.fr/1", "@type": "dcat:Dataset", "dct:title": "EDS"}'
    reading = take(b"{" + context + said, "application/ld+json")
    (record,) = reading.records
    assert b'<http://purl.org/dc/terms/title> "EDS"' in record.canonical
    told = {d.fix["en"] for d in reading.repaired}
    assert 'Add to the context (@context): "dct": "http://purl.org/dc/terms/".' in told
    assert {d.code for d in reading.repaired} == {"prefix-in-context"}
    assert len(told) == (1 if b'"dcat"' in context else 2)


@pytest.mark.parametrize("context", [b"", b'"@context": null, '])
def test_a_private_mark_counts_whatever_the_context_forgot(take: Any, context: bytes) -> None:
    """What is marked private in JSON-LD is never taken for something that is not."""
    node = b'"@id": "https://chu.exemple.fr/1", "@type": "dcat:Dataset", "red:private": true}]'
    said = b"[{" + context + node
    (record,) = take(said, "application/ld+json").records
    assert is_private(record.canonical, record.iri)


def test_faults_in_json_ld_and_rdf_xml_hold_back_their_dataset(take: Any) -> None:
    """A bad address or language in a tree syntax does not cost the other datasets."""
    jsonld = b"""{"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": [
      {"@id": "https://chu.exemple.fr/1", "@type": "Dataset", "landingPage": "https://a b"},
      {"@id": "https://chu.exemple.fr/2", "@type": "Dataset", "title": "x", "inconnu": 1}]}"""
    rdfxml = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#">
      <dcat:Dataset rdf:about="https://chu.exemple.fr/1"><dct:title xml:lang="fr_FR">x</dct:title>
      </dcat:Dataset><dcat:Dataset rdf:about="https://chu.exemple.fr/2"/></rdf:RDF>"""
    for content, media_type, code, line in (
        (jsonld, "application/ld+json", "iri-invalid", 2),
        (rdfxml, "application/rdf+xml", "language-invalid", 3),
    ):
        reading: Reading = take(content, media_type)
        assert [(q.iri, q.problem.code, q.problem.line) for q in reading.quarantined] == [
            (f"{BASE}1", code, line)
        ]
        assert [r.iri for r in reading.records] == [f"{BASE}2"]


@pytest.mark.parametrize(
    ("content", "media_type", "held"),
    [
        (b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:dcat="http://www.w3.org/ns/dcat#">
          <dcat:Dataset rdf:about="https://[votre-site]/jeu/1"/>
          <dcat:Dataset rdf:about="https://chu.exemple.fr/bon"/></rdf:RDF>""",
         "application/rdf+xml", "https://[votre-site]/jeu/1"),
        (b"""{"@context": "https://www.w3.org/ns/dcat.jsonld", "@graph": [
          {"@id": "https://[votre-site]/jeu/1", "@type": "Dataset"},
          {"@id": "https://chu.exemple.fr/bon", "@type": "Dataset"}]}""",
         "application/ld+json", "https://[votre-site]/jeu/1"),
        ("<https://chu℀.fr/1> a <http://www.w3.org/ns/dcat#Dataset> .\n"
         "<bon> a <http://www.w3.org/ns/dcat#Dataset> .".encode(),
         "text/turtle", "https://chu℀.fr/1"),
    ],
)  # fmt: skip
def test_an_iri_of_no_server_holds_back_its_dataset(
    take: Any, content: bytes, media_type: str, held: str
) -> None:
    """What was left to fill in, and what no server can be called, is no address."""
    reading = take(content, media_type)
    assert [(q.iri, q.problem.code) for q in reading.quarantined] == [(held, "iri-invalid")]
    assert [r.iri for r in reading.records] == [f"{BASE}bon"]


def test_relative_addresses_need_a_base(take: Any) -> None:
    """Without a base a relative address makes the document unreadable."""
    assert take(GOOD, base=None).problem.code == "relative-iri"


def test_every_syntax_of_one_dataset_has_one_digest(take: Any) -> None:
    """Turtle, N-Triples, TriG, RDF/XML and JSON-LD of the same content agree."""
    iri, dcat = "https://chu.exemple.fr/1", "http://www.w3.org/ns/dcat#"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    documents = {
        "text/turtle": f"<{iri}> a <{dcat}Dataset> ; <{dcat}contactPoint> [ <{dcat}x> 'é'@fr ] .",
        "application/trig": f"<urn:g> {{ <{iri}> <{dcat}contactPoint> _:c . _:c <{dcat}x> 'é'@fr }}"
        f" <{iri}> a <{dcat}Dataset> .",
        "application/n-triples": f'_:c <{dcat}x> "\\u00E9"@fr .\n<{iri}> <{dcat}contactPoint> _:c .'
        f"\n<{iri}> <{rdf}type> <{dcat}Dataset> .\n",
        "application/rdf+xml": f'<rdf:RDF xmlns:rdf="{rdf}" xmlns:d="{dcat}"><d:Dataset '
        f'rdf:about="{iri}"><d:contactPoint rdf:parseType="Resource"><d:x xml:lang="fr">é</d:x>'
        "</d:contactPoint></d:Dataset></rdf:RDF>",
        "application/ld+json": f'{{"@id": "{iri}", "@type": "{dcat}Dataset", "{dcat}contactPoint":'
        f' {{"{dcat}x": {{"@value": "é", "@language": "fr"}}}}}}',
    }
    digests = {take(text.encode(), name).records[0].digest for name, text in documents.items()}
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("media_type", "content", "code"),
    [
        ("text/turtle", b" \n", "empty"),
        ("text/turtle", b"<!DOCTYPE html><html></html>", "html"),
        ("text/html", PAGE, "html-dataset"),
        ("text/html", PAGE.replace(b'"Dataset"', b'"WebSite"'), "html"),
        ("text/html", PAGE.replace(b'"Dataset"', b'"Dataset search"'), "html"),
        ("text/turtle", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "pdf"),
        ("text/turtle", b"<urn:a> <urn:b> 'caf\xe9' .", "not-utf8"),
        ("text/turtle", b"<urn:a> <urn:b> ", "truncated"),
        ("application/json", b'{"a": [1, 2]}', "json-not-jsonld"),
        ("application/json", b'{"help": "", "success": true, "result": {}}', "json-of-ckan"),
        ("application/json", b'{"success": true, "result": {}}', "json-not-jsonld"),
        ("application/json", b'{"notes": "EDS", "resources": []}', "json-of-ckan"),
        ("application/json", b'{"name": "eds", "resources": []}', "json-not-jsonld"),
        ("application/ld+json", b'{"@type": "Dataset", "title": "EDS"}', "json-no-context"),
        (
            "application/ld+json",
            b'{"@context": null, "@type": "Dataset", "title": "EDS"}',
            "json-no-context",
        ),
        ("application/ld+json", b'{"@id": "urn:a", }', "json"),
        ("application/ld+json", b'{"@context": "ctx.json", "@id": "urn:a"}', "context"),
        ("application/ld+json", b'{"@context": {"@import": "file:///etc/x"}}', "context"),
        ("application/ld+json", b'{"@id": ' + b"[" * 30000, "too-deep"),
        ("application/rdf+xml", b"<a x='1'><b/></a>", "xml-not-rdf"),
        (
            "application/xml",
            b'<Capabilities xmlns="http://www.opengis.net/cat/csw/2.0.2"/>',
            "xml-of-kind",
        ),
        (
            "application/xml",
            b'<Capabilities xmlns="http://www.opengis.net/wmts/1.0"/>',
            "xml-not-rdf",
        ),
        ("application/rdf+xml", b"<?xml version='1.0'?>\n<a><b></a>", "xml-not-rdf"),
        ("text/turtle", b"\x1f\x8bnot gzip", "gzip"),
        ("text/turtle", gzip.compress(b"<urn:a> a <urn:b> .", mtime=0) + b"rest", "gzip"),
        (
            "text/turtle",
            gzip.compress(b"<urn:a> a <urn:b> .", mtime=0)
            + gzip.compress(b"<urn:a> a <urn:c> .", mtime=0)[:-9],
            "gzip",
        ),
        ("application/rdf+xml", b"\n<?xml version='1.0'?><rdf:RDF/>", "xml-start"),
        ("application/rdf+xml", RDF + b"<a>caf&eacute;</a></rdf:RDF>", "xml-entity"),
        ("application/rdf+xml", RDF + b"<a b='&amp;&eacute;'/></rdf:RDF>", "xml-entity"),
        ("application/rdf+xml", RDF + b"<a b='https://a.fr/?b=1&c=2'/></rdf:RDF>", "xml-ampersand"),
        ("application/rdf+xml", RDF + b"<a>R & D</a></rdf:RDF>", "xml-ampersand"),
        ("application/rdf+xml", RDF + b"<a></b></rdf:RDF>", "xml"),
    ],
)
def test_unreadable_documents_say_why(
    take: Any, media_type: str, content: bytes, code: str
) -> None:
    """Each kind of unreadable document has its own sentence."""
    assert take(content, media_type).problem.code == code


@pytest.mark.parametrize(
    ("inside", "mend"),
    [
        (b"<dct:title>EDS</dct:title>", 'xmlns:dct="http://purl.org/dc/terms/"'),
        (b"<rdf:Seq eds:rang='1'/>", 'xmlns:eds="…"'),
        (b"<x xml:lang='fr' xmlns:a='urn:a:' a:b='1' eds:rang='1'/>", 'xmlns:eds="…"'),
    ],
)
def test_a_prefix_that_xml_does_not_declare_is_named(take: Any, inside: bytes, mend: str) -> None:
    """With what to add, where everybody knows what it stands for."""
    problem = take(RDF + inside + b"</rdf:RDF>", "application/rdf+xml").problem
    assert problem.code == "xml-prefix"
    assert mend in problem.fix["fr"]


@pytest.mark.parametrize(
    ("root", "kind"),
    [('codeBook xmlns="ddi:codebook:2_5"', "ddi"), ('DDIInstance xmlns="ddi:instance:3_3"', "ddi"),
     ('gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"', "csw"),
     ('OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"', "oaipmh")],
)  # fmt: skip
def test_xml_that_a_kind_of_source_reads_is_told_that_kind(take: Any, root: str, kind: str) -> None:
    """A codebook is not told to be a catalogue of geographic data."""
    text = f"<?xml version='1.0'?>\n<{root}></{root.split(maxsplit=1)[0]}>"
    problem = take(text.encode(), "application/xml").problem
    assert problem.code == "xml-of-kind"
    assert f"source de type {kind}, " in problem.fix["fr"]
    assert f"source of kind {kind}, " in problem.fix["en"]


@pytest.mark.parametrize(
    ("inside", "code", "line", "named"),
    [
        ("<d:dataset>\n<d:Dataset/>\n<d:Dataset/></d:dataset>", "xml-several", 4, "d:dataset"),
        ("<d:temporal>\n<d:startDate>2025</d:startDate></d:temporal>", "xml-nesting", 3,
         "d:startDate"),
        ("<d:theme>\nSanté <d:Dataset/></d:theme>", "xml-mixed", 3, "d:theme"),
        ("<d:theme><d:Dataset/>\nSanté</d:theme>", "xml-mixed", 3, "d:theme"),
        ("\nSanté <d:theme/>", "xml-mixed", 3, "d:Catalog"),
        ('<d:x r:parseType="Resource">\nSanté <d:y/></d:x>', "xml-mixed", 3, "d:x"),
    ],
)  # fmt: skip
def test_rdf_xml_says_what_stands_where_it_must_not(
    take: Any, inside: str, code: str, line: int, named: str
) -> None:
    """The parser gives no place: line and name of the element are found beside it."""
    content = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:d="http://www.w3.org/ns/dcat#">\n<d:Catalog>{inside}</d:Catalog></r:RDF>'
    )
    problem = take(content.encode(), "application/rdf+xml").problem
    assert (problem.code, problem.line) == (code, line)
    assert f"« {named} »" in problem.message["fr"]
    assert named in problem.message["en"]


def test_rdf_xml_may_hold_collections_and_xml() -> None:
    """What looks misplaced but is not is not told of."""
    content = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:d="http://www.w3.org/ns/dcat#"><d:Catalog>'
        '<d:a r:parseType="Collection"><d:Dataset/><d:Dataset/></d:a>'
        '<d:b r:parseType="Literal">un <b>mot</b> gras</d:b>'
        '<d:c r:parseType="Resource"><d:e>x</d:e><d:f>y</d:f></d:c>'
        "<d:g> <d:Dataset/> </d:g><d:h> texte </d:h></d:Catalog></r:RDF>"
    )
    assert find_misplaced(content.encode()) is None


@pytest.mark.parametrize(
    ("media_type", "content", "codes"),
    [
        ("text/turtle", b"\xef\xbb\xbf<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .\r", ["bom"]),
        ("text/html", b"<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .", ["media-type"]),
        ("application/rdf+xml", b"<urn:a> a <http://www.w3.org/ns/dcat#Dataset>.", ["wrong-type"]),
        ("text/plain", b"<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .", []),
        ("text/turtle; charset=iso-8859-1",
         "<urn:é> a <http://www.w3.org/ns/dcat#Dataset> .".encode("latin-1"), ["charset"]),
        ("text/turtle; charset=iso-8859-1",
         "<urn:é> a <http://www.w3.org/ns/dcat#Dataset> .".encode(), ["charset-wrong"]),
        ("text/turtle",
         "<urn:é> a <http://www.w3.org/ns/dcat#Dataset> .".encode("utf-16"), ["charset"]),
    ],
)  # fmt: skip
def test_mended_documents_say_what_was_mended(
    take: Any, media_type: str, content: bytes, codes: list[str]
) -> None:
    """Encodings and types that are wrong but clear are mended and reported."""
    reading = take(content, media_type)
    assert ([d.code for d in reading.repaired], len(reading.records)) == (codes, 1)


def test_every_member_of_a_gzip_file_is_read(take: Any) -> None:
    """Archives joined together, as our own dumps are, and padded with zeros, are one."""
    parts = [f"<{BASE}{n}> a <http://www.w3.org/ns/dcat#Dataset> .\n".encode() for n in range(3)]
    reading = take(b"".join(map(gzip.compress, parts)) + b"\0" * 512)
    assert [r.iri for r in reading.records] == [f"{BASE}{n}" for n in range(3)]


def test_the_size_of_all_members_is_bounded(take: Any) -> None:
    """Many small members weigh what they unpack to."""
    content = gzip.compress(b" " * 4_000) * 5
    assert take(content, limits=Limits(document_bytes=10_000)).problem.code == "too-big"


@pytest.mark.parametrize("named", ["iso-8859-1", "Latin1", "us-ascii", "windows-1252"])
def test_what_is_called_latin_is_windows_1252(take: Any, named: str) -> None:
    """Apostrophes, ligatures and euros are not lost in a charset that has none."""
    text = "<urn:a> a dcat:Dataset ; dct:title 'L’œuvre… 5 €'@fr ."
    head = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> ."
    reading = take((head + text).encode("windows-1252"), f"text/turtle; charset={named}")
    assert "L’œuvre… 5 €".encode() in reading.records[0].canonical
    assert [d.code for d in reading.repaired] == ["charset"]
    assert "windows-1252" in reading.repaired[0].message["fr"]


def test_bytes_that_windows_1252_lacks_are_those_of_latin_1(take: Any) -> None:
    """Five bytes mean nothing there: they do not cost the document."""
    content = b"<urn:a> a <http://www.w3.org/ns/dcat#Dataset> ; <urn:b> '\x92\x81' ."
    reading = take(content, "text/turtle; charset=iso-8859-1")
    assert "’\x81".encode() in reading.records[0].canonical


@pytest.mark.parametrize(
    ("media_type", "declared", "encoding", "codes"),
    [
        ("application/rdf+xml; charset=utf-16", "UTF-16", "utf-16", ["charset"]),
        ("application/rdf+xml; charset=iso-8859-1", "UTF-16", "utf-16", ["charset"]),
        ("application/rdf+xml; charset=utf-8", "ISO-8859-1", "utf-8", ["charset-wrong"]),
        ("application/rdf+xml; charset=utf-8", "ISO-8859-1", "iso-8859-1", ["charset"]),
        ("application/rdf+xml; charset=utf-8", "utf-8", "utf-8", []),
    ],
)
def test_a_server_and_a_document_that_disagree_are_read(
    take: Any, media_type: str, declared: str, encoding: str, codes: list[str]
) -> None:
    """What the bytes are counts more than what either says, and is told once."""
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>{RDF.decode()}<d:Dataset '
        'xmlns:d="http://www.w3.org/ns/dcat#" rdf:about="https://chu.exemple.fr/1">'
        "<d:keyword>santé</d:keyword></d:Dataset></rdf:RDF>"
    )
    reading = take(text.encode(encoding), media_type)
    assert "santé".encode() in reading.records[0].canonical
    assert [d.code for d in reading.repaired] == codes


@pytest.mark.parametrize("named", ["undefined", "idna", "punycode", "hex", "klingon"])
def test_an_encoding_of_no_text_is_told(take: Any, named: str) -> None:
    """A document in none is set aside with its name, whether Python knows the name or not."""
    text = f'<?xml version="1.0" encoding="{named}"?>{RDF.decode()}<!-- santé --></rdf:RDF>'
    reading = take(text.encode("latin-1"), "application/rdf+xml")
    assert isinstance(reading, Unreadable)
    assert (reading.problem.code, named in reading.problem.message["en"]) == ("encoding", True)


def test_turtle_on_one_line_is_not_n_quads(take: Any) -> None:
    """Full addresses on one line need no graph to be written there."""
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>"
    turtle = f"<urn:a> {kind} ; <urn:b> <urn:c> .".encode()
    quads = f'<urn:a> <urn:b> "x; y"@fr <urn:g> .\n<urn:a> {kind} <urn:g> .'.encode()
    for content in (turtle, quads):
        reading = take(content, None, location="jeu")
        assert ([r.iri for r in reading.records], reading.repaired) == (["urn:a"], ())


def test_a_page_is_recognised_behind_many_comments() -> None:
    """And what has comments and is none, without trying each way to tell them apart."""
    comments = b"<?xml version='1.0'?>" + b"<!---->\n" * 200
    assert find_foreign(comments + b"<!-- a > b --><html lang='fr'>") == "html"
    assert find_foreign(comments + b"<rdf:RDF/>") is None
