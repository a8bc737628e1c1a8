"""The whole job over documents that others wrote."""

import contextlib
import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
import rdflib

from red_catalog import config
from red_catalog.model import State
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.writing import triples
from red_catalog.register.ledger import Register
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


def test_dumps_keep_every_literal_as_harvested(
    first: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each published literal stands in its document with the same spelling and datatype."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    written = set()
    for path in (folder / "real").rglob("*.ttl"):
        with contextlib.suppress(Exception):  # what rdflib cannot read gives nothing to compare
            written |= {_spelling(o) for o in rdflib.Graph().parse(path).objects()}
    dump = gzip.decompress(
        (folder / "public" / "current" / "site" / "dumps" / "catalogue.nq.gz").read_bytes()
    ).decode()
    compared = 0
    with Register.open(config.load(folder / "red.toml").register) as register:
        for entry in register.entries():
            me = f"<{entry.iri}>"
            published = skolemise(me, entry.canonical, "https://red.example/").decode()
            assert all(line[:-2] in dump for line in published.splitlines())
            if entry.source in {"belgique"}:  # RDF/XML, which is compared in tests/rdf
                continue
            for _, _, value in triples(entry.canonical):
                if is_literal(value):
                    assert literal(value) in written
                    compared += 1
    assert compared > 300


def _spelling(node: object) -> tuple[str, str | None, str] | None:
    if not isinstance(node, rdflib.Literal):
        return None
    plain = "langString" if node.language else "string"
    namespace = "1999/02/22-rdf-syntax-ns" if node.language else "2001/XMLSchema"
    datatype = str(node.datatype or f"http://www.w3.org/{namespace}#{plain}")
    return str(node), node.language and node.language.lower(), datatype


def test_a_second_run_finds_everything_unchanged(first: Any, second: Any) -> None:
    """What was new or updated is now unchanged, and the rest is held back as before."""
    for before, after in zip(first["harvest"], second["harvest"], strict=True):
        assert after["states"]["new"] == after["states"]["updated"] == 0
        came = before["states"]["new"] + before["states"]["updated"]
        assert after["states"]["unchanged"] == came
        # What a human should look at is told when a description comes, not each time.
        held = [one for one in before["held"] if one["state"] not in {"new", "updated"}]
        assert after["held"] == held


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
