"""Only what could have another report is validated again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog import config
from red_catalog.http import Http
from red_catalog.model import Run
from red_catalog.pipeline.desk import initialising
from red_catalog.pipeline.harvest import appraising
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.rdf.limits import Limits
from red_catalog.register.ledger import Register
from red_catalog.validation import profiles
from red_catalog.validation.checking import read
from red_catalog.validation.rules.description import Description
from tests import codelists

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
BASE = "https://mon-etablissement.example/jeu/"
DESCRIPTION = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix h: <http://healthdataportal.eu/ns/health#> .
@prefix code: <https://hdeu-dcat.data.health.europa.eu/resource/authority/coding-system/> .
@prefix rhythm: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix : <https://mon-etablissement.example/jeu/> .
:urgences a dcat:Dataset ; dct:title "Passages aux urgences"@fr ; h:hasCodingSystem code:ATC .
:biologie a dcat:Dataset ; dct:title "Biologie"@fr ; dct:accrualPeriodicity rhythm:ANNUAL .
:lits a dcat:Dataset ; dct:title "Lits"@fr .
"""


class Catalogue:
    """One holder's three datasets, and which of them were validated."""

    def __init__(self, folder: Path, http: Http) -> None:
        self.file = folder / "holders" / "mon-etablissement" / "jeux.ttl"
        self.settings = config.load(folder / "red.toml")
        self.http = http
        self.validated: list[str] = []
        self.runs = 0

    def harvest(self) -> Run:
        """One pass, an hour after the one before."""
        self.validated.clear()
        self.runs += 1
        moment = NOON + timedelta(hours=self.runs)
        with Register.open(self.settings.register) as register:
            harvester = Harvester(self.settings, register, self.http, clock=lambda: moment)
            return harvester.harvest(self.settings.sources[0])

    def validated_names(self) -> list[str]:
        """The datasets that the last harvest validated, by the end of their IRI."""
        return sorted({iri.removeprefix(BASE) for iri in self.validated})


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """A catalogue that was harvested once, with code lists that may be changed."""
    initialising.initialise(tmp_path / "red")
    shutil.rmtree(tmp_path / "red" / "holders")
    (tmp_path / "red" / "holders" / "mon-etablissement").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch, _http(tmp_path) as http:
        codelists.copy(tmp_path / "vocab", patch)
        made = Catalogue(tmp_path / "red", http)
        made.file.write_text(DESCRIPTION, encoding="utf-8")

        def count(iri: str, *arguments: Any) -> Description:
            made.validated.append(iri)
            return read(iri, *arguments)

        patch.setattr(appraising, "read", count)
        made.harvest()
        assert made.validated_names() == ["biologie", "lits", "urgences"]
        yield made
    codelists.forget()


def _http(folder: Path) -> Http:
    return Http(folder / "cache", "red-catalog/0 (test)", Limits())


def test_nothing_touched_validates_nothing(catalogue: Catalogue) -> None:
    """A second harvest of the same descriptions compares and stops."""
    run = catalogue.harvest()
    assert (run.unchanged, catalogue.validated_names()) == (3, [])


def test_a_code_list_validates_the_records_that_refer_to_it(catalogue: Catalogue) -> None:
    """A changed list concerns its own records only, once, and changes none of them."""
    codelists.touch("coding-systems.ttl")
    run = catalogue.harvest()
    assert (run.unchanged, catalogue.validated_names()) == (3, ["urgences"])
    catalogue.harvest()
    assert catalogue.validated_names() == []


