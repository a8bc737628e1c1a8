"""A release: whole, the same for the same input, switched at once, cheap to renew."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog import __version__
from red_catalog.config import Config
from red_catalog.model import Entry, Verdict
from red_catalog.namespaces import term
from red_catalog.publish import folder, holdings, release, rows
from red_catalog.publish.pages import calendars
from red_catalog.publish.release import Prepared
from red_catalog.publish.stock import Held, Name
from red_catalog.publish.web import themes
from tests.publish import records


def publish(config: Config, entries: list[Entry], later: int = 0) -> Prepared | None:
    """Prepares and switches, `later` hours after the moment of the records."""
    moment = records.MOMENT + timedelta(hours=later)
    prepared = release.prepare(config, entries, records.runs(), moment)
    if prepared:
        release.switch(config, prepared)
    return prepared


def tree(root: Path) -> dict[str, str]:
    """Every file below a folder with its digest, the search index apart."""
    return {
        p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*"))
        if p.is_file() and "pagefind" not in p.parts
    }


def files(release: Path) -> list[str]:
    """The files of every dataset, as a release names them."""
    return [name for slug, one in holdings.read(release).items() for name in one.files(slug)]


def site(config: Config) -> Path:
    """The live web root."""
    return config.public / "current" / "site"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two folders that publish the same register, in another order, hold the same files."""
    one, other = records.config(tmp_path / "a"), records.config(tmp_path / "b")
    publish(one, records.entries())
    publish(other, records.entries()[::-1])
    assert tree(one.public) == tree(other.public)


def test_nothing_new_prepares_nothing(tmp_path: Path) -> None:
    """A register that did not change since the live release gives no release."""
    config = records.config(tmp_path)
    publish(config, records.entries())
    assert publish(config, records.entries(), later=5) is None


def test_the_first_release_needs_no_dataset(tmp_path: Path) -> None:
    """An empty register is published as an empty catalogue."""
    config = records.config(tmp_path)
    publish(config, [])
    assert "Aucun jeu de données" in (site(config) / "index.html").read_text("utf-8")


def test_files_of_unchanged_datasets_are_hard_links(tmp_path: Path) -> None:
    """After one change, only the changed dataset's files and the pages naming it are new."""
    config = records.config(tmp_path)
    entries = records.entries()
    publish(config, entries)
    before = {p.name: p.stat().st_ino for p in (site(config) / "dataset").iterdir()}
    content = records.full(entries[1].iri, "Imagerie thoracique et cardiaque")
    publish(config, [
        replace(e, canonical=content, digest=hashlib.sha256(content).hexdigest())
        if e.slug == entries[1].slug else e for e in entries
    ], later=1)  # fmt: skip
    after = {p.name: p.stat().st_ino for p in (site(config) / "dataset").iterdir()}
    stem = entries[1].slug
    fresh = {n for n in before if before[n] != after[n]}
    own = {f"{stem}.{one}" for one in ("html", "ttl", "jsonld", "rdf", "nt", "bib", "ris",
                                       "csl.json")}  # fmt: skip
    assert own <= fresh
    for name in fresh - own:
        assert f"dataset/{stem}.html" in (site(config) / "dataset" / name).read_text("utf-8")
    styles = [r / "site" / "static" / "site.css" for r in (config.public / "releases").iterdir()]
    assert len({s.stat().st_ino for s in styles}) == 1


def test_a_missing_file_of_the_live_release_is_written_anew(tmp_path: Path) -> None:
    """A live release that lost a file is never written into; the next one is whole."""
    config = records.config(tmp_path)
    entries = records.entries()
    first = publish(config, entries)
    assert first is not None
    lost = first.folder / "site" / "dataset" / f"{entries[0].slug}.ttl"
    whole = lost.read_bytes()
    lost.unlink()
    page = first.folder / "site" / "dataset" / f"{entries[0].slug}.html"
    inode = page.stat().st_ino
    publish(config, entries[:-1], later=1)
    assert (site(config) / "dataset" / lost.name).read_bytes() == whole
    assert page.stat().st_ino == inode
    assert not lost.exists()


