"""What a dataset's page shows of what its holder said."""

from pathlib import Path

from red_catalog.publish.dataset import forms
from red_catalog.publish.dataset.view import view
from red_catalog.publish.web.markup import writer
from red_catalog.publish.web.site import site
from tests.publish import records

IRI = f"{records.CHU}frontaliers"


def shown(root: Path, *more: tuple[str, str], title: str | None = None) -> dict[str, str]:
    """The page of a dataset in each language; `more`: what is said of it besides."""
    entry = records.entry(IRI, "frontaliers-1a2b", records.poor(IRI, title, *more))
    written = forms.render_pages(site(records.config(root)), entry)
    return {"en" if name.startswith("en/") else "fr": page.decode() for name, page in written}


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


def test_a_language_that_is_the_only_one_is_told_once() -> None:
    """A title in German alone is the heading, and stands nowhere else."""
    said = ("dct:title", records.words("Krebsregister am Oberrhein", "de"))
    assert view(records.entry(IRI, "x", records.poor(IRI, None, said))).elsewhere == []


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