def test_other_shapes_validate_everything(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every report was made with the shapes that changed."""
    loaded = profiles.load
    monkeypatch.setattr(profiles, "load", lambda *name: replace(loaded(*name), digest="sha256:9"))
    run = catalogue.harvest()
    assert (run.unchanged, catalogue.validated_names()) == (3, ["biologie", "lits", "urgences"])


def test_a_date_to_come_is_looked_at_again_each_day(catalogue: Catalogue) -> None:
    """Its finding is of one day, and goes when the day has come; others rest."""
    said = '"Lits"@fr ; dct:modified "2030-04-10"^^<http://www.w3.org/2001/XMLSchema#date>'
    catalogue.file.write_text(DESCRIPTION.replace('"Lits"@fr', said), encoding="utf-8")
    seen = []
    for hours in (1, 2, 36, 400 * 24, 401 * 24):
        catalogue.runs = hours
        catalogue.harvest()
        with Register.open(catalogue.settings.register) as register:
            entry = next(e for e in register.entries() if e.iri.endswith("lits"))
        found = [f.component for r in entry.others for f in r.findings]
        seen.append((catalogue.validated_names(), "red:DateInTheFuture" in found))
    assert seen == [
        (["lits"], True), ([], True), (["lits"], True), (["lits"], False), ([], False),
    ]  # fmt: skip


def test_a_changed_record_is_validated_alone(catalogue: Catalogue) -> None:
    """Its digest is new; the others' are not."""
    catalogue.file.write_text(DESCRIPTION.replace('"Lits"', '"Lits ouverts"'), encoding="utf-8")
    run = catalogue.harvest()
    assert (run.unchanged, catalogue.validated_names()) == (2, ["lits"])


def test_a_record_is_validated_again_when_the_dataset_that_it_names_comes(
    catalogue: Catalogue,
) -> None:
    """It is a violation to name one that the source does not describe, and none once it does."""
    named = DESCRIPTION.replace('"Lits"@fr', '"Lits"@fr ; dct:source :lits-2023')
    before = ':lits-2023 a dcat:Dataset ; dct:title "Lits, 2023"@fr .\n'
    seen = []
    for text in (named, named + before, named):
        catalogue.file.write_text(text, encoding="utf-8")
        catalogue.harvest()
        with Register.open(catalogue.settings.register) as register:
            entry = next(e for e in register.entries() if e.iri == f"{BASE}lits")
        wrong = any(f.value == f"<{BASE}lits-2023>" for f in entry.report.findings)
        seen.append((catalogue.validated_names(), wrong))
    # What vanished once is not gone yet.
    assert seen == [(["lits"], True), (["lits", "lits-2023"], False), ([], False)]


def test_a_record_is_validated_again_when_the_dataset_that_it_names_is_withdrawn(
    catalogue: Catalogue,
) -> None:
    """The run that withdraws the one finds what that means for the other, not the run after."""
    named = DESCRIPTION.replace('"Lits"@fr', '"Lits"@fr ; dct:source :lits-2023')
    before = ':lits-2023 a dcat:Dataset ; dct:title "Lits, 2023"@fr .\n'
    guards = replace(catalogue.settings.guards, grace_days=0, grace_runs=2, max_removed_share=1)
    catalogue.settings = replace(catalogue.settings, guards=guards)
    seen = []
    for text in (named + before, named, named, named):
        catalogue.file.write_text(text, encoding="utf-8")
        run = catalogue.harvest()
        with Register.open(catalogue.settings.register) as register:
            entry = next(e for e in register.entries() if e.iri == f"{BASE}lits")
        wrong = any(f.value == f"<{BASE}lits-2023>" for f in entry.report.findings)
        seen.append((run.totals()["withdrawn"], catalogue.validated_names(), wrong))
    assert seen == [
        (0, ["lits", "lits-2023"], False), (0, [], False), (1, ["lits"], True), (0, [], True),
    ]  # fmt: skip


def test_scores_are_kept_with_the_record_and_through_time(catalogue: Catalogue) -> None:
    """Each dataset, its holder and the catalogue have a standing, renewed when it changes."""
    described = DESCRIPTION.replace('"Lits"@fr', '"Lits"@fr ; dct:description "Lits."@fr')
    catalogue.file.write_text(described, encoding="utf-8")
    catalogue.harvest()
    catalogue.harvest()
    with Register.open(catalogue.settings.register) as register:
        assert all(e.completeness and e.mqa for e in register.entries())
        lits = register.trend("dataset", f"{BASE}lits")
        assert [point.given for point in lits] == [1, 2]
        assert [point.moment.hour for point in lits] == [13, 14]
        assert len(register.trend("dataset", f"{BASE}biologie")) == 1
        whole = register.trend("catalogue")
        assert [point.given for point in whole] == [4, 5]
        assert whole == register.trend("holder", "mon-etablissement")


def test_a_strict_gate_remembers_what_it_held_back(catalogue: Catalogue) -> None:
    """A refused description is refused again unread, until it, the lists or the gate change."""
    catalogue.file.write_text(DESCRIPTION.replace('"Lits"', '"Lits ouverts"'), encoding="utf-8")
    flagging = catalogue.settings
    catalogue.settings = replace(flagging, publication=replace(flagging.publication, gate="strict"))
    refused = catalogue.harvest()
    assert catalogue.validated_names() == ["lits"]
    again = catalogue.harvest()
    assert catalogue.validated_names() == []
    assert again.outcomes == refused.outcomes
    assert again.totals()["rejected"] == 1
    catalogue.settings = flagging
    assert catalogue.harvest().totals()["updated"] == 1
    assert catalogue.validated_names() == ["lits"]
