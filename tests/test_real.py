"""The whole job over documents that others wrote."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from red_catalog.model import State
from tests import catalogue, shared

CONFIGURATION = Path(__file__).parent / "data" / "real" / "red.toml"
HARVESTED = {s.value for s in State} - {"absent", "withdrawn"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue whose sources are the real documents."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copy(CONFIGURATION, folder)
    (folder / "real").symlink_to(shared.real(), target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def first(folder: Path) -> Any:
    """The first run over everything."""
    return catalogue.json_of(folder, "run")


@pytest.fixture(scope="module")
def second(folder: Path, first: Any) -> Any:
    """The second run, with what the first one had published."""
    before = catalogue.digests(folder / "public" / "current" / "site")
    again = catalogue.json_of(folder, "run")
    return {"before": before, **again}


def test_every_dataset_ends_in_one_state_and_totals_reconcile(first: Any) -> None:
    """What was read is the sum of the states, for each source."""
    for run in first["harvest"]:
        assert run["read"] == sum(n for state, n in run["states"].items() if state in HARVESTED)
    assert sum(run["read"] for run in first["harvest"]) > 60


def test_every_refusal_has_a_reason_in_both_languages(first: Any) -> None:
    """Each unreadable document and each record held back says why and what to do."""
    for run in first["harvest"]:
        for problem in run["problems"]:
            assert all(problem[part][lang] for part in ("message", "fix") for lang in ("fr", "en"))
        for held in run["held"]:
            assert held["reason"]["fr"]
            assert held["reason"]["en"]


def test_documents_that_are_not_rdf_are_named(first: Any, folder: Path) -> None:
    """The answers of other protocols are unreadable, one by one, and stop nothing."""
    runs = {run["source"]: run for run in first["harvest"]}
    documents = list((folder / "real" / "csw").iterdir())
    assert len(runs["catalogues-geographiques"]["problems"]) == len(documents)
    assert runs["exemples-officiels"]["status"] == "ok"


def test_a_second_run_finds_everything_unchanged(first: Any, second: Any) -> None:
    """What was new or updated is now unchanged, and the rest is held back as before."""
    for before, after in zip(first["harvest"], second["harvest"], strict=True):
        assert after["states"]["new"] == after["states"]["updated"] == 0
        came = before["states"]["new"] + before["states"]["updated"]
        assert after["states"]["unchanged"] == came
        assert after["held"] == before["held"]


def test_a_second_run_writes_the_same_bytes(second: Any, folder: Path) -> None:
    """Nothing changed, so no page, file, feed or dump did."""
    assert catalogue.digests(folder / "public" / "current" / "site") == second["before"]
    assert second["publish"]["fresh"] is False
    catalogue.assert_whole(folder)


def test_publishing_anew_writes_the_same_bytes(second: Any, folder: Path) -> None:
    """A release rebuilt from the register alone equals the one that was there."""
    (folder / "public").rename(folder / "public-before")
    done = catalogue.red_catalog(folder, "publish")
    assert done.returncode == 0, done.stderr
    assert catalogue.digests(folder / "public" / "current" / "site") == second["before"]
