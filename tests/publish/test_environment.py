"""Templates: kept compiled from one process to the next, whatever becomes of the files."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog import publish
from red_catalog.config import Config
from red_catalog.publish.web import environment
from red_catalog.publish.web.site import page, site
from tests.publish import records


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A catalogue whose templates have not been compiled yet."""
    return records.config(tmp_path)


def about(settings: Config) -> bytes:
    """The page of the catalogue, as another process writes it."""
    environment.environment.cache_clear()
    return page(site(settings), "fr", "about.html", "about.html")


def kept(settings: Config) -> list[Path]:
    """The files in which templates are kept."""
    return sorted((settings.var / "templates").iterdir())


def test_templates_are_compiled_once(settings: Config) -> None:
    """What another process compiled is taken as it is, and the page is the same."""
    first = about(settings)
    files = {path: path.stat().st_mtime_ns for path in kept(settings)}
    assert files
    assert about(settings) == first
    assert {path: path.stat().st_mtime_ns for path in kept(settings)} == files


@pytest.mark.parametrize("size", [0, 20, 60, 400])
def test_a_file_cut_short_does_no_harm(settings: Config, size: int) -> None:
    """After a crash a template may be there in part: it is compiled again."""
    first = about(settings)
    for path in kept(settings):
        path.write_bytes(path.read_bytes()[:size])
    assert about(settings) == first


def test_a_folder_that_cannot_be_written_does_no_harm(settings: Config) -> None:
    """Where templates cannot be kept, pages are written all the same."""
    settings.var.mkdir(parents=True)
    (settings.var / "templates").write_text("no folder")
    assert b"<h1" in about(settings)


def test_another_title_has_its_own_templates(settings: Config) -> None:
    """Templates hold the catalogue's title: with another title none of the old ones is left."""
    about(settings)
    old = kept(settings)
    other = replace(settings.catalogue, title={"fr": "Autre registre", "en": "Other register"})
    assert b"Autre registre" in about(replace(settings, catalogue=other))
    assert not {*old} & {*kept(settings)}


def test_braces_in_a_title_are_text(settings: Config) -> None:
    """A title that looks like an expression of templates is shown as it is written."""
    odd = replace(settings.catalogue, title={"fr": "{{ 7 * 7 }} {% if %}", "en": "{{ site }}"})
    written = about(replace(settings, catalogue=odd)).decode()
    assert "&#123;&#123; 7 * 7 }} &#123;% if %}" in written
    assert "49" not in written.partition("</title>")[0]


def test_whatever_scrolls_by_keyboard_has_a_name() -> None:
    """A box that takes the focus says what it is, in pages and in reports of checks."""
    boxes = [
        box
        for folder in ("web", "checks")
        for path in (Path(publish.__file__).parent / folder / "templates").iterdir()
        for box in re.findall(r'<[^<>]*tabindex="0"(?:[^<>]|{{[^{}]*}})*>', path.read_text("utf-8"))
    ]
    assert len(boxes) > 20
    assert [box for box in boxes if not re.search(r'role="region".* aria-label', box)] == []
