"""Mistakes in the templates of a theme: the operator's to correct, told with file and line."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.pipeline.desk.diagnosing import diagnose
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.publish.web.site import check_theme, macro, page, site
from tests.publish import records


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A catalogue with a theme."""
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    return records.config(tmp_path)


def write(settings: Config, name: str, text: str | bytes) -> None:
    """A template of the theme."""
    content = text if isinstance(text, bytes) else text.encode()
    (settings.root / "theme" / "templates" / name).write_bytes(content)


# What stands on the third line, what is said of it, and whether it shows without a page.
MISTAKES = [
    ("{% if x %}", "Unexpected end of template", True),
    ("{{ x | majuscule }}", "No filter named 'majuscule'", True),
    ('{{ _("Bienvenue au CHU") }}', "there is no sentence 'Bienvenue au CHU'", True),
    ('{{ _("Accueil %(x)s", x=1) }}', "there is no sentence, or value, 'Accueil %(x)s'", False),
    ("{{ catalogue.titel }}", "has no attribute 'titel'", False),
    ("{{ nulle_part }}", "'nulle_part' is undefined", False),
    ('{% include "pied.html" %}', "there is no template pied.html", False),
    ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero", False),
]


@pytest.mark.parametrize(("line", "said", "seen"), MISTAKES)
def test_a_mistake_in_a_theme_is_told(settings: Config, line: str, said: str, seen: bool) -> None:
    """Whatever it is, one sentence gives its file, its line and what to do."""
    text = '{% extends "red/404.html" %}\n{% block main %}\n' + line + "\n"
    write(settings, "404.html", text if said.startswith("Unexp") else text + "{% endblock %}\n")
    with pytest.raises(RedError) as raised:
        page(site(settings), "fr", "404.html", "404.html")
    told = str(raised.value)
    assert told.startswith(f"{settings.root / 'theme' / 'templates' / '404.html'}, line ")
    assert ", line 3: " in told or said.startswith("Unexp")
    assert said in told
    assert "\n" not in told
    if seen:
        with pytest.raises(RedError, match="take the file away to have ours"):
            check_theme(site(settings))
    else:
        assert check_theme(site(settings)) == 1


def test_another_encoding_is_told(settings: Config) -> None:
    """A template that an old editor saved is named with the line of its first accent."""
    write(settings, "404.html", '{% extends "red/404.html" %}\nDépôt'.encode("latin-1"))
    for work in (check_theme, lambda one: page(one, "fr", "404.html", "404.html")):
        with pytest.raises(RedError, match=r"404\.html, line 2: not in UTF-8: save it again"):
            work(site(settings))


def test_a_mistake_in_a_macro_is_told(settings: Config) -> None:
    """What is written apart from pages errs at its line, too."""
    write(settings, "items.html", "{% macro item(card) %}\n{{ card.titel }}\n{% endmacro %}")
    with pytest.raises(RedError, match=r"items\.html, line 2: .*no attribute 'titel'"):
        macro(site(settings), "fr", "items.html", "item")("Lits")


def test_a_macro_that_a_copy_lacks_is_told(settings: Config) -> None:
    """An older copy of ours has not what our other templates call: it is the one to correct."""
    for name in ("items.html", "cards.html"):
        write(settings, name, "{% macro autre() %}{% endmacro %}")
    with pytest.raises(RedError, match=r"items\.html: there is no macro item, which pages call:"):
        macro(site(settings), "fr", "items.html", "item")
    for page_name, name, said in (("404", "entry", "cards"), ("410", "nulle_part", "410")):
        text = '{% import "cards.html" as cards with context %}{{ cards.' + name + "() }}"
        write(settings, f"{page_name}.html", text)
        with pytest.raises(RedError, match=rf"{said}\.html.*: there is no macro {name}, which "):
            page(site(settings), "fr", f"{page_name}.html", "404.html")


def test_a_bug_of_ours_keeps_its_traceback(settings: Config) -> None:
    """Beside a theme's template, one of ours that errs is no mistake of the operator."""
    write(settings, "404.html", '{% extends "red/404.html" %}\n')
    with pytest.raises(UndefinedError):
        page(site(settings), "fr", "dataset.html", "dataset/x.html")


def test_the_doctor_reads_the_theme(tmp_path: Path) -> None:
    """Templates that cannot be read are ill before anything is published."""
    initialise(tmp_path)
    place = tmp_path / "theme" / "templates"
    place.mkdir(parents=True)
    (place / "about.html").write_text('{% extends "red/about.html" %}', "utf-8")
    (found,) = [one for one in diagnose(tmp_path / "red.toml") if one.subject == "theme"]
    assert (found.well, found.seen) == (True, "1 template in place of ours")
    (place / "home.html").write_text("\n{% fin %}", "utf-8")
    (found,) = [one for one in diagnose(tmp_path / "red.toml") if one.subject == "theme"]
    assert not found.well
    assert "home.html, line 2: Encountered unknown tag 'fin'" in found.seen
