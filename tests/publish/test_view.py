"""What a dataset's page shows of what its holder said."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from red_catalog.publish.dataset import forms
from red_catalog.publish.dataset.view import view
from red_catalog.publish.lists.cards import Card, card, light
from red_catalog.publish.web.markup import writer
from red_catalog.publish.web.site import site
from tests.bench.rdflib_way import by_rdflib
from tests.publish import records

IRI = f"{records.CHU}frontaliers"


def shown(
    root: Path, *more: tuple[str, str], title: str | None = None, named: Sequence[Card] = ()
) -> dict[str, str]:
    """The page of a dataset in each language.

    `more`: what is said of it besides; `named`: those of the catalogue that it names.
    """
    entry = records.entry(IRI, "frontaliers-1a2b", records.poor(IRI, title, *more))
    besides = forms.Besides(named=named)
    written = forms.render_pages(site(records.config(root)), entry, besides)
    return {"en" if name.startswith("en/") else "fr": page.decode() for name, page in written}


def test_a_period_that_is_an_address_with_a_name_is_told(tmp_path: Path) -> None:
    """Whoever takes the wrong code has a page all the same: its name stands, once."""
    place = "http://publications.europa.eu/resource/authority/country/FRA"
    said = [
        ("dct:temporal", f"<{place}>"),
        ("dct:temporal", "<http://data.europa.eu/nuts/code/FR10>"),
    ]
    page = shown(tmp_path, *said)["fr"]
    strip = page.partition('<dl class="strip">')[2].partition("</dl>")[0]
    assert "France" in strip
    assert "Île-de-France" in strip


def test_what_is_said_in_a_third_language_is_on_both_pages(tmp_path: Path) -> None:
    """Titles and descriptions that are neither French nor English stand below the summary."""
    said = [
        ("dct:title", records.words("Cross-border workers", "en")),
        ("dct:title", records.words("Gesundheit der Grenzgänger", "de")),
        ("dct:description", records.words("Enquête auprès des frontaliers.")),
        ("dct:description", records.words("Umfrage unter Grenzgängern.", "de-CH")),
    ]
    for page in shown(tmp_path, *said, title="Santé des frontaliers").values():
        below = page.partition('<details class="advice">')[2].partition("</details>")[0]
        assert '<bdi lang="de">Gesundheit der Grenzgänger</bdi>' in below
        assert '<div class="prose" lang="de-CH" dir="auto"><p>Umfrage unter' in below
        assert "Enquête" not in below


def test_no_title_of_several_in_a_language_is_lost(tmp_path: Path) -> None:
    """That in the language itself is the heading; the others stand in the summary."""
    said = [
        ("dct:title", records.words("Santé des navetteurs", "fr-BE")),
        ("dct:title", '"Enquête F-42"'),
        ("dct:title", records.words("Travailleurs frontaliers")),
    ]
    page = shown(tmp_path, *said)["fr"]
    assert re.search(r"<h1><bdi[^>]*>Travailleurs frontaliers</bdi></h1>", page)
    told = page.partition("<dt>Titre secondaire</dt>")[2].partition("</dl>")[0]
    assert "Santé des navetteurs" in told
    assert "Enquête F-42" in told
    assert "Titre secondaire" not in shown(tmp_path, said[2])["fr"]


def test_a_language_that_is_the_only_one_is_told_once() -> None:
    """A title in German alone is the heading, and stands nowhere else."""
    said = ("dct:title", records.words("Krebsregister am Oberrhein", "de"))
    assert view(records.entry(IRI, "x", records.poor(IRI, None, said))).elsewhere == []


def test_title_and_description_are_in_one_language() -> None:
    """Where they have neither French nor English, whichever text the alphabet has first."""
    said = [
        (name, records.words(text, tag))
        for name, fi, sv in (
            ("dct:title", "Syöpärekisteri", "Cancerregistret"),
            ("dct:description", "Hoidot", "Nya fall"),
        )
        for text, tag in ((fi, "fi"), (sv, "sv"))
    ]
    entry = records.entry(IRI, "rekisteri-1d1d", records.poor(IRI, None, *said))
    found = card(entry)
    told = found.summary("fr")
    assert (found.title("fr"), told and told.text) == ("Syöpärekisteri", "Hoidot")


def test_a_resource_without_a_name_is_told_where_it_stands() -> None:
    """What a policy and a measurement say is in their rows, and nothing given is told missing."""
    me = f"<{IRI}>"
    content = records.canonical([
        (me, "rdf:type", "a dcat:Dataset"),
        (me, "odrl:hasPolicy", "_:policy"),
        ("_:policy", "rdf:type", "a odrl:Policy"),
        ("_:policy", "odrl:permission", "_:permission"),
        ("_:permission", "odrl:action", "<http://www.w3.org/ns/odrl/2/use>"),
        (me, "dqv:hasQualityMeasurement", "_:measured"),
        ("_:measured", "dqv:value", records.typed("12", "integer")),
    ])  # fmt: skip
    shown = view(records.entry(IRI, "x", content))
    ((about, rows),) = shown.rest
    assert about.iri == IRI
    told = writer("fr").rows(rows)
    for name in ("Politique d’usage", "Autorisation", "Action", "Mesure de qualité"):
        assert f">{name}</dt>" in told
    assert "odrl/2/use</bdi>" in told
    assert 'value="12"' in told
    assert "Non renseigné" not in told
    said = writer("fr").several(shown.rights)
    assert said == '<span class="missing">Détails ailleurs sur cette page</span>'


def test_a_resource_of_which_nothing_is_said_is_not_given() -> None:
    """An empty node is what its holder left out."""
    content = records.poor(IRI, None, ("dct:rights", "_:empty"))
    said = writer("fr").several(view(records.entry(IRI, "x", content)).rights)
    assert said == '<span class="missing">Non renseigné</span>'


@pytest.mark.parametrize(
    ("code", "name"), [("fr", "Licence Ouverte 2.0"), ("en", "Open Licence 2.0 (Etalab)")]
)
def test_the_french_licence_is_called_by_its_name(code: str, name: str) -> None:
    """Though the European list lacks it: it links to its text."""
    licence = "https://spdx.org/licenses/etalab-2.0"
    content = records.poor(IRI, None, ("dct:license", f"<{licence}>"))
    about = view(records.entry(IRI, "x", content))
    written = writer(code).rows(about.sections["access"])
    assert re.search(f'<a[^>]*href="{licence}"[^>]*>{re.escape(name)}<', written)


def test_a_dataset_that_is_named_is_a_link_to_its_page(tmp_path: Path) -> None:
    """Its title leads to its page here, in the language of the page; other addresses lead out."""
    other, foreign = f"{records.CHU}sejours", "https://autre.example/jeu/1"
    said = [("dct:source", f"<{other}>"), ("dct:relation", f"<{foreign}>")]
    content = records.poor(other, "Séjours hospitaliers")
    named = card(records.entry(other, "sejours-1a2b", content))
    for code, page in shown(tmp_path, *said, named=(named,)).items():
        place = "/en/dataset" if code == "en" else "/dataset"
        assert f'<a href="{place}/sejours-1a2b.html"><bdi lang="fr">Séjours hospitaliers' in page
        assert other not in page
        assert f'<a class="bare" href="{foreign}" rel="nofollow">' in page
        assert "remplacé" not in page


def test_a_version_that_another_replaces_says_so_at_its_head(tmp_path: Path) -> None:
    """Whoever finds it is led to the dataset of this catalogue that replaces it."""
    other = f"{records.CHU}frontaliers-2"
    named = card(records.entry(other, "frontaliers-2", records.poor(other, "Frontaliers 2026")))
    said = ("dct:isReplacedBy", f"<{other}>")
    page = shown(tmp_path, said, named=(named,))["fr"]
    notice = page.partition('<p class="notice warn">')[2].partition("</p>")[0]
    assert "Ce jeu de données est remplacé par" in notice
    assert '<a href="/dataset/frontaliers-2.html">' in notice
    assert ">Remplacé par</dt>" in page.partition('id="provenance"')[2].partition("</section>")[0]
    unpublished = shown(tmp_path, said)["fr"]
    assert "Ce jeu de données est remplacé par" not in unpublished


def test_what_a_description_relates_to_is_remembered() -> None:
    """Each resource once, wherever in the description it is named; the dataset itself not."""
    me, other = f"<{IRI}>", f"<{records.CHU}a>"
    content = records.canonical([
        (me, "dct:relation", other),
        (me, "dcat:qualifiedRelation", "_:relation"),
        ("_:relation", "dct:relation", other),
        (f"<{IRI}/api>", "dcat:servesDataset", me),
        (f"<{IRI}/api>", "dcat:servesDataset", f"<{records.CHU}b>"),
        (me, "dct:source", '"le dossier patient"'),
        (me, "dct:conformsTo", f"<{records.CHU}norme>"),
    ])  # fmt: skip
    found = card(records.entry(IRI, "x", content))
    assert found.mentions == (f"{records.CHU}a", f"{records.CHU}b")
    assert light(found).mentions == found.mentions


def test_the_benchmark_fills_the_same_pages_from_rdflib(tmp_path: Path) -> None:
    """What ours are measured against does the same work, and follows its changes."""
    said = [("dct:description", records.words("Enquête auprès des frontaliers."))]
    ours = shown(tmp_path, *said)
    with by_rdflib():
        assert shown(tmp_path, *said) == ours


def test_a_group_of_tables_is_called_by_its_name_once(tmp_path: Path) -> None:
    """Above the first of its tables that is called otherwise."""
    said = [(f"<{IRI}>", "healthdcatap:hasVariables", "_:g")]
    said.append(("_:g", "dct:title", records.words("Dictionnaire de la cohorte")))
    for number, title in enumerate(("Inclusions", "Visites")):
        said += [
            ("_:g", "csvw:table", f"_:t{number}"),
            (f"_:t{number}", "dct:title", records.words(title)),
            (f"_:t{number}", "csvw:column", f"_:c{number}"),
            (f"_:c{number}", "csvw:name", '"patient"'),
        ]
    content = records.poor(IRI, "Cohorte") + records.canonical(said)
    about = site(records.config(tmp_path))
    pages = dict(forms.render_pages(about, records.entry(IRI, "frontaliers-1a2b", content)))
    variables = pages["dataset/frontaliers-1a2b.html"].decode().partition('id="variables"')[2]
    found = re.findall(r">(Dictionnaire de la cohorte|Inclusions|Visites)<", variables)
    assert found == ["Dictionnaire de la cohorte", "Inclusions", "Visites"]
