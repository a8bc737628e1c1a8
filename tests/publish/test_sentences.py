"""What pages say is true where it stands: articles, days, numbers, names."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.harvesters.spreadsheet import fields
from red_catalog.model import Finding, Problem, Severity
from red_catalog.publish import release
from red_catalog.publish.dataset import forms
from red_catalog.publish.web import rules
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import page, site
from tests.publish import records
from tests.publish.test_site import read


def test_what_a_table_moves_it_says(published: Path) -> None:
    """A last day at the weekend stands with the Monday that counts, and no other day does."""
    page = read(published, "clock.html")
    assert "26 mai 2029 (reporté au lundi 28 mai 2029)" in page
    assert "26 juin 2029 (reporté" not in page
    assert "Le calcul et les tableaux ne tiennent compte que des week-ends." in page
    english = read(published, "en/clock.html")
    assert "26 May 2029 (moves to Monday 28 May 2029)" in english


@pytest.mark.parametrize(("code", "folder"), [("fr", ""), ("en", "en/")])
def test_each_form_for_a_query_says_its_language(published: Path, code: str, folder: str) -> None:
    """So that what is wrong with the query is told in it, and not in the browser's."""
    page = read(published, f"{folder}sparql.html")
    forms_of_it = re.findall(r'<form[^>]* action="/sparql".*?</form>', page, re.DOTALL)
    assert len(forms_of_it) > 5
    assert all(f'name="lang" value="{code}"' in one for one in forms_of_it)


def test_help_and_periods_cite_the_same_articles(published: Path) -> None:
    """A permit and its life are of Articles 67 and 68, anonymous statistics of Article 69."""
    page = read(published, "en/users.html").partition('id="clock"')[2]
    assert re.findall(r"<td>([0-9–]+)</td>", page) == ["67–68", "67–68", "69", "72", "60", "68"]
    assert "10 years, renewable once for 10" in page
    lasting = "A permit lasts 10 years at most and can be renewed once for 10 (Article 68)."
    assert lasting in read(published, "en/clock.html")


def test_the_right_to_object_is_told_with_its_reservation(published: Path) -> None:
    """Article 71, and that the national means is not known."""
    page = read(published, "en/opt-out.html")
    assert "Article 71" in page
    assert "Unconfirmed: the national means of opting out under this article was not known" in page


@pytest.mark.parametrize(
    ("cited", "french"),
    [("60", "60"), ("60(3)", "60, paragraphe 3"), ("57(1)(j)", "57, paragraphe 1, point j)")],
)
def test_articles_are_cited_as_the_language_does(cited: str, french: str) -> None:
    """French names paragraph and point, English has both in brackets; letters alike."""
    assert (language("fr").article(cited), language("en").article(cited)) == (french, cited)
    assert (language("fr").letter("m"), language("en").letter("m")) == ("m)", "(m)")


def test_each_number_of_holders_has_its_verb(tmp_path: Path) -> None:
    """One describes, three describe; one is exempt, two are exempt."""
    config = records.config(tmp_path)
    first = config.holders[0]
    exempt = tuple(
        replace(first, id=f"chercheur-{n}", exempt={"fr": "chercheur", "en": "researcher"})
        for n in range(2)
    )
    alone = replace(first, id="institut-echo", holds_none=("EHRS",))
    config = replace(config, holders=(first, *exempt, alone))
    mine = [one for one in records.entries() if one.holder == first.id]
    prepared = release.prepare(config, mine, [], records.MOMENT, workers=1)
    assert prepared is not None
    page = read(prepared.folder / "site", "duties.html")
    for said in ("<b>1</b> décrit des", "<b>2</b> exemptés", "<b>1</b> déclare n’en avoir aucun"):
        assert said in page
    assert "<b>1</b> describes datasets" in read(prepared.folder / "site", "en/duties.html")


def test_a_profile_is_called_by_its_title(tmp_path: Path) -> None:
    """An id stands for a profile without pages alone."""
    shown = site(records.config(tmp_path), {"red": {"fr": "Contrôles", "en": "Checks"}})
    assert shown.profile("red", "1")["fr"] == "Contrôles"
    assert shown.profile("local", "2") == {"fr": "local (2)", "en": "local (2)"}


