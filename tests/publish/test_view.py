"""What a dataset's page shows of what its holder said."""

from pathlib import Path

from red_catalog.publish.dataset import forms
from red_catalog.publish.dataset.view import view
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