def test_current_is_always_whole(tmp_path: Path) -> None:
    """`current` keeps naming the old release until the new one is switched to."""
    config = records.config(tmp_path)
    first = publish(config, records.entries())
    second = release.prepare(config, records.entries()[:3], records.runs(), records.MOMENT)
    assert first is not None
    assert second is not None
    assert (config.public / "current").resolve() == first.folder
    release.switch(config, second)
    assert (config.public / "current").resolve() == second.folder
    assert (config.public / "current").readlink() == Path("releases") / second.id


def test_the_manifest_tells_what_the_release_holds(tmp_path: Path) -> None:
    """`release.json` counts datasets, names every file, and lists what is gone."""
    config = records.config(tmp_path)
    prepared = publish(config, records.entries())
    assert prepared is not None
    manifest = json.loads((prepared.folder / "release.json").read_text("utf-8"))
    assert manifest["id"] == prepared.id
    assert manifest["counts"]["datasets"] == 6
    assert manifest["counts"]["withdrawn"] == 1
    assert list(manifest["gone"]) == ["ancien-5b21"]
    assert manifest["datasets"] == {e.slug: e.iri for e in records.entries()}
    assert all((prepared.folder / name).is_file() for name in files(prepared.folder))
    for dump in manifest["dumps"]:
        packed = (site(config) / "dumps" / dump["name"]).read_bytes()
        assert hashlib.sha256(packed).hexdigest() == dump["sha256"]
        assert len(packed) == dump["size"]


def test_prune_keeps_the_live_release_and_the_last_one(tmp_path: Path) -> None:
    """Beyond `keep_releases`, the oldest go; so do folders that were never finished."""
    config = records.config(tmp_path)
    entries = records.entries()
    made = [publish(config, entries[:n], later=n) for n in (1, 2, 3)]
    releases = config.public / "releases"
    (releases / ".preparing-dead").mkdir()
    abandoned = release.prepare(
        config, entries, records.runs(), records.MOMENT + timedelta(hours=9)
    )
    assert abandoned is not None
    release.prune(config)
    kept = sorted(p.name for p in releases.iterdir())
    assert kept == sorted(one.id for one in made[1:] if one)
    assert (site(config) / "index.html").is_file()


@pytest.mark.parametrize("keep", [1, 2, 4, 6])
def test_as_many_releases_are_kept_as_the_operator_wants(tmp_path: Path, keep: int) -> None:
    """The last `keep_releases` that were live are there, whatever their names; two at least."""
    releases = tmp_path / "releases"
    names = ["2", "4", "1", "7", "3", "9", "0", "8"]
    for number, name in enumerate(names):
        (releases / name).mkdir(parents=True)
        folder.point(tmp_path, releases / name)
        os.utime(releases / name / folder.SWITCHED, (number, number))
        folder.clear(tmp_path, keep)
        last = names[: number + 1][-max(keep, 2) :]
        assert {p.name for p in releases.iterdir()} == set(last)


def test_answers_under_way_end_on_the_release_that_was_just_left(tmp_path: Path) -> None:
    """One written afresh that comes late has a name that does not tell: the one before stays."""
    config = records.config(tmp_path)
    made = [publish(config, records.entries()[:n], later=n) for n in (3, 2, 1)]
    release.prune(replace(config, publication=replace(config.publication, keep_releases=1)))
    kept = {p.name for p in (config.public / "releases").iterdir()}
    assert kept == {one.id for one in made[1:] if one}


def test_prune_before_any_release_does_nothing(tmp_path: Path) -> None:
    """A catalogue that was never published can be pruned."""
    assert release.prune(records.config(tmp_path)) == []


def test_a_release_written_over_another_brings_nothing_back(tmp_path: Path) -> None:
    """Where a holder left, or files are of an older program, it is the release made afresh."""
    one, other = records.config(tmp_path / "one"), records.config(tmp_path / "other")
    entries = records.entries()
    for later, found in enumerate((entries, entries[:-1], entries)):
        publish(one, found, later)
        if later == 0:
            (site(one) / "old" / "page.html").parent.mkdir()
            (site(one) / "old" / "page.html").touch()
            (site(one) / "old.html").touch()
        release.prune(one)
    assert folder.spare(one.public)
    left = [e for e in entries if e.holder != "cohorte-aubade"]
    for config in (one, other):
        fewer = replace(config, holders=config.holders[:2], sources=config.sources[:2])
        moment = records.MOMENT + timedelta(hours=3)
        prepared = release.prepare(fewer, left, records.runs()[:2], moment)
        assert prepared
        release.switch(fewer, prepared)
    assert tree(site(one)) == tree(site(other))


