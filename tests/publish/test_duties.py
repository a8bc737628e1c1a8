"""When the duty applies to a dataset, as pages and as statements."""

from pathlib import Path

from red_catalog.publish.description import describe_record
from red_catalog.publish.site import site
from tests.publish import records

TERM = "https://red.example.fr/duties#"
DAY = "<http://www.w3.org/2001/XMLSchema#date>"


def test_a_page_tells_both_days(published: Path) -> None:
    """A dataset of patient records and genomes applies from 2029, in part from 2031."""
    french = (published / "dataset" / "sejours-1a2b.html").read_text("utf-8")
    assert "s’applique à partir du 26 mars 2029, et pour une partie à partir du 26 mars 2031" in (
        french.replace("&#39;", "’")
    )
    english = (published / "en" / "dataset" / "sejours-1a2b.html").read_text("utf-8")
    assert "applies from 26 March 2029, and for part of it from 26 March 2031" in english


def test_conditions_stand_with_their_categories(published: Path) -> None:
    """Surveys must be made available after the first publication of results only."""
    assert "après la première publication des résultats" in (
        (published / "categories.html").read_text("utf-8")
    )
    category = (published / "en" / "category" / "rqsh.html").read_text("utf-8")
    assert "after the first publication of the results" in category


def test_a_record_states_when_its_duty_applies(tmp_path: Path) -> None:
    """The catalogue's own graph has both days; nothing is stated without a category."""
    about = site(records.config(tmp_path))
    mixed, *_, unknown = records.entries()
    said = describe_record(about, mixed).decode()
    record = "<https://red.example.fr/record/sejours-1a2b>"
    assert f'{record} <{TERM}appliesFrom> "2029-03-26"^^{DAY} .' in said
    assert f'{record} <{TERM}appliesInPartFrom> "2031-03-26"^^{DAY} .' in said
    assert TERM not in describe_record(about, unknown).decode()
