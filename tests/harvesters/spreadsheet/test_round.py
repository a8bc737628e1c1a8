"""From the template through convert to check, by the real commands."""

from pathlib import Path

import pytest

from red_catalog.harvesters.spreadsheet.columns import LEVELS
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from tests.catalogue import json_of, red_catalog
from tests.harvesters.spreadsheet.declaration import declaration, fill


@pytest.mark.parametrize("level", LEVELS)
def test_a_filled_template_conforms(tmp_path: Path, level: str) -> None:
    """What the template asks for is all that the profile asks for at each access level."""
    made = red_catalog(tmp_path, "template", "d.xlsx", "--access", level)
    assert (made.returncode, made.stdout.strip()) == (0, "d.xlsx")
    fill(tmp_path / "d.xlsx", declaration(level))
    converted = red_catalog(
        tmp_path, "convert", "d.xlsx", "-o", "d.ttl", "--base", "https://ch-tamaris.example/jeu/"
    )
    assert (converted.returncode, converted.stderr) == (0, "")
    assert converted.stdout == (
        "d.ttl: jeux de données écrits : 1 ; lignes non reprises : 0 ; points à corriger : 0\n"
    )
    for document in ("d.ttl", "d.xlsx"):
        (checked,) = json_of(tmp_path, "check", document)["datasets"]
        assert checked["access_rights"] == level
        found = [f for f in checked["findings"] if f["severity"] == "violation"]
        assert found == []
        assert checked["minimum_elements"]["missing"] == []


def test_what_the_template_asks_for_is_never_advised_against(tmp_path: Path) -> None:
    """The catalogue's own checks find nothing in its columns, names of tables included."""
    fill(tmp_path / "d.xlsx", declaration())
    (checked,) = json_of(tmp_path, "check", "d.xlsx", "--profile", "red")["datasets"]
    assert checked["problems"] == []


def test_the_help_of_the_territory_is_what_the_check_takes(tmp_path: Path) -> None:
    """A continent is taken as the help says; a region in words is no code, and told."""
    rows = declaration()
    for place, told in (("Europe", False), ("Auvergne-Rhône-Alpes", True)):
        rows["datasets"][0]["spatial"] = place
        fill(tmp_path / "d.xlsx", rows)
        found = json_of(tmp_path, "check", "d.xlsx")
        codes = [one["code"] for one in found["document"]["repaired"]]
        assert codes == ["sheet-cell-place"] * told
        assert not any("Pays" in p["message"] for p in found["datasets"][0]["problems"])
    column = DATASETS.column("spatial")
    assert column.explain("fr").startswith("Un pays ou un continent de la liste ;")
    assert column.explain("en").startswith("A country or continent of the list;")


def test_convert_tells_each_mistake_and_ends_with_one(tmp_path: Path) -> None:
    """Exit code 1, a sentence a mistake on stderr, and the good datasets written."""
    rows = declaration()
    rows["datasets"][0]["frequency"] = "menusel"
    rows["datasets"].append({"identifier": "TAM-2"})
    fill(tmp_path / "d.xlsx", rows)
    done = red_catalog(tmp_path, "convert", "d.xlsx", "-o", "d.ttl")
    assert done.returncode == 1
    assert done.stdout.endswith(
        "jeux de données écrits : 1 ; lignes non reprises : 1 ; points à corriger : 2\n"
    )
    assert done.stderr.splitlines() == [
        "Feuille « Jeux de données », ligne 5, colonne C « Titre » : le jeu de données n'a pas "
        "de titre : la ligne n'a pas été reprise. Écrivez son titre dans la colonne « Titre ».",
        "Feuille « Jeux de données », ligne 4, colonne AE « Fréquence de mise à jour » : "
        "« menusel » n'est pas dans la liste. Vouliez-vous dire « mensuel » ?",
    ]
    plain = json_of(tmp_path, "convert", "d.xlsx", "-o", "d.ttl")
    assert (plain["written"], plain["datasets"], plain["held"]) == (True, 1, 1)
    assert [(m["code"], m["line"], m["column"]) for m in plain["mistakes"]] == [
        ("sheet-row-untitled", 5, 3), ("sheet-cell-code", 4, 31),
    ]  # fmt: skip


def test_convert_writes_nothing_of_what_it_cannot_read(tmp_path: Path) -> None:
    """A file that is no workbook leaves no Turtle behind, and bad arguments are told."""
    (tmp_path / "d.xlsx").write_bytes(b"PK\x03\x04 cut")
    done = red_catalog(tmp_path, "convert", "d.xlsx", "-o", "d.ttl", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("d.xlsx: The workbook is damaged or incomplete")
    assert not (tmp_path / "d.ttl").exists()
    absent = red_catalog(tmp_path, "convert", "absent.xlsx", "-o", "d.ttl")
    assert (absent.returncode, "cannot be read" in absent.stderr) == (2, True)
    base = red_catalog(tmp_path, "convert", "d.xlsx", "-o", "d.ttl", "--base", "hopital")
    assert (base.returncode, "--base hopital" in base.stderr) == (2, True)


def test_check_names_rows(tmp_path: Path) -> None:
    """What the profile finds missing is at the row of its dataset; held rows fail the check."""
    rows = declaration()
    del rows["datasets"][0]["hdab"]
    rows["datasets"].append({"identifier": "TAM-2"})
    fill(tmp_path / "d.xlsx", rows)
    done = red_catalog(tmp_path, "check", "d.xlsx")
    assert done.returncode == 1
    said = " ".join(done.stdout.replace("\u00a0", " ").split())
    assert "d.xlsx:5: Feuille « Jeux de données », ligne 5, colonne C « Titre » :" in said
    assert "(ligne 4)" in said
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("retention_start", ["2016-01-01", "2015-01-01"])
def test_each_period_that_ends_before_it_begins_is_told_by_its_column(
    tmp_path: Path, retention_start: str
) -> None:
    """Two of one dataset are told apart; two of the same beginning are one problem of both."""
    rows = declaration()
    rows["datasets"][0] |= {
        "period_start": "2015-01-01", "period_end": "2014-12-31",
        "retention_start": retention_start, "retention_end": 2014,
    }  # fmt: skip
    fill(tmp_path / "d.xlsx", rows)
    (checked,) = json_of(tmp_path, "check", "d.xlsx", "--profile", "red")["datasets"]
    columns = ("« Fin de la période »", "« Fin de conservation »")
    told = [[one in p["message"] for one in columns] for p in checked["problems"]]
    apart = retention_start == "2016-01-01"
    assert sorted(told) == ([[False, True], [True, False]] if apart else [[True, True]])
