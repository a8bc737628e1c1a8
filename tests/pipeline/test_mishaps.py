"""A bug at one dataset, whatever of it is made, keeps no other from being published."""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from red_catalog.config import Config
from red_catalog.model import Announcement, Entry
from red_catalog.pipeline.publishing import Published, publish
from red_catalog.publish import gathering
from red_catalog.publish.bugs import MishapError
from red_catalog.publish.data import dumps, feeds
from red_catalog.publish.federation import paging, stream
from red_catalog.publish.lists import related
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.search import fragments
from red_catalog.rdf.skolem import skolemise
from red_catalog.register.ledger import Register
from red_catalog.store.index import INDEX
from red_catalog.store.searching import Index
from tests.bench.corpus import change
from tests.pipeline.test_publishing import COUNT, dump, indexed, make_published, rebuild, tree, turn


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A catalogue of generated datasets, harvested and published."""
    return make_published(tmp_path / "red")


def one(settings: Config) -> tuple[str, str]:
    """Page name and IRI of the dataset that meets the bug."""
    with Register.open(settings.register) as register:
        return register.names()[7]


def about(given: Iterable[Any]) -> set[str]:
    """The IRIs of the datasets that a call is about."""
    found = set()
    for value in given:
        entry = value.entry if isinstance(value, Card) else value
        if isinstance(entry, Entry | Announcement | paging.Member):
            found.add(entry.iri)
        elif isinstance(entry, tuple):
            found |= {text for text in entry if isinstance(text, str)}
    return found


def spoil(monkeypatch: pytest.MonkeyPatch, place: ModuleType, name: str, ill: str) -> None:
    """Has a function meet a bug at one dataset, unless nothing is said of it."""
    sound = getattr(place, name)

    def stumble(*given: Any, **more: Any) -> Any:
        empty = any(isinstance(v, Entry) and not v.canonical for v in given)
        bare = any(isinstance(v, Card) and not v.titles for v in given)
        if ill in about(given) and not empty and not bare:
            raise TypeError("day is out of range")
        return sound(*given, **more)

    monkeypatch.setattr(place, name, stumble)


def again(settings: Config) -> Published:
    """A release of what the register holds."""
    with Register.open(settings.register) as register:
        return publish(settings, register)


def paged(settings: Config, kind: str) -> str:
    """The pages of datasets or of events of the feed of the whole catalogue, in one syntax."""
    top = settings.public / "current" / "site" / "feed" / "catalogue" / kind
    return "".join(p.read_text("utf-8") for p in top.iterdir() if p.suffix in {".ttl", ".trig"})


def in_dumps(settings: Config, iri: str) -> list[bool]:
    """Whether each dump describes a dataset."""
    top = settings.public / "current" / "site" / "dumps"
    start = f"<{iri}> ".encode()
    return [
        any(line.startswith(start) for line in gzip.decompress(path.read_bytes()).split(b"\n"))
        for path in sorted(top.glob("*.gz"))
    ]


@contextmanager
def meeting(settings: Config, place: ModuleType, name: str, ill: str) -> Iterator[str]:
    """Publishes all anew, of which one dataset meets a bug; gives its traceback.

    A publication after that meets it again.
    """
    with pytest.MonkeyPatch.context() as spoilt:
        spoil(spoilt, place, name, ill)
        change(settings.root, 2, share=1.0)
        published = turn(settings)
        assert [*published.bugs] == [ill]
        yield published.bugs[ill]
        assert [*again(settings).bugs] == [ill]


def assert_mended(settings: Config, folder: Path) -> None:
    """The next publication has all of it, as one from nothing does, and tells no bug."""
    mended = again(settings)
    assert (mended.fresh, mended.bug) == (True, None)
    folder.mkdir()
    other = rebuild(settings, folder)
    told, wanted = tree(settings), tree(other)
    del told["release.json"], wanted["release.json"]
    assert told == wanted
    assert indexed(settings) == indexed(other)
    assert dump(settings) == dump(other)
    assert not again(settings).fresh


@pytest.mark.parametrize(
    ("place", "name"),
    [(gathering, "card"), (fragments, "fragment"), (feeds, "_change")],
)
def test_a_dataset_without_a_card_is_listed_under_its_iri(
    settings: Config, tmp_path: Path, place: ModuleType, name: str
) -> None:
    """Its card, what the search is told of it, or its part of a list cannot be made."""
    slug, iri = one(settings)
    with meeting(settings, place, name, iri) as trace:
        assert "day is out of range" in trace
        site = settings.public / "current" / "site"
        assert "could not be made" not in (site / f"en/dataset/{slug}.html").read_text("utf-8")
        found = Index(settings.public / "current" / INDEX)
        assert len(found.changes("", "9")) == COUNT
        assert iri in (site / "datasets" / "other.html").read_text("utf-8")
        assert in_dumps(settings, iri) == [True, True]
    assert_mended(settings, tmp_path / "other")


@pytest.mark.parametrize(
    ("place", "name"),
    [(dumps, "describe_record"), (paging, "_say"), (stream, "event_iri")],
)
def test_a_dataset_is_in_all_dumps_and_feeds_or_in_none(
    settings: Config, tmp_path: Path, place: ModuleType, name: str
) -> None:
    """Where its part of one meets a bug no other has it, nor the store."""
    slug, iri = one(settings)
    with meeting(settings, place, name, iri):
        assert in_dumps(settings, iri) == [False, False]
        assert not any(quad.startswith(f"<subject=<{iri}>") for quad in dump(settings))
        assert f"/record/{slug}>" not in paged(settings, "pages")
        assert iri not in paged(settings, "events")
        assert (settings.public / f"current/site/dataset/{slug}.ttl").is_file()
    assert_mended(settings, tmp_path / "other")
    assert iri in paged(settings, "events")


def afresh(settings: Config) -> Published:
    """A release that takes nothing over."""
    with Register.open(settings.register) as register:
        return publish(settings, register, afresh=True)


def spoil_first_versions(
    monkeypatch: pytest.MonkeyPatch, settings: Config, iris: Iterable[str]
) -> None:
    """Has events meet a bug that tell of the first version of these datasets."""
    with Register.open(settings.register) as register:
        first = {register.versions(iri)[0].canonical for iri in iris}

    def stumble(me: str, canonical: bytes, base: str) -> bytes:
        assert canonical not in first, "day is out of range"
        return skolemise(me, canonical, base)

    monkeypatch.setattr("red_catalog.publish.federation.payload.skolemise", stumble)


def test_an_event_that_cannot_be_told_is_on_its_page_once_it_can(
    settings: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of a version of before, on a page that is full: the dataset and all others are told."""
    monkeypatch.setattr(stream, "PAGE", 16)
    slug, iri = one(settings)
    change(settings.root, 2, share=1.0)
    turn(settings)
    with pytest.MonkeyPatch.context() as spoilt:
        spoil_first_versions(spoilt, settings, [iri])
        published = afresh(settings)
        assert [*published.bugs] == [iri]
        assert in_dumps(settings, iri) == [True, True]
        assert f"/record/{slug}>" in paged(settings, "pages")
        assert paged(settings, "events").count(f"#object> <{iri}>") == 1
    assert_mended(settings, tmp_path / "other")
    assert paged(settings, "events").count(f"#object> <{iri}>") == 2


def test_a_bug_at_many_events_publishes_nothing(
    settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would miss on its page for no matter of its dataset's: what is live stays."""
    change(settings.root, 2, share=1.0)
    turn(settings)
    before = paged(settings, "events")
    with Register.open(settings.register) as register:
        some = [iri for _, iri in register.names()][: COUNT // 2]
    spoil_first_versions(monkeypatch, settings, some)
    with pytest.raises(MishapError, match=f"at {len(some)} datasets.*nothing was published"):
        afresh(settings)
    assert paged(settings, "events") == before


def test_a_bug_that_no_dataset_meets_alone_is_told(
    settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one in what is taken over from the live release: all is made anew, and published."""

    def stumble(*_: Any) -> bool:
        raise TypeError("day is out of range")

    monkeypatch.setattr(related, "is_kin", stumble)
    change(settings.root, 2, share=0.1)
    published = turn(settings)
    assert (published.fresh, published.bugs) == (True, {})
    assert published.bug is not None
    assert "day is out of range" in "".join(published.bug.__notes__)
    assert not again(settings).fresh