def test_a_problem_without_a_property_has_no_empty_name(tmp_path: Path) -> None:
    """Its link to the rule does not begin with a colon that nothing comes before."""
    entry = records.entries()[0]
    finding = Finding(
        Severity.VIOLATION, f"<{entry.iri}>", None, None, "sh:OrConstraintComponent",
        "<https://red-catalog.org/shapes/red#contact>",
        {"fr": "Donnez un contact.", "en": "Give a contact."},
    )  # fmt: skip
    entry = replace(entry, report=replace(entry.report, findings=(finding,)))
    name = entry.report.profile
    config = records.config(tmp_path)
    lore = rules.Lore("1", {name: {"fr": "Profil lu", "en": "Profile read"}})
    prepared = release.prepare(config, [entry], [], records.MOMENT, workers=1, lore=lore)
    assert prepared is not None
    page = read(prepared.folder / "site", "quality.html")
    assert f'href="/rules/{name}/contact.html">La règle</a>' in page
    assert '<th scope="row">Profil lu</th>' in page
    assert '<th scope="row">Profil lu</th>' in read(prepared.folder / "site", "duties.html")


@pytest.mark.parametrize("name", ["about.html", "privacy.html"])
def test_what_holds_descriptions_only_is_named(published: Path, name: str) -> None:
    """The sentence has its subject, whatever stands before it."""
    assert "Ce catalogue ne contient que des descriptions" in read(published, name)
    assert "This catalogue holds descriptions only" in read(published, f"en/{name}")


def test_privacy_promises_no_removal_from_backups(published: Path) -> None:
    """A name can leave the register; its backups keep it for a while, and the page says so."""
    told = "les sauvegardes le gardent jusqu’à ce que de nouvelles les remplacent"
    assert told in read(published, "privacy.html")
    assert "backups keep it until newer ones take their place" in read(published, "en/privacy.html")


def test_privacy_says_where_the_search_is_made(tmp_path: Path) -> None:
    """In the browser, by the server, or not at all; the draft of the form is told anyhow."""
    config = records.config(tmp_path)
    config = replace(config, publication=replace(config.publication, search_index_up_to=0))
    prepared = release.prepare(config, records.entries()[:1], [], records.MOMENT, workers=1)
    assert prepared is not None
    asked = read(prepared.folder / "site", "privacy.html")
    indexed, without = (
        page(site(config), "fr", "privacy.html", "privacy.html", finder=one).decode()
        for one in ("pagefind", None)
    )
    here, there = "La recherche se fait dans votre navigateur", "La recherche interroge le serveur"
    for text, said in ((asked, (False, True)), (indexed, (True, False)), (without, (False,) * 2)):
        assert (here in text, there in text) == said
        assert "Le formulaire qui décrit un jeu de données garde son brouillon" in text


def test_what_the_form_calls_mandatory_for_non_public_data_is() -> None:
    """Every column that is mandatory at some levels only is so where access is non-public."""
    asked = {one.column.needs for one in fields.known().values() if "M" in one.column.needs}
    assert asked == {"MMM", "--M", "RRM"}
    assert language("fr").gettext("mandatory for non-public access") == (
        "obligatoire pour un accès «\xa0non public\xa0»"
    )


def test_a_quoted_name_tells_its_language(published: Path, tmp_path: Path) -> None:
    """Names in another language than the page's are marked, in headings and in the crumbs."""
    crumb = '<li aria-current="page"><bdi lang="fr">Imagerie thoracique</bdi></li>'
    assert crumb in read(published, "en/dataset/imagerie-9c3d.html")
    entry = records.entries()[1]
    about = {
        "fr": "la distribution « Extraction CSV sécurisée »",
        "en": "the distribution “Extraction CSV sécurisée”",
    }
    name = {"fr": "Licence", "en": "Licence"}
    missing = Problem(
        Severity.WARNING, "missing", (f"<{entry.iri}/csv>",), about, None, name, name, name, name
    )
    besides = forms.Besides(problems=((missing,),))
    pages = dict(forms.render_pages(site(records.config(tmp_path)), entry, besides))
    english = pages["en/dataset/imagerie-9c3d.html"].decode()
    assert 'The distribution “<span lang="fr">Extraction CSV sécurisée</span>”' in english
    french = pages["dataset/imagerie-9c3d.html"].decode()
    assert "La distribution «\xa0Extraction CSV sécurisée\xa0»" in french