def test_a_broken_manifest_is_replaced(tmp_path: Path) -> None:
    """A live release whose manifest cannot be read is published over."""
    config = records.config(tmp_path)
    first = publish(config, records.entries())
    assert first is not None
    (first.folder / "release.json").write_text("{", "utf-8")
    release.prune(config)
    assert (site(config) / "index.html").is_file()
    second = release.prepare(config, records.entries(), records.runs(), records.MOMENT)
    assert second is not None
    assert second.folder != first.folder
    assert (site(config) / "index.html").is_file()
    release.switch(config, second)
    assert (config.public / "current").resolve() == second.folder


def test_a_copy_stands_in_where_links_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system without hard links, unchanged files are copied."""
    config = records.config(tmp_path)
    publish(config, records.entries())
    before = (site(config) / "dataset" / "sejours-1a2b.ttl").read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    publish(config, records.entries()[:2], later=1)
    assert (site(config) / "dataset" / "sejours-1a2b.ttl").read_bytes() == before


@pytest.mark.parametrize("slug", ["../../evil", "a/b", "", ".", "..", "a..b", "x" * 201, "a\0b"])
def test_a_slug_cannot_leave_its_folder(tmp_path: Path, slug: str) -> None:
    """A slug that is no plain file name stops the release, and nothing is left behind."""
    config = records.config(tmp_path)
    bad = replace(records.entries()[0], slug=slug)
    with pytest.raises(ValueError, match="cannot name a file"):
        release.prepare(config, [bad], records.runs(), records.MOMENT)
    assert tree(tmp_path) == {}


def test_two_datasets_never_share_a_page(tmp_path: Path) -> None:
    """Slugs that differ only in letter case are refused: some file systems confuse them."""
    one, two = records.entries()[:2]
    with pytest.raises(ValueError, match="share the page"):
        release.prepare(
            records.config(tmp_path), [one, replace(two, slug=one.slug.upper())], [],
            records.MOMENT,
        )  # fmt: skip


def test_the_named_graphs_hold_each_record_once(published: Path) -> None:
    """The N-Quads dump has a graph per published record and one for the catalogue."""
    lines = gzip.decompress((published / "dumps" / "catalogue.nq.gz").read_bytes()).decode()
    graphs = {line.rsplit(" ", 2)[1] for line in lines.splitlines()}
    slugs = {e.slug for e in records.entries() if not e.withdrawn_at}
    base = "https://red.example.fr/"
    assert graphs == {f"<{base}catalog>", *(f"<{base}record/{slug}>" for slug in slugs)}


def test_dumps_keep_every_literal(published: Path) -> None:
    """Datatypes and lexical forms are those that were harvested."""
    lines = gzip.decompress((published / "dumps" / "catalogue.nq.gz").read_bytes()).decode()
    assert '"0412000"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>' in lines
    merged = gzip.decompress((published / "dumps" / "catalogue.ttl.gz").read_bytes()).decode()
    assert '"0412000"^^' in merged
    assert "user:secret" not in lines
    assert "<https://chu-rivemont.example/catalog.ttl>" in lines


def test_withdrawn_datasets_leave_the_dumps(published: Path) -> None:
    """A tombstone has no data."""
    lines = gzip.decompress((published / "dumps" / "catalogue.nq.gz").read_bytes()).decode()
    assert f"{records.CHU}ancien" not in lines
    assert not (published / "dataset" / "ancien-5b21.ttl").exists()


_LOOP = """
import sys
from datetime import timedelta
from pathlib import Path
from red_catalog.publish import holdings, release
from tests.publish import records
config = records.config(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(1000):
    entries = records.entries()[: 1 + n % 6]
    moment = records.MOMENT + timedelta(minutes=n)
    prepared = release.prepare(config, entries, records.runs(), moment)
    if prepared:
        release.switch(config, prepared)
    release.prune(config)
"""


def test_a_kill_at_any_moment_leaves_a_whole_release(tmp_path: Path) -> None:
    """After kill -9 the live release holds all it names, and the next one can be made."""
    config = records.config(tmp_path)
    publish(config, records.entries())
    for turn in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", _LOOP, str(tmp_path)],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + 0.11 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        live = (config.public / "current").resolve(strict=True)
        assert all((live / name).stat().st_size for name in [*files(live), "site/index.html"])
    later = datetime(2027, 1, 1, tzinfo=UTC)
    prepared = release.prepare(config, records.entries()[:5], records.runs()[:1], later)
    assert prepared is not None
    release.switch(config, prepared)
    release.prune(config)
    assert len(list((config.public / "releases").iterdir())) <= 2


def many(count: int) -> list[Entry]:
    """So many short descriptions."""
    return [
        records.entry(
            f"{records.CHU}{n}", f"jeu-{n}", records.poor(f"{records.CHU}{n}", f"Jeu {n}")
        )
        for n in range(count)
    ]


def test_several_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """Whoever writes a file, it is the same."""
    found = many(130)
    for name, workers in (("one", 1), ("two", 2)):
        config = records.config(tmp_path / name)
        prepared = release.prepare(config, found, [], records.MOMENT, workers=workers)
        assert prepared is not None
    assert tree(tmp_path / "one" / "public") == tree(tmp_path / "two" / "public")


def test_lists_without_the_changed_dataset_are_kept(tmp_path: Path) -> None:
    """A change renews the lists that name the dataset, and no other."""
    config = records.config(tmp_path)
    entries = records.entries()
    publish(config, entries)
    pages = [p for p in site(config).rglob("*.html") if p.parent.name != "dataset"]
    before = {
        p.relative_to(site(config).resolve()): p.stat().st_ino for p in map(Path.resolve, pages)
    }
    content = records.full(entries[1].iri, "Imagerie du thorax", level="RESTRICTED")
    digest = hashlib.sha256(content).hexdigest()
    publish(config, [
        replace(e, canonical=content, digest=digest) if e.slug == entries[1].slug else e
        for e in entries
    ], later=1)  # fmt: skip
    renewed = {n.as_posix() for n, i in before.items() if (site(config) / n).stat().st_ino != i}
    assert {"datasets/i.html", "access/restricted.html", "holder/chu-rivemont.html"} <= renewed
    assert not renewed & {
        "datasets/m.html", "access/public.html", "holder/cohorte-aubade.html", "about.html",
        "harvests.html",
    }  # fmt: skip


def revised(entry: Entry) -> Entry:
    """The entry with a version number, which no list shows."""
    said = f'<{entry.iri}> <http://www.w3.org/ns/dcat#version> "2" .\n'
    content = entry.canonical + said.encode()
    return replace(entry, canonical=content, digest=hashlib.sha256(content).hexdigest())


def test_lists_are_kept_where_a_change_does_not_show(tmp_path: Path) -> None:
    """Only the dataset's own page tells its version: the lists that name it stay as they are."""
    config = records.config(tmp_path)
    entries = records.entries()
    publish(config, entries)
    names = ("datasets/i.html", "access/restricted.html", "holder/chu-rivemont.html")
    before = [(site(config) / name).stat().st_ino for name in names]
    page = f"dataset/{entries[1].slug}.html"
    old = (site(config) / page).read_bytes()
    publish(config, [entries[0], revised(entries[1]), *entries[2:]], later=1)
    assert (site(config) / page).read_bytes() != old
    assert [(site(config) / name).stat().st_ino for name in names] == before


class Known(Held):
    """Datasets of which some changed since the live release: the others are not read."""

    def __init__(self, entries: Sequence[Entry], changed: Sequence[Entry]) -> None:
        super().__init__(entries)
        self._changed = [(one.slug, one.iri) for one in changed]

    def since(self, release: str) -> Sequence[Name]:  # noqa: ARG002
        """Those."""
        return self._changed


def renew(config: Config, entries: Sequence[Entry], changed: Sequence[Entry], later: int) -> bool:
    """Publishes these datasets, told which changed: whether lists were taken for what they were."""
    moment = records.MOMENT + timedelta(hours=later)
    prepared = release.prepare(config, Known(entries, changed), records.runs(), moment)
    assert prepared
    assert not prepared.gathered.whole
    release.switch(config, prepared)
    return prepared.gathered.alike


def retitled(entry: Entry) -> Entry:
    """The same dataset with another title."""
    content = records.full(entry.iri, "Zones humides et asthme")
    return replace(entry, canonical=content, digest=hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        (revised, True),
        (retitled, False),
        (lambda one: replace(one, withdrawn_at=records.MOMENT), False),
        (lambda one: replace(one, verdict=Verdict.FLAGGED), False),
    ],
)
def test_lists_taken_over_unread_are_those_that_would_be_written(
    tmp_path: Path, change: Callable[[Entry], Entry], alike: bool
) -> None:
    """Whatever changed, a renewed release is the one made of the same datasets at once."""
    one, other = records.config(tmp_path / "one"), records.config(tmp_path / "other")
    entries = records.entries()
    publish(one, entries)
    changed = change(entries[1])
    now = [entries[0], changed, *entries[2:]]
    assert renew(one, now, [changed], later=1) is alike
    publish(other, now, later=1)
    assert tree(site(one)) == tree(site(other))
    keys = [json.loads((site(c).parent / "release.json").read_text("utf-8"))["pages"]
            for c in (one, other)]  # fmt: skip
    assert keys[0] == keys[1]


