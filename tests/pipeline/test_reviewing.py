"""What the report tells a holder beside its datasets."""

from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.config.kinds import SOURCE_KINDS
from red_catalog.model import Source
from red_catalog.pipeline.explaining import explain, find_forms
from red_catalog.validation.checking import validate
from tests import catalogue
from tests.publish import records

CELL = "« menusel » n'est pas dans la liste."


def test_a_spreadsheet_gets_no_turtle(tmp_path: Path) -> None:
    """What cannot be pasted where the holder writes is neither printed nor offered."""
    folder = catalogue.copy_samples(tmp_path / "c", ["clinique-tamaris"])
    assert catalogue.red_catalog(folder, "harvest").returncode == 0
    for options in ((), ("--fixes",)):
        written = catalogue.red_catalog(folder, "report", "clinique-tamaris", *options).stdout
        assert "Bloquant (" in written
        assert "@prefix" not in written
        assert "jeu de données d'origine" not in written
        assert "--fixes" not in written


def test_what_was_read_in_spite_of_a_defect_is_told(tmp_path: Path) -> None:
    """A cell that could not be read is in the holder's report as it is in a check of the file."""
    folder = catalogue.copy_samples(tmp_path / "c", ["clinique-tamaris"])
    assert catalogue.red_catalog(folder, "harvest").returncode == 0
    written = catalogue.red_catalog(folder, "report", "clinique-tamaris").stdout
    heading, _, below = written.partition("Lu malgré un défaut\n")
    assert below
    assert CELL in " ".join(below.split())
    assert CELL not in " ".join(heading.split())
    found = catalogue.json_of(folder, "report", "clinique-tamaris")["repaired"]
    workbook = folder / "clinique-tamaris" / "declaration.xlsx"
    checked = catalogue.json_of(folder, "check", str(workbook))["document"]["repaired"]
    told = [(one["code"], one["line"], one["message"]["fr"]) for one in found]
    for one in checked:
        assert (one["code"], one["line"], one["message"]) in told
    assert {one["document"].rpartition("/")[2] for one in found} >= {"declaration.xlsx"}


def test_a_refused_value_is_told_once(tmp_path: Path) -> None:
    """As what blocks its dataset, where it was written; neither as missing nor as a defect."""
    folder = catalogue.copy_samples(tmp_path / "c", ["clinique-tamaris"])
    rows = folder / "clinique-tamaris" / "evenements-indesirables" / "datasets.csv"
    rows.write_bytes(rows.read_bytes().replace(b";non public;", b";restreint aux patients;"))
    assert catalogue.red_catalog(folder, "harvest").returncode == 0
    said = " ".join(catalogue.red_catalog(folder, "report", "clinique-tamaris").stdout.split())
    assert said.count("« restreint aux patients » n'est pas dans la liste.") == 1
    assert "Il manque « Niveau d'accès »" not in said
    assert "restreint aux patients" not in said.partition("Bloquant (")[0]


@pytest.mark.parametrize("kind", sorted(set(SOURCE_KINDS) - {"spreadsheet"}))
def test_nobody_is_asked_to_append_turtle_to_what_is_none(tmp_path: Path, kind: str) -> None:
    """Nothing to paste where there is no RDF; elsewhere the end of a document of a known syntax."""
    source = Source("chu-rivemont-dcat", "chu-rivemont", kind, "https://chu-rivemont.example/c.ttl")
    forms = find_forms(replace(records.config(tmp_path), sources=(source,)))
    record = records.poor("https://chu-rivemont.example/jeu/ancien", "Ancien jeu")
    report = validate("https://chu-rivemont.example/jeu/ancien", record)
    entry = records.entry("https://chu-rivemont.example/jeu/ancien", "ancien", record)
    found = explain(entry, report, forms=forms) or ()
    told = "".join(p.turtle["en"] for p in found if p.turtle)
    assert found
    assert ("at the end of the document" in told) == (kind in {"dcat", "file"})
    assert ("in the syntax of your description" in told) == (
        kind in {"fdp", "ingest", "ldes", "sparql"}
    )
