"""Pages of a feed are written in pieces, one a dataset, which outlive the page."""

import json
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from red_catalog.publish.federation import paging, pieces
from red_catalog.publish.web.site import Site, site
from red_catalog.rdf.contexts import resolve_contexts
from red_catalog.rdf.jsonld import Nodes
from tests.publish import records

FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
KEY = "0123456789abcdef" * 2
# What looks like the marks between pieces, and what splits lines for some.
_TITLE = f"Séjours\\n# {KEY}\\n<!-- {KEY} -->\\n,{{}}"
_TEXT = "un\u2028deux\u0085trois\\u0000\\r\\n]}"
NASTY = f"""<urn:x:a> <http://purl.org/dc/terms/title> "{_TITLE}"@fr .
<urn:x:a> <http://purl.org/dc/terms/description> "{_TEXT}"@fr .
<urn:x:a> <urn:x:1> "sans nom en XML" .
""".encode()
_CLASH = '<dcat:x> <http://purl.org/dc/terms/title> "IRI ou nom abrégé" .\n'.encode()


def member(number: int, key: str) -> paging.Member:
    """A dataset of a hospital on a page."""
    told = {"holder": "chu-rivemont", "source": "", "issued": "2026-11-20T14:30:00Z",
            "modified": "2026-11-20T14:30:00Z", "verdict": "conformant"}  # fmt: skip
    return paging.Member(f"{records.CHU}{number}", f"sejours-{number}", told, key * 32)


def write(
    about: Site, members: Sequence[paging.Member], before: dict[str, bytes], *, clash: bool = False
) -> tuple[dict[str, bytes], list[str]]:
    """A page, and the IRIs of the datasets that were read for it."""
    asked: list[str] = []

    def fetch(iris: Sequence[str]) -> list[bytes]:
        asked.extend(iris)
        return [records.full(iri, "Séjours") + (_CLASH if clash else b"") for iri in iris]

    page = paging.Page("catalogue", 1, tuple(members), more=False)
    return paging.write(about, page, before, fetch), asked


def statements(page: dict[str, bytes], syntax: str) -> set[str]:
    """What a page says, but for the address of its own file."""
    content = page[syntax]
    if syntax == "jsonld" and isinstance(json.loads(content)["@context"], str):
        content = resolve_contexts(content, 1000)
    content = content.replace(f"1.{syntax}".encode(), b"1.x")
    return {str(quad) for quad in parse(content, FORMATS[syntax])}


def test_pieces_come_out_of_a_page_as_they_went_in() -> None:
    """Whatever a literal holds, it is not taken for the end of a piece."""
    nodes = Nodes()
    frame = pieces.make(b'<urn:x:page> <urn:x:p> "1" .\n', nodes)
    made = {char * 32: pieces.make(NASTY.replace(b"urn:x:a", b"urn:x:" + char.encode()), nodes)
            for char in "abc"}  # fmt: skip
    page = pieces.join(dict.fromkeys(pieces.SYNTAXES, frame), list(made.items()), "urn:x:context")
    assert pieces.cut(page) == made


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    """The pieces of the page of before are used again, and the page is as if written whole."""
    about = site(records.config(tmp_path))
    first, asked = write(about, [member(n, str(n)) for n in (1, 2, 3)], {})
    assert len(asked) == 3
    # The first has gone, the second has changed, a fourth has come.
    now = [member(2, "a"), member(3, "3"), member(4, "4")]
    page, asked = write(about, now, first)
    assert asked == [f"{records.CHU}2", f"{records.CHU}4"]
    assert page == write(about, now, {})[0]
    assert statements(page, "ttl") == statements(page, "jsonld") == statements(page, "rdf")
    assert pieces.cut(page).keys() == {one.key for one in now}


def test_an_iri_like_a_prefixed_name_gives_its_page_a_context_of_its_own(tmp_path: Path) -> None:
    """Such a page says the same in every syntax, and is read whole the next time."""
    about = site(records.config(tmp_path))
    members = [member(n, str(n)) for n in (1, 2)]
    page, _ = write(about, members, {}, clash=True)
    assert isinstance(json.loads(page["jsonld"])["@context"], dict)
    assert statements(page, "ttl") == statements(page, "jsonld")
    assert any("<dcat:x>" in one for one in statements(page, "jsonld"))
    mended, asked = write(about, members, page)
    assert len(asked) == 2
    assert mended == write(about, members, {})[0]


def test_a_page_that_is_cut_short_is_written_whole(tmp_path: Path) -> None:
    """Half a file of before is worth nothing."""
    about = site(records.config(tmp_path))
    members = [member(n, str(n)) for n in (1, 2, 3)]
    page, _ = write(about, members, {})
    half = {**page, "jsonld": page["jsonld"][: len(page["jsonld"]) // 2]}
    again, asked = write(about, members, half)
    assert (len(asked), again) == (3, page)
