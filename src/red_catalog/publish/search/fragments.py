"""What is indexed of a dataset: a small page in each language, written where it changed.

Whole pages would weigh many times more: fragments hold the title, the description, the
keywords, the holder, the facets, and the names of what is in the data. They lie in a folder for
each shard of the index.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from markupsafe import escape

from red_catalog.model import spelling
from red_catalog.publish import spreading
from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.search import shards
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.site import Site, site_key
from red_catalog.publish.web.texts import choose, clean, shorten

_STATE: Final = "state.json"
# A word of every dataset, that nobody types: searching nothing would load the whole index.
_ALL: Final = "\u203f"
_WORD: Final = re.compile(r"[^\W_]+")


def marks(place: Path, site: Site, count: int) -> dict[str, str] | None:
    """The digest of each dataset's fragments there; None where so many need no fragments.

    What another site or another number of shards left there, or an index that was not
    finished, is removed.
    """
    if site.finder(count) != "pagefind":
        return None
    try:
        told = json.loads((place / _STATE).read_bytes())
    except (OSError, ValueError):
        told = {}
    number = shards.count(count)
    if told.get("site") != site_key(site) or told.get("shards") != number:
        shutil.rmtree(place, ignore_errors=True)
        told = {}
    for left in place.glob("index-*"):
        shutil.rmtree(left, ignore_errors=True)
    for shard in range(number):
        for code in CODES:
            _file(place, shard, code, "x").parent.mkdir(parents=True, exist_ok=True)
    return dict(told.get("marks", {}))


def start_writing(place: Path) -> None:
    """Whoever stops from here on starts afresh the next time."""
    (place / _STATE).unlink(missing_ok=True)


def finish_writing(
    place: Path, site: Site, now: Mapping[str, str], before: Mapping[str, str] | None
) -> None:
    """Notes whose fragments are there `now`, and removes those that were there `before`."""
    if before is None:
        return
    number = shards.count(len(now))
    for slug in before.keys() - now.keys():
        for code in CODES:
            _file(place, spreading.part(slug, number), code, slug).unlink(missing_ok=True)
    told = {"site": site_key(site), "shards": number, "marks": dict(now)}
    (place / _STATE).write_text(json.dumps(told), "utf-8")


def write(place: Path, site: Site, card: Card, number: int, before: str | None) -> str:
    """Writes the fragments of a card where they are not as `before`; gives their digest.

    `number`: of the shards of the index.
    """
    slug = card.entry.slug
    texts = [fragment(site, card, code).encode() for code in CODES]
    digest = hashlib.sha256(b"".join(texts)).hexdigest()[:24]
    for code, text in zip(CODES, texts, strict=True) if digest != before else ():
        _file(place, spreading.part(slug, number), code, slug).write_bytes(text)
    return digest


def fragment(site: Site, card: Card, code: str) -> str:
    """What is indexed of a dataset in one language."""
    about = choose(card.descriptions, code)
    said, *translated = (_labels(site, card, one) for one in sorted(CODES, key=lambda c: c != code))
    holder = facets.name(site, "holder", card.entry.holder, code)
    titles = [t.text for t in card.titles if clean(t.text).strip() != card.title(code)]
    others = [text.text for text in card.descriptions if text != about]
    body = (
        f'<h1 data-pagefind-weight="9">{_join([card.title(code)])}</h1>'
        f'<p data-pagefind-weight="4">{_join([*titles, *(k.text for k in card.keywords)])}</p>'
        f'<p data-pagefind-weight="2">{_join([holder])}'
        f"</p><p>{_join([about.text] if about else [])}</p><p>{_join(said)}</p><p>{_ALL}</p>"
        f'<p data-pagefind-weight="0.5">{_join([*others, *chain(*translated)])}'
        f" . {_apart((address(site, card), *card.details))}</p>"
    )
    return (
        f'<!doctype html><html lang="{code}"><head><title>-</title></head>'
        f"<body data-pagefind-body>{body}{_notes(site, card, code)}</body></html>"
    )


def _labels(site: Site, card: Card, code: str) -> list[str]:
    return [
        facets.name(site, facet, value, code)
        for facet in ("category", "theme", "territory", "coding", "standard", "format")
        for value in card.codes[facet]
    ]


def _notes(site: Site, card: Card, code: str) -> str:
    """What is shown, chosen and sorted by: one element, which takes the least to read."""
    about = choose(card.descriptions, code)
    shown = {
        "title": shorten(card.title(code)),
        "tongue": card.tongue(code),
        "holder": facets.name(site, "holder", card.entry.holder, code),
        "summary": shorten(clean(about.text), 240) if about else "",
        "spoken": (about.language or "") if about else "",
    }
    # One filter for all facets, as each filter of a shard is a file of its own.
    chosen = dict.fromkeys(
        f"{facet}={facets.code(value)}" for facet in facets.ORDER for value in card.codes[facet]
    )
    told: dict[str, list[tuple[str, str]]] = {
        "meta": [(name, escape(text)) for name, text in shown.items()],
        "filter": [("f", escape(one)) for one in chosen],
        # Not escaped, for Pagefind takes a sort key as it is written.
        "sort": [("title", card.rank(code))],
    }
    return "<i {}></i>".format(" ".join(_attributes(told)))


def _attributes(told: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    for kind, values in told.items():
        names = ", ".join(f"{name}[{kind}-{at}]" for at, (name, _) in enumerate(values))
        yield f'data-pagefind-{kind}="{names}"'
        yield from (f'{kind}-{at}="{text}"' for at, (_, text) in enumerate(values))


def _file(place: Path, shard: int, code: str, slug: str) -> Path:
    return shards.folder(place, shard) / links.file(code, f"dataset/{links.slug(slug)}.html")


def address(site: Site, card: Card) -> str:
    """The permanent address of a dataset, by which some look for it."""
    return f"{site.catalogue.base_iri}dataset/{card.entry.slug}"


def _apart(texts: Sequence[str]) -> str:
    """The words of names and codes, without what is between them."""
    return _write([" ".join(_WORD.findall(text)) for text in texts], texts)


def _join(texts: Sequence[str]) -> str:
    return _write([clean(text) for text in texts], texts)


def _write(shown: Sequence[str], texts: Sequence[str]) -> str:
    """What is shown, in plain letters; what the texts join (`SI-DEP`) as one word besides."""
    names = [name for text in texts for name in spelling.compounds(text)]
    whole = dict.fromkeys("".join(_WORD.findall(name)) for name in names)
    return str(escape(spelling.untie(" . ".join([*shown, *whole]))))