def keyed(entry: Entry, *keywords: str) -> Entry:
    """The same dataset with these keywords besides."""
    said = "".join(
        f'<{entry.iri}> <http://www.w3.org/ns/dcat#keyword> "{one}"@fr .\n' for one in keywords
    )
    content = entry.canonical + said.encode()
    return replace(entry, canonical=content, digest=hashlib.sha256(content).hexdigest())


def test_the_nearest_datasets_are_those_of_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keywords come and datasets go: each page names what is near now, read or remembered."""
    monkeypatch.setattr(rows, "_MOST", 2)
    one = records.config(tmp_path / "one")
    now = [keyed(entry, f"paire {n // 2}", "asthme") for n, entry in enumerate(many(12))]
    publish(one, now)
    steps: list[tuple[int, Callable[[Entry], Entry]]] = [
        (0, lambda entry: keyed(entry, "paire 3", "grippe")),
        (1, revised),
        (5, lambda entry: keyed(entry, "grippe")),
        (6, lambda entry: replace(entry, withdrawn_at=records.MOMENT)),
        (7, revised),
    ]
    for later, (at, change) in enumerate(steps, 1):
        now[at] = change(now[at])
        renew(one, now, [now[at]], later)
        other = records.config(tmp_path / f"other-{later}")
        publish(other, now, later)
        assert tree(site(one)) == tree(site(other))
        remembered = [tree(site(c).parent / "cards") for c in (one, other)]
        assert remembered[0] == remembered[1]
    page = (site(one) / "dataset" / "jeu-7.html").read_text("utf-8")
    assert "jeu-6.html" not in page[page.index('id="related"') :]


def stating(entry: Entry, name: str, value: str) -> Entry:
    """The same dataset, of which this is said besides."""
    content = entry.canonical + f"<{entry.iri}> {term(name)} {value} .\n".encode()
    return replace(entry, canonical=content, digest=hashlib.sha256(content).hexdigest())


def test_datasets_that_a_description_names_are_those_of_a_rebuild(tmp_path: Path) -> None:
    """A page names another dataset as this is called now, and only while it is published."""
    one = records.config(tmp_path / "one")
    now = many(2)
    now[0] = stating(now[0], "dct:source", f"<{now[1].iri}>")
    publish(one, now[:1])
    page = site(one) / "en/dataset/jeu-0.html"
    link = '<a href="/en/dataset/jeu-1.html">'
    assert link not in page.read_text("utf-8")
    renamed = records.poor(now[1].iri, "Séjours de 2025")
    titled = replace(now[1], canonical=renamed, digest=hashlib.sha256(renamed).hexdigest())
    gone = replace(titled, withdrawn_at=records.MOMENT)
    steps = [(now[1], "Jeu 1"), (titled, "Séjours de 2025"), (gone, None)]
    for later, (entry, title) in enumerate(steps, 1):
        renew(one, [now[0], entry], [entry], later)
        other = records.config(tmp_path / f"other-{later}")
        publish(other, [now[0], entry], later)
        assert tree(site(one)) == tree(site(other))
        remembered = [tree(site(c).parent / "cards") for c in (one, other)]
        assert remembered[0] == remembered[1]
        assert (f'{link}<bdi lang="fr">{title}</bdi>' in page.read_text("utf-8")) is bool(title)


def test_another_limit_of_the_index_is_another_release(tmp_path: Path) -> None:
    """The search goes over to the read interface as soon as the operator wants it to."""
    config = records.config(tmp_path)
    entries = records.entries()
    publish(config, entries)
    words = site(config) / "search" / "fr.json"
    assert "shards" in json.loads(words.read_bytes())
    publication = replace(config.publication, search_index_up_to=1)
    config = replace(config, publication=publication)
    assert publish(config, entries) is not None
    words = site(config) / "search" / "fr.json"
    assert "shards" not in json.loads(words.read_bytes())
    assert not (site(config) / "pagefind").exists()


def test_pages_are_written_again_where_the_file_has_another_syntax(tmp_path: Path) -> None:
    """What is told to add to it is in that syntax, also where no address of it can be shown."""
    config, entries = records.config(tmp_path), records.entries()
    first, *others = config.sources
    told = []
    for name in ("jeux.ttl", "jeux.jsonld"):
        source = replace(first, kind="file", location=name)
        now = replace(config, sources=(source, *others))
        prepared = release.prepare(now, Known(entries, ()), records.runs(), records.MOMENT)
        assert prepared is not None
        release.switch(now, prepared)
        told.append(holdings.read(prepared.folder))
    changed = {entry.slug for entry in entries if told[0][entry.slug] != told[1][entry.slug]}
    assert changed == {entry.slug for entry in entries if entry.source == first.id}


def test_a_list_that_was_lost_is_written_again(tmp_path: Path) -> None:
    """Where its file is neither in the live release nor to be written over."""
    config, entries = records.config(tmp_path), records.entries()
    publish(config, entries)
    lost = site(config) / "access" / "restricted.html"
    whole = lost.read_bytes()
    lost.unlink()
    changed = revised(entries[1])
    renew(config, [entries[0], changed, *entries[2:]], [changed], later=1)
    assert lost.read_bytes() == whole


def test_a_list_of_a_theme_shows_every_change(tmp_path: Path) -> None:
    """A theme may put on its lists what ours have not: there nothing is taken for unchanged."""
    config = records.config(tmp_path)
    templates = config.root / "theme" / "templates"
    templates.mkdir(parents=True)
    (templates / "items.html").write_text(
        "{% macro item(card, heading, with_holder) %}<li>{{ card.entry.digest }}</li>"
        "{% endmacro %}{% macro pager(part) %}{% endmacro %}"
    )
    entries = records.entries()
    publish(config, entries)
    changed = revised(entries[1])
    publish(config, [entries[0], changed, *entries[2:]], later=1)
    for name in ("datasets/i.html", "access/restricted.html", "holder/chu-rivemont.html"):
        assert changed.digest in (site(config) / name).read_text("utf-8")


def test_another_program_writes_everything_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, upgrade: Callable[[str], None]
) -> None:
    """An upgrade may write any file otherwise: none of those of before is taken over unread."""
    config, entries = records.config(tmp_path), records.entries()
    publish(config, entries)
    calendar = next((site(config) / "holder").glob("*/checks.ics"))
    assert f"//{__version__}//" in calendar.read_text("utf-8")
    monkeypatch.setattr(calendars, "__version__", "99.0")
    assert publish(config, entries, later=1) is None
    upgrade("calendars.py")
    assert publish(config, entries, later=1) is not None
    calendar = site(config) / calendar.relative_to(calendar.parents[2])
    assert "//99.0//" in calendar.read_text("utf-8")


@pytest.mark.parametrize("name", ["__init__.py", "categories.py", "red.ttl", "items.html"])
def test_any_file_of_the_program_makes_it_another(
    upgrade: Callable[[str], None], name: str
) -> None:
    """Version, law, terms or templates: whichever changed, pages are written again."""
    before = themes.fingerprint()
    upgrade(name)
    assert themes.fingerprint() != before
