"""The search index: a small fragment a dataset and language, indexed by Pagefind at the end.

Whole pages would weigh a hundred times more: fragments hold the title, the description, the
keywords, the holder and the facets.
"""

import hashlib
import json
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from markupsafe import escape

from red_catalog.publish import facets, links, listings, wording
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.folder import Draft, Live
from red_catalog.publish.languages import CODES, language
from red_catalog.publish.markup import choose, clean, shorten
from red_catalog.publish.site import Site, site_key

_STATE: Final = "state.json"
_PAGES: Final = "pages"
_FOLDER: Final = "site/pagefind"
# Pagefind's own interface, which the site does not use.
_UNUSED: Final = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*",
                  "pagefind-highlight.js", "pagefind-playground*")  # fmt: skip


def words(draft: Draft, site: Site, cards: Sequence[Card]) -> None:
    """Writes what the search page's script says and names."""
    for code in CODES:
        draft.write(f"site/search/{code}.json", _words(site, cards, code))


def digest(site: Site, cards: Sequence[Card]) -> str | None:
    """A digest of all that is indexed, None where nothing is."""
    if not cards or site.finder(len(cards)) != "pagefind":
        return None
    inputs = (site_key(site), [card.mark for card in cards])
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def marks(place: Path, site: Site, count: int) -> dict[str, str] | None:
    """The state of each dataset whose fragment is there; None where so many need no fragments.

    What another site left there, or an index that was not finished, is removed.
    """
    if site.finder(count) != "pagefind":
        return None
    try:
        told = json.loads((place / _STATE).read_bytes())
    except (OSError, ValueError):
        told = {}
    if told.get("site") != site_key(site):
        shutil.rmtree(place, ignore_errors=True)
        told = {}
    for left in place.glob("index-*"):
        shutil.rmtree(left, ignore_errors=True)
    for code in CODES:
        _place(place, code, "x").parent.mkdir(parents=True, exist_ok=True)
    return dict(told.get("marks", {}))


def start_writing(place: Path) -> None:
    """Whoever stops from here on starts afresh the next time."""
    (place / _STATE).unlink(missing_ok=True)


def finish_writing(
    place: Path, site: Site, cards: Sequence[Card], before: Mapping[str, str] | None
) -> None:
    """Notes whose fragments are there, and removes those that no card wants any more."""
    if before is None:
        return
    for slug in before.keys() - {card.entry.slug for card in cards}:
        for code in CODES:
            _place(place, code, slug).unlink(missing_ok=True)
    told = {"site": site_key(site), "marks": {c.entry.slug: c.mark for c in cards}}
    (place / _STATE).write_text(json.dumps(told), "utf-8")


def write(place: Path, site: Site, cards: Sequence[Card]) -> None:
    """Writes the fragments of these cards."""
    for card in cards:
        for code in CODES:
            _place(place, code, card.entry.slug).write_text(fragment(site, card, code), "utf-8")


@contextmanager
def indexing(
    place: Path, draft: Draft, live: Live | None, site: Site, cards: Sequence[Card]
) -> Iterator[str | None]:
    """Indexes the fragments while the block goes on, or takes over an index that is right."""
    key = digest(site, cards)
    if key is None:
        yield None
        return
    before = files(live.folder) if live and live.manifest.get("search") == key else []
    if before and draft.keep(before):
        yield key
        return
    # Not in the release: whoever dies on the way would leave a process that writes there.
    apart = place / f"index-{secrets.token_hex(8)}"
    with _index(place / _PAGES, apart):
        yield key
    (draft.folder / _FOLDER).parent.mkdir(exist_ok=True)
    shutil.move(apart, draft.folder / _FOLDER)


def files(folder: Path) -> list[str]:
    """The files of the index of a release folder."""
    return sorted(
        p.relative_to(folder).as_posix() for p in (folder / _FOLDER).rglob("*") if p.is_file()
    )


