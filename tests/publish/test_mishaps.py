"""Bugs that one dataset's files meet."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.model import Entry, Report
from red_catalog.publish import bugs, release
from red_catalog.publish.bugs import MishapError
from red_catalog.publish.dataset import forms
from red_catalog.publish.release import Prepared
from red_catalog.publish.stock import Held, Name, Stock
from red_catalog.publish.web.rules import Lore
from red_catalog.rdf import xmlsafe
from tests.publish import records

ILL = "urgences-7"


def entries(count: int) -> list[Entry]:
    """So many datasets of one hospital."""
    one = records.entries()[0]
    found = []
    for number in range(count):
        iri = f"{records.CHU}urgences/{number}"
        content = records.full(iri, f"Passages aux urgences, site {number}")
        digest = hashlib.sha256(content).hexdigest()
        found.append(replace(one, iri=iri, slug=f"urgences-{number}", canonical=content,
                             digest=digest))  # fmt: skip
    return found


def publish(config: Config, found: Stock | list[Entry], lore: Lore = Lore()) -> Prepared:  # noqa: B008
    """Prepares a release and switches to it."""
    prepared = release.prepare(config, found, records.runs(), records.MOMENT, lore=lore)
    assert prepared is not None
    release.switch(config, prepared)
    return prepared


def spoil(
    monkeypatch: pytest.MonkeyPatch, name: str, ill: tuple[str, ...] = (ILL,),
    error: type[Exception] = TypeError,
) -> None:  # fmt: skip
    """Has what makes files meet a bug at these datasets."""
    sound = getattr(forms, name)

    def stumble(site: Any, entry: Entry, *rest: Any) -> Iterator[tuple[str, bytes]]:
        for file in sound(site, entry, *rest):
            yield file
            if entry.slug in ill and not file[0].endswith(".ttl"):
                raise error("day is out of range")

    monkeypatch.setattr(forms, name, stumble)


def page(config: Config, slug: str, language: str = "") -> str:
    """A dataset's live page."""
    return (config.public / f"current/site/{language}dataset/{slug}.html").read_text("utf-8")


def test_a_bug_at_one_dataset_keeps_no_other_from_being_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page says in both languages that it could not be made, and leads to its files."""
    spoil(monkeypatch, "render_pages")
    config = records.config(tmp_path)
    prepared = publish(config, entries(12))
    assert "Passages aux urgences, site 8" in page(config, "urgences-8")
    assert "n’a pas pu être faite" in page(config, ILL)
    assert "could not be made" in page(config, ILL, "en/")
    for suffix in ("ttl", "jsonld", "rdf", "nt", "bib"):
        assert f"dataset/{ILL}.{suffix}" in page(config, ILL)
        assert (config.public / f"current/site/dataset/{ILL}.{suffix}").is_file()
    (bug,) = prepared.manifest["bugs"].items()
    assert bug[0].endswith("/7")
    assert "TypeError: day is out of range" in bug[1]


def test_a_bug_in_one_syntax_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and every file that can be made are there."""
    sound = xmlsafe.write

    def stumble(ordered: bytes, prefixes: dict[str, str]) -> bytes:
        assert b"urgences/7>" not in ordered, "a name that XML does not know"
        return sound(ordered, prefixes)

    monkeypatch.setattr(xmlsafe, "write", stumble)
    config = records.config(tmp_path)
    prepared = publish(config, entries(12))
    assert "Passages aux urgences, site 7" in page(config, ILL)
    there = {p.suffix for p in (config.public / "current/site/dataset").glob(f"{ILL}.*")}
    assert there == {".html", ".csv", ".ttl", ".jsonld", ".nt"}
    assert len(prepared.manifest["bugs"]) == 1


class Quiet(Held):
    """Datasets of which none changed since the live release."""

    def since(self, release: str) -> Sequence[Name]:  # noqa: ARG002
        """None."""
        return []


def confound(entry: Entry, report: Report) -> None:
    """Explains no report, and meets a bug at one dataset."""
    if entry.slug == ILL:
        raise TypeError("day is out of range")


def without_problems(prepared: Prepared) -> list[str]:
    """The datasets of which no problem is counted, by page name."""
    return [slug for slug, row in prepared.gathered.rows.items() if not row.card.kinds]


def test_a_bug_in_explaining_one_dataset_keeps_no_other_from_being_published(
    tmp_path: Path,
) -> None:
    """Its page could not be made and none of its problems is counted, until it is mended."""
    config = records.config(tmp_path)
    found = [replace(one, report=records.lacking(one.iri)) for one in entries(12)]
    prepared = publish(config, found, Lore(problems=confound))
    assert "Passages aux urgences, site 8" in page(config, "urgences-8")
    assert "n’a pas pu être faite" in page(config, ILL)
    (bug,) = prepared.manifest["bugs"].items()
    assert bug[0].endswith("/7")
    assert "TypeError: day is out of range" in bug[1]
    assert without_problems(prepared) == [ILL]
    mended = publish(config, Quiet(found))
    assert mended.gathered.fresh == [ILL]
    assert "Passages aux urgences, site 7" in page(config, ILL)
    assert not without_problems(mended)


def test_the_next_publication_tries_again(tmp_path: Path) -> None:
    """Nothing else changed, and the page is there once the bug is mended."""
    config = records.config(tmp_path)
    with pytest.MonkeyPatch.context() as spoilt:
        spoil(spoilt, "render_pages")
        publish(config, entries(12))
        publish(config, entries(12))
        assert "n’a pas pu être faite" in page(config, ILL)
    mended = publish(config, entries(12))
    assert not mended.manifest["bugs"]
    assert "Passages aux urgences, site 7" in page(config, ILL)
    assert release.prepare(config, entries(12), records.runs(), records.MOMENT) is None


def test_a_bug_at_many_datasets_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue whose pages say that they could not be made would serve nobody."""
    config = records.config(tmp_path)
    spoil(monkeypatch, "render_pages", (ILL, "urgences-3"))
    with pytest.raises(MishapError, match="2 datasets, the first of which") as caught:
        publish(config, entries(12))
    assert "day is out of range" in caught.value.__notes__[0]
    assert not (config.public / "current").exists()


@pytest.mark.parametrize("error", [RedError, OSError, MemoryError])
def test_operator_trouble_is_no_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """A broken theme or a full disk stops the publication, as ever."""
    spoil(monkeypatch, "render_pages", error=error)
    with pytest.raises(error, match="day is out of range"):
        publish(records.config(tmp_path), entries(12))


def test_one_in_ten_is_few_and_eleven_are_many() -> None:
    """However large the catalogue is, somebody has to look at eleven; one stops no small one."""
    ill = {f"{records.CHU}{n}": "TypeError" for n in range(11)}
    few = dict(list(ill.items())[:10])
    bugs.expect_few(few, 100)
    bugs.expect_few({}, 0)
    bugs.expect_few(dict(list(ill.items())[:1]), 3)
    for found, count in ((few, 99), (ill, 100_000)):
        with pytest.raises(MishapError):
            bugs.expect_few(found, count)
