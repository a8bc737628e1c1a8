"""When the duty applies to a dataset, as pages and as statements."""

from dataclasses import replace
from pathlib import Path

from red_catalog.config import Notify
from red_catalog.publish import release
from red_catalog.publish.data.description import describe_record
from red_catalog.publish.pages import guide
from red_catalog.publish.web.site import site
from tests.publish import records
from tests.publish.test_site import read

TERM = "https://red.example.fr/ns/red#"
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


def test_the_names_of_categories_are_not_taken_for_the_law(published: Path) -> None:
    """Whose names they are is said, and in French which words of them mislead."""
    french = (published / "categories.html").read_text("utf-8")
    assert "les «\xa0réclamations\xa0» du point e) sont des demandes de remboursement" in french
    english = (published / "en" / "categories.html").read_text("utf-8")
    assert "These names are those of the EU code list" in english


def test_a_record_states_when_its_duty_applies(tmp_path: Path) -> None:
    """The catalogue's own graph has both days; nothing is stated without a category."""
    about = site(records.config(tmp_path))
    mixed, *_, unknown = records.entries()
    said = describe_record(about, mixed).decode()
    record = "<https://red.example.fr/record/sejours-1a2b>"
    assert f'{record} <{TERM}appliesFrom> "2029-03-26"^^{DAY} .' in said
    assert f'{record} <{TERM}appliesInPartFrom> "2031-03-26"^^{DAY} .' in said
    assert f"{TERM}applies" not in describe_record(about, unknown).decode()


def test_tables_name_a_holder_as_it_is_written(tmp_path: Path) -> None:
    """A page binds the punctuation of a name; tables have it as it is, and so can be joined."""
    config = records.config(tmp_path)
    name = {"fr": "Institut Écho : cœur ; poumon", "en": "Echo Institute: heart; lung"}
    config = replace(config, holders=(replace(config.holders[0], name=name), *config.holders[1:]))
    prepared = release.prepare(config, records.entries(), records.runs(), records.MOMENT, workers=1)
    assert prepared is not None
    place = prepared.folder / "site"
    for table in ("duties.csv", "coverage.csv", "quality-holders.csv", "search/fr.json"):
        assert name["fr"] in (place / table).read_text("utf-8"), table
    page = (place / "holder" / "chu-rivemont.html").read_text("utf-8")
    assert "Institut Écho\xa0: cœur\xa0; poumon" in page


def test_a_guide_promises_reminders_where_they_are_sent(tmp_path: Path) -> None:
    """Only a holder with a mailbox that is bound, of a catalogue that sends mail, reads of them."""
    config = records.config(tmp_path)
    without = replace(config.holders[0], email=None)
    holder = replace(without, email="donnees@chu-rivemont.example")
    mailing = replace(config, notify=Notify(folder=tmp_path / "messages"))
    for settings, one, told in (
        (config, holder, False), (mailing, without, False), (mailing, holder, True),
        (mailing, replace(holder, exempt={"fr": "Microentreprise"}), False),
    ):  # fmt: skip
        owed = guide.sections(site(settings), one, (), "fr")[1].items
        assert any("un rappel arrive à 11 mois" in text for text, _ in owed) is told
        assert sum("Vérifier chaque description au moins" in text for text, _ in owed) == 1


def test_a_workbook_has_an_address_to_go_to(published: Path) -> None:
    """The page of those who declare and the guide say where to send it, and to check it before."""
    page = read(published, "declare.html").partition("Envoyez le classeur")[2]
    assert 'href="/check.html"' in page
    told = read(published, "holder/chu-rivemont/guide.html")
    assert "puis à vérifier et à envoyer à contact@red.example.fr" in told


def test_a_contradiction_is_said_plainly(tmp_path: Path) -> None:
    """Who declares none of a category and describes one is told so, on both pages and as CSV."""
    config = records.config(tmp_path)
    holder = replace(
        config.holders[0], holds_none=("EHRS", "EINS"), note="CANARI-NOTE",
        email="camille.perrin@chu-rivemont.example", funding="public",
    )  # fmt: skip
    config = replace(config, holders=(holder, *config.holders[1:]))
    prepared = release.prepare(config, records.entries(), records.runs(), records.MOMENT, workers=1)
    assert prepared is not None
    place = prepared.folder / "site"
    page = (place / "holder" / "chu-rivemont.html").read_text("utf-8")
    assert (
        "Contradiction\xa0: ce détenteur déclare ne détenir aucune donnée de la catégorie a)"
        in (page.replace("&#39;", "’"))
    )
    assert 'class="clash"' in (place / "coverage.html").read_text("utf-8")
    rows = (place / "coverage.csv").read_text("utf-8").splitlines()
    states = {(row.split(",")[0], row.split(",")[-1]) for row in rows}
    assert ("chu-rivemont", "contradictoire") in states
    assert ("chu-rivemont", "néant déclaré") in states
    guide = (place / "holder" / "chu-rivemont" / "guide.html").read_text("utf-8")
    assert "article 78" in guide
    everything = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
    assert b"CANARI-NOTE" not in everything
    assert b"camille.perrin" not in everything
