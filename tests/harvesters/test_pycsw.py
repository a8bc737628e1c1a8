"""CSW and OAI-PMH against a real server of both, pycsw."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from red_catalog.harvesters import csw, oaipmh
from red_catalog.http import Http
from red_catalog.model import Document, Source
from tests import shared
from tests.harvesters.protocols import ANSWERS, Item, codes, examine, told

Doors = Callable[..., Http]
IRIS = [
    "https://ors.exemple.fr/jeu/exposition-particules",
    "https://ors.exemple.fr/jeu/passages-urgences",
]


@pytest.fixture(scope="module")
def pycsw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The host of a server that holds our recorded records."""
    if importlib.util.find_spec("pycsw") is None:
        shared.lack("pycsw is absent: install the development packages.")
    database = tmp_path_factory.mktemp("pycsw") / "records.db"
    script = Path(__file__).parent / "pycsw_server.py"
    command = [sys.executable, "-W", "ignore", str(script), str(ANSWERS / "csw"), str(database)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    yield f"127.0.0.1:{port}"
    process.terminate()
    process.wait()
    process.stdout.close()


def source(kind: str, host: str, path: str, options: dict[str, str]) -> Source:
    """A source on that server."""
    return Source("ors", "ors", kind, f"http://{host}{path}", allow_hosts=(host,), options=options)


def described(items: list[Item]) -> list[str]:
    """The datasets that the documents describe."""
    documents = [item for item in items if isinstance(item, Document)]
    return sorted(record.iri for one in documents for record in examine(one).records)


@pytest.mark.parametrize(
    "options",
    [
        {"page_size": "1"},
        {"type_names": "gmd:MD_Metadata"},
        {"version": "3.0.0", "page_size": "2"},
    ],
)
def test_csw_of_pycsw_is_harvested(pycsw: str, door: Doors, options: dict[str, str]) -> None:
    """Two datasets and a service, in pages of any size, in both versions."""
    found: list[Item] = list(csw.harvest(source("csw", pycsw, "/", options), door()))
    assert sorted(kind for kind, _ in told(found)) == ["document"] * 3
    assert described(found) == IRIS
    told_of = [d for item in found if isinstance(item, Document) for d in item.defects]
    assert "not-a-dataset" in codes(told_of)


def test_dublin_core_of_pycsw_is_harvested(pycsw: str, door: Doors) -> None:
    """Records of CSW's own are Dublin Core."""
    options = {"output_schema": "dublin-core"}
    found: list[Item] = list(csw.harvest(source("csw", pycsw, "/", options), door()))
    assert len(described(found)) == 2


@pytest.mark.parametrize("prefix", ["iso19139", "oai_dc"])
def test_oaipmh_of_pycsw_is_harvested(pycsw: str, door: Doors, prefix: str) -> None:
    """Its last page has the token 0, and it keeps no deletions: read whole."""
    wanted = source("oaipmh", pycsw, "/?mode=oaipmh", {"metadata_prefix": prefix})
    found = list(oaipmh.harvest(wanted, door()))
    assert [kind for kind, _ in told(found)] == ["document"] * 3 + ["bookmark"]
    assert len(described(found)) == 2
