"""From the template through convert to check, by the real commands."""

from pathlib import Path

import pytest

from red_catalog.harvesters.spreadsheet.columns import LEVELS
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
        "d.ttl: jeux de données écrits : 1 ; lignes non retenues : 0 ; points à corriger : 0\n"
    )
    for document in ("d.ttl", "d.xlsx"):
        (checked,) = json_of(tmp_path, "check", document)["datasets"]
        assert checked["access_rights"] == level
        found = [f for f in checked["findings"] if f["severity"] == "violation"]
        assert found == []
        assert checked["minimum_elements"]["missing"] == []
