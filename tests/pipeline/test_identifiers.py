"""Identifiers that two datasets of the catalogue give, through the real command."""

from pathlib import Path
from typing import Any

import pytest

from tests import catalogue

HEAD = """
[catalogue]
base_iri = "https://red.exemple.fr/"
title = "Répertoire d'essai"
publisher = "Opérateur d'essai"
contact = "mailto:repertoire@red.exemple.fr"
[publication]
rules = []
[guards]
max_removed_share = 1.0
grace_days = 0
grace_runs = 0
"""
PART = """
[[holder]]
id = "{0}"
name = "Centre hospitalier {0}"
namespaces = ["https://{0}.exemple.fr/"]
[[source]]
id = "{0}"
holder = "{0}"
kind = "file"
location = "{0}.ttl"
"""
RULE = "<https://red-catalog.org/shapes/red#duplicate-identifier>"
DATASET = """
<https://{holder}.exemple.fr/jeu/{name}> a <http://www.w3.org/ns/dcat#Dataset> ;
    <http://purl.org/dc/terms/title> "Jeu {name}"@fr ;
    <http://purl.org/dc/terms/identifier> {identifier} .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of two holders, who gave one identifier to two of three datasets."""
    text = HEAD + PART.format("lille") + PART.format("nantes")
    (tmp_path / "red.toml").write_text(text, encoding="utf-8")
    describe(tmp_path, "lille", sejours='"EDS-1"', biologie='"EDS-2"')
    describe(tmp_path, "nantes", urgences='" EDS-1 "@fr')
    return tmp_path


def describe(folder: Path, holder: str, **identifiers: str) -> None:
    """What a holder publishes: datasets by name, each with its identifier."""
    text = [DATASET.format(holder=holder, name=n, identifier=i) for n, i in identifiers.items()]
    (folder / f"{holder}.ttl").write_text("".join(text), encoding="utf-8")


def harvest(folder: Path, *sources: str) -> dict[str, int]:
    """How many records of these sources were in each state."""
    runs = catalogue.json_of(folder, "harvest", *sources)
    return {s: sum(r["states"][s] for r in runs) for s in ("new", "updated", "unchanged")}


def shared(folder: Path) -> dict[str, list[Any]]:
    """The findings about shared identifiers in the reports of both holders, by dataset."""
    found = {}
    for holder in ("lille", "nantes"):
        for dataset in catalogue.json_of(folder, "report", holder)["datasets"]:
            own = [r for r in dataset["others"] if r["profile"] == "red"]
            told = [f for r in own for f in r["findings"] if f["shape"] == RULE]
            if told:
                found[dataset["iri"].rsplit("/", 1)[-1]] = told
            assert RULE not in {f["shape"] for f in dataset["findings"]}
    return found


def test_both_datasets_are_told_and_each_of_the_other(folder: Path) -> None:
    """One finding each, with the other's address, in the report and on the page."""
    assert catalogue.red_catalog(folder, "run").returncode == 0
    found = shared(folder)
    assert sorted(found) == ["sejours", "urgences"]
    ((here,), (there,)) = (found["sejours"], found["urgences"])
    assert (here["severity"], here["value"], there["value"]) == (
        "warning", '"EDS-1"', '" EDS-1 "@fr',
    )  # fmt: skip
    assert "https://nantes.exemple.fr/jeu/urgences" in here["fix"]["fr"]
    assert "https://lille.exemple.fr/jeu/sejours" in there["fix"]["en"]
    said = " ".join(catalogue.red_catalog(folder, "report", "lille").stdout.split())
    assert said.count("un autre jeu de données du catalogue porte le même identifiant.") == 1
    pages = [p.read_text("utf-8") for p in (folder / "public/current/site/dataset").glob("*.html")]
    assert sum("porte le même identifiant" in page for page in pages) == 2


def test_mended_in_one_source_it_goes_from_the_other_too(folder: Path) -> None:
    """The record that did not change is not harvested again, and has its finding no more."""
    harvest(folder)
    describe(folder, "nantes", urgences='"URG-1"')
    assert harvest(folder, "nantes") == {"new": 0, "updated": 1, "unchanged": 0}
    assert shared(folder) == {}
    assert catalogue.red_catalog(folder, "publish").returncode == 0
    pages = [p.read_text("utf-8") for p in (folder / "public/current/site/dataset").glob("*.html")]
    assert not any("porte le même identifiant" in page for page in pages)


def test_a_twin_that_comes_later_is_told_to_the_first(folder: Path) -> None:
    """The older record learns of it without a harvest of its own source; pages are renewed."""
    describe(folder, "nantes", urgences='"URG-1"')
    assert catalogue.red_catalog(folder, "run").returncode == 0
    assert shared(folder) == {}
    describe(folder, "nantes", urgences='"EDS-2"')
    harvest(folder, "nantes")
    assert sorted(shared(folder)) == ["biologie", "urgences"]
    assert catalogue.json_of(folder, "publish")["fresh"] is True


def test_twins_of_one_holder_are_told_too(folder: Path) -> None:
    """Two datasets of one document, and an identifier that is an address."""
    describe(folder, "lille", sejours="<https://doi.org/10.1/x>", biologie='"EDS-2"')
    describe(folder, "nantes", urgences='"https://doi.org/10.1/x"', lits='"L"', soins='"L"')
    harvest(folder)
    assert sorted(shared(folder)) == ["lits", "sejours", "soins", "urgences"]
    harvest(folder)
    assert sorted(shared(folder)) == ["lits", "sejours", "soins", "urgences"]


def test_a_withdrawn_twin_counts_no_more(folder: Path) -> None:
    """Once it has gone, its identifier is free; back again, it is told again."""
    harvest(folder)
    describe(folder, "lille", biologie='"EDS-2"')
    catalogue.json_of(folder, "harvest", "lille", "--accept-removals")
    assert sorted(shared(folder)) == ["sejours", "urgences"]  # absent yet
    catalogue.json_of(folder, "harvest", "lille", "--accept-removals")
    assert shared(folder) == {}
    describe(folder, "lille", sejours='"EDS-1"', biologie='"EDS-2"')
    harvest(folder)
    assert sorted(shared(folder)) == ["sejours", "urgences"]


def test_a_twin_whose_source_is_withdrawn_counts_no_more(folder: Path) -> None:
    """`withdraw` takes the finding from the other dataset, for the publication that follows."""
    harvest(folder)
    without = HEAD + PART.format("lille") + PART.format("nantes").split("[[source]]")[0]
    (folder / "red.toml").write_text(without, encoding="utf-8")
    catalogue.json_of(folder, "withdraw", "nantes")
    assert shared(folder) == {}


def test_without_our_own_profile_nothing_is_told(folder: Path) -> None:
    """The check belongs to `red`: left out, its findings go."""
    harvest(folder)
    with (folder / "red.toml").open("a", encoding="utf-8") as file:
        file.write('[validation]\nprofiles = ["healthdcat-ap-8"]\n')
    assert harvest(folder) == {"new": 0, "updated": 0, "unchanged": 3}
    assert shared(folder) == {}
