"""What a release is filled with: each file is written, or taken over where nothing changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from functools import partial
from typing import Any

from red_catalog import __version__
from red_catalog.ehds import terms
from red_catalog.model import Entry, Verdict
from red_catalog.publish import folder, mishaps
from red_catalog.publish import holdings as holdings_file
from red_catalog.publish.bugs import expect_few
from red_catalog.publish.crew import Crew, crew
from red_catalog.publish.data import dumps, feeds, reports, sitemap, void
from red_catalog.publish.data.dumps import Dump
from red_catalog.publish.dataset import forms
from red_catalog.publish.holdings import Holding, hold
from red_catalog.publish.jobs import Content, Job
from red_catalog.publish.keeping import Rules, Shelf, Spare, keep_datasets
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.pages import overviews, rulebooks, standings
from red_catalog.publish.search import orders, script, shards
from red_catalog.publish.stock import expect_whole
from red_catalog.publish.web import styles
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.themes import OURS, static_files

# So many datasets are a piece of work for one process.
_BATCH = 40


@dataclass(frozen=True, slots=True)
class _Made:
    """What was written.

    `held`: the files of each dataset; `pages`: the key of each other page; `members`: what each
    dump is made of; `shards`: the digest of each folder of the index; `bugs`: the traceback of
    what some datasets met, by IRI.
    """

    held: dict[str, Holding]
    pages: dict[str, str]
    dumps: list[Dump]
    members: dict[str, list[tuple[str, int, int]]]
    shards: dict[str, str]
    bugs: dict[str, str]


def fill(
    draft: folder.Draft, live: folder.Live | None, content: Content, workers: int | None
) -> dict[str, Any]:
    """Writes all files of the site and tells what the manifest says of them."""
    spare = Spare(draft)
    held = keep_datasets(draft, spare, live, content)
    rules = Shelf(draft, spare, live.manifest if live else {}, content)
    job = Job(draft, live.manifest if live else {}, spare.there, content)
    made = _write(job, live, held, rules.todo, workers)
    listed = made.pages | rules.kept
    others = []
    for name, written in _others(content, made.dumps, list(listed)):
        draft.write(f"site/{name}", written)
        others.append(name)
    spare.leave(listed, others)
    holdings = {slug: made.held[slug] for slug in content.cards}
    draft.write(holdings_file.FILE, holdings_file.write(holdings))
    return {
        "moment": content.moment.astimezone(UTC).isoformat(),
        "version": __version__,
        "counts": _counts(content, made.dumps),
        "dumps": [asdict(dump) for dump in made.dumps],
        "members": made.members,
        "shards": made.shards,
        "pages": listed,
        "others": others,
        "bugs": made.bugs,
        "lore": content.lore.key,
        "datasets": {slug: card.entry.iri for slug, card in content.cards.items()},
        "gone": {
            slug: card.entry.withdrawn_at.astimezone(UTC).isoformat()
            for slug, card in content.cards.items()
            if card.entry.withdrawn_at
        },
    }


def _write(
    job: Job,
    live: folder.Live | None,
    held: Mapping[str, Holding],
    rules: Sequence[Rules],
    workers: int | None,
) -> _Made:
    """Writes what is work for many: datasets, dumps, search and pages."""
    content, draft, cards = job.content, job.draft, job.content.deck.cards
    todo = [slug for slug in content.cards if slug not in held]
    indexed = shards.digests(content.place, content.site, content.sought)
    found = dict(held)
    listed: dict[str, str] = {}
    standings.figures(content.contents(()))  # before there are processes: each would work them out
    with (
        crew(job, len(todo) + len(cards) // 10, workers) as everyone,
        shards.indexing(content.place, draft, live, indexed),
    ):
        for start in range(0, len(todo), _BATCH):
            everyone.ask(_write_datasets, todo[start : start + _BATCH])
        script.write(draft, content.site, content.deck, alike=content.lists is not None)
        if indexed:
            orders.write(draft, content.deck)
        files, members = _write_dumps(everyone, draft, live, content)
        bugs: dict[str, str] = {}
        for holdings, met in everyone.results():
            found |= holdings
            bugs |= met
        expect_few(bugs, len(content.cards))
        for code in CODES:
            everyone.ask(_write_pages, (code, files))
        for piece in rules:
            everyone.ask(_write_rules, piece)
        for told in everyone.results():
            listed |= told
    return _Made(found, listed, files, members, indexed, bugs)


def _write_dumps(
    everyone: Crew, draft: folder.Draft, live: folder.Live | None, content: Content
) -> tuple[list[Dump], dict[str, list[tuple[str, int, int]]]]:
    """Writes the whole catalogue as files; tells what they are and what they are made of."""
    cards = content.deck.cards
    names = [(c.entry.slug, c.entry.iri) for c in cards if c.entry.iri not in content.unfit]
    parts = dumps.parts(names, content.data_keys)
    known = dumps.kept(live.folder, live.manifest) if live else {}
    fresh = [part for part in parts if any(part.key not in known[name] for name in known)]
    packed = everyone.map(_pack, fresh if known else parts)
    first = dumps.pack_catalogue(content.site, [c.entry for c in cards], content.moment)
    files, index = [], {}
    for name, head in first.items():
        found = known.get(name, {}) | {one[name].key: one[name] for one in packed}
        members = [head, *(found[part.key] for part in parts)]
        dump, written = dumps.join(name, members)
        draft.write(f"{dumps.FOLDER}/{name}", written)
        files.append(dump)
        index[name] = [(one.key, one.statements, len(one.packed)) for one in members]
    draft.write(f"{dumps.FOLDER}/SHA256SUMS", dumps.checksums(files))
    return files, index


def _pack(job: Job, part: dumps.Part) -> dict[str, dumps.Member]:
    content = job.content
    return dumps.pack(content.site, part, expect_whole(content.stock.fetch(part.iris)))


def _write_datasets(job: Job, slugs: Sequence[str]) -> tuple[dict[str, Holding], dict[str, str]]:
    """Writes the files of these datasets; tells their names, and the bugs of some by IRI."""
    content = job.content
    told: dict[str, Holding] = {}
    bugs: dict[str, str] = {}
    for entry in content.stock.fetch([content.cards[slug].entry.iri for slug in slugs]):
        made = mishaps.make(content.site, entry, partial(_besides, content, entry))
        for name, written in made.files.items():
            job.draft.write(f"site/{name}", written)
        key = content.keys[entry.slug]
        if made.traces:
            bugs[entry.iri], key = made.traces[0], mishaps.SPOILT
        told[entry.slug] = hold(entry.slug, key, list(made.files))
    return told, bugs


def _besides(content: Content, entry: Entry) -> forms.Besides:
    reports = () if entry.withdrawn_at else entry.reports
    problems = [content.lore.problems(entry, report) for report in reports]
    several = entry.versions > 1 and not entry.withdrawn_at
    pasts = content.lore.versions(entry.iri) if several else ()
    near, named = content.near[entry.slug], content.named.get(entry.slug, ())
    return forms.Besides(near, named, problems, pasts)


def _write_rules(job: Job, piece: Rules) -> dict[str, str]:
    """Writes the pages of a profile's rules in a language; tells each one's key."""
    book, code, key = piece
    told = {}
    for name, written in rulebooks.render(job.content.site, book, code):
        job.draft.write(f"site/{name}", written)
        told[name] = key
    return told


def _write_pages(job: Job, piece: tuple[str, Sequence[Dump]]) -> dict[str, str]:
    """Writes every other page of a language, or takes it over; tells each one's key."""
    code, files = piece
    content, before = job.content, job.before.get("pages", {})
    contents = content.contents(files)
    told = {}
    for name, key, write in overviews.overview(contents, code):
        told[name] = key
        if job.spare.get(name) == key == before.get(name):
            continue
        if before.get(name) != key or not job.draft.keep([f"site/{name}"]):
            job.draft.write(f"site/{name}", write())
    return told


