"""What a catalogue says before it holds anything."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog.publish import release
from tests.publish import records

NONE = {
    "": ("Aucun jeu de données n’est encore publié.", "Aucun détenteur n’est encore connu."),
    "en/": ("No dataset is published yet.", "No holder is known yet."),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web root of a catalogue without holders, sources and datasets."""
    config = replace(records.config(tmp_path_factory.mktemp("empty")), holders=(), sources=())
    prepared = release.prepare(config, [], [], datetime(1970, 1, 1, tzinfo=UTC))
    assert prepared is not None
    return prepared.folder / "site"


@pytest.mark.parametrize("start", NONE)
def test_an_empty_catalogue_says_that_it_is_empty(empty: Path, start: str) -> None:
    """Each page that would list something says in a sentence that there is nothing yet."""
    dataset, holder = NONE[start]
    told = {"datasets": dataset, "quality": dataset, "index": dataset,
            "holders": holder, "coverage": holder, "duties": holder}  # fmt: skip
    for name, sentence in told.items():
        page = (empty / f"{start}{name}.html").read_text("utf-8")
        assert f'<p class="empty">{sentence}</p>' in page, name


def test_an_empty_catalogue_says_nothing_of_nothing(empty: Path) -> None:
    """No day on which nothing happened, no share of nothing, no table without rows, no search."""
    for file in (*empty.glob("*.html"), *empty.glob("en/*.html")):
        page, name = file.read_text("utf-8"), file.relative_to(empty).as_posix()
        assert "1970" not in page, name
        assert not re.search(r"\b0\s?%", page), name
        if not name.endswith("clock.html"):  # its script fills the table
            assert not re.search(r"<(tbody|ul|ol|dl)[^>]*>\s*</", page), name
        if name.endswith("datasets.html"):
            assert "search.js" not in page


def test_a_catalogue_tells_when_it_last_changed(published: Path) -> None:
    """Where something changed, the pages of the data and of the start say when."""
    for name in ("data.html", "index.html"):
        assert "État du catalogue au 20 novembre 2026" in (published / name).read_text("utf-8")