def version(site: Site, cards: Sequence[Card], code: str) -> str:
    """A digest of the words of the search, for their address."""
    return hashlib.sha256(_words(site, cards, code)).hexdigest()[:8]


def fragment(site: Site, card: Card, code: str) -> str:
    """What is indexed of a dataset in one language."""
    about = choose(card.descriptions, code)
    labels = [
        facets.name(site, facet, value, code)
        for facet in ("category", "theme", "territory", "coding", "standard", "format")
        for value in card.codes[facet]
    ]
    holder = facets.name(site, "holder", card.entry.holder, code)
    other = [t.text for t in card.titles if clean(t.text).strip() != card.title(code)]
    body = (
        f'<h1 data-pagefind-weight="9">{escape(card.title(code))}</h1>'
        f'<p data-pagefind-weight="4">{_join([*other, *(k.text for k in card.keywords)])}</p>'
        f'<p data-pagefind-weight="2">{_join([holder])}'
        f"</p><p>{_join([about.text] if about else [])}</p><p>{_join(labels)}</p>"
    )
    notes = "".join(_notes(site, card, code))
    return (
        f'<!doctype html><html lang="{code}"><head><title>-</title></head>'
        f"<body data-pagefind-body>{body}{notes}</body></html>"
    )


def _notes(site: Site, card: Card, code: str) -> Iterator[str]:
    about = choose(card.descriptions, code)
    told = {
        "title": shorten(card.title(code)),
        "tongue": card.tongue(code),
        "holder": facets.name(site, "holder", card.entry.holder, code),
        "summary": shorten(clean(about.text), 240) if about else "",
        "spoken": (about.language or "") if about else "",
        "access": card.level,
        "verdict": card.entry.verdict.value,
    }
    for name, text in told.items():
        yield f'<i data-pagefind-meta="{name}[title]" title="{escape(text)}"></i>'
    for facet in facets.ORDER:
        for value in dict.fromkeys(facets.code(v) for v in card.codes[facet]):
            yield f'<i data-pagefind-filter="{facet}[title]" title="{escape(value)}"></i>'
    order = {
        "title": sort_key(card.title(code)),
        "changed": card.entry.changed.strftime("%Y%m%d%H%M%S"),
        "population": card.codes["population"][0] if card.codes["population"] else "0",
    }
    for name, text in order.items():
        yield f'<i data-pagefind-sort="{name}[title]" title="{escape(text[:100])}"></i>'


def _words(site: Site, cards: Sequence[Card], code: str) -> bytes:
    """The sentences and names that the search page's script shows, as JSON."""
    spoken = language(code)
    told: dict[str, Any] = {name: spoken.gettext(text) for name, text in wording.SEARCH.items()}
    told["sorts"] = [[name, spoken.gettext(text)] for name, text in wording.SORTS.items()]
    told["facets"] = []
    for facet in facets.ORDER:
        names = {
            facets.code(value): clean(facets.name(site, facet, value, code))
            for value in listings.values(cards, facet)
        }
        values = sorted(names.items(), key=lambda one: (sort_key(one[1]), one[0]))
        if values:
            label = spoken.gettext(wording.FACETS[facet])
            told["facets"].append({"name": facet, "label": label, "values": values})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _place(root: Path, code: str, slug: str) -> Path:
    return root / _PAGES / links.file(code, f"dataset/{links.slug(slug)}.html")


@contextmanager
def _index(root: Path, target: Path) -> Iterator[None]:
    from pagefind.service import get_executable  # noqa: PLC0415 - an optional package

    command = [str(get_executable()), "--site", str(root), "--output-path", str(target),
               "--quiet"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    try:
        yield
        _, said = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode:
        raise RuntimeError(f"Pagefind failed: {said.decode(errors='replace')[-500:]}")
    for pattern in _UNUSED:
        for path in target.glob(pattern):
            path.unlink()


def _join(texts: Sequence[str]) -> str:
    return str(escape(" . ".join(clean(text) for text in texts)))