def _others(
    content: Content, files: list[Dump], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Tables, feeds, and what machines read first."""
    cards, contents = content.deck.cards, content.contents(files)
    yield from standings.tables(contents)
    latest = content.deck.changed()
    yield from feeds.feeds(content.site, latest, list(content.runs.values()), content.moment)
    yield from reports.reports(content.site, content.runs.values())
    yield ".well-known/void", void.void(content.site, files, len(cards))
    yield from _static(content, cards, listed)


def _static(
    content: Content, cards: Sequence[Card], listed: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    for name, path in sorted(static_files(content.site.theme).items()):
        written = path.read_bytes()
        if path.suffix == ".css" and path.parent == OURS:
            written = styles.squeeze(written.decode()).encode()
        yield f"static/{name}", written
    yield f"{terms.PATH}.ttl", terms.turtle(content.site.catalogue.base_iri)
    yield "robots.txt", sitemap.robots(content.site)
    yield from sitemap.sitemap(content.site, listed, [c.entry for c in cards])


def _counts(content: Content, files: Sequence[Dump]) -> dict[str, int]:
    published = [c.entry for c in content.deck.cards]
    return {
        "datasets": len(published),
        "conformant": sum(e.verdict is Verdict.CONFORMANT for e in published),
        "flagged": sum(e.verdict is Verdict.FLAGGED for e in published),
        "withdrawn": len(content.cards) - len(published),
        "holders": len({e.holder for e in published}),
        "statements": files[0].statements,
    }
