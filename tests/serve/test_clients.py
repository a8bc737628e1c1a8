"""Clients that others wrote: Comunica from npm, curl. rdflib is in `test_sparql.py`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import shared

PACKAGE = "@comunica/query-sparql@4.0.2"
# The day up to which what it depends on is taken: later releases want a newer Node.
BEFORE = "2025-01-15"
FOLDER = Path(__file__).parents[2] / "build" / "comunica"
TITLES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?d ?t { ?d a dcat:Dataset ; dct:title ?t } ORDER BY ?t LIMIT 5
"""


@pytest.fixture(scope="module")
def comunica() -> list[str]:
    """The command, installed from npm the first time."""
    if not (shutil.which("npm") and shutil.which("node")):
        shared.lack("npm is not installed")
    program = FOLDER / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--prefix", ".", "--no-audit", "--no-fund", "--ignore-scripts",
             "--no-save", "--before", BEFORE, PACKAGE],
            cwd=FOLDER, check=True, timeout=580, capture_output=True,
        )  # fmt: skip
    return ["node", str(program)]


@pytest.mark.xdist_group("comunica")
@pytest.mark.parametrize("kind", ["sparql@", ""])
def test_comunica_asks_the_endpoint(client: Any, comunica: list[str], kind: str) -> None:
    """Told that it is an endpoint, or by its description alone, Comunica reads the rows."""
    command = [*comunica, f"{kind}{client.url}sparql", TITLES]
    command += ["-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    found = [{name: cell["value"] for name, cell in row.items()} for row in rows]
    assert found == client.select(TITLES)
    assert len(found) == 5


def test_curl_asks_the_endpoint(client: Any, tmp_path: Path) -> None:
    """A query from a file, as the documentation shows it, gives a table; again, nothing new."""
    if not shutil.which("curl"):
        shared.lack("curl is not installed")
    (tmp_path / "q.rq").write_text(TITLES, "utf-8")

    def curl(*options: str) -> str:
        command = ["curl", "-sS", "--compressed", "-H", "Accept: text/csv", *options]
        where = client.url + "sparql"
        done = subprocess.run(
            [*command, where], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    posted = curl("--data-urlencode", "query@q.rq")
    assert posted.splitlines()[0] == "d,t"
    assert len(posted.splitlines()) == 6
    got = curl("-G", "--data-urlencode", "query@q.rq", "--etag-save", "tag")
    assert got == posted
    status = ("-o", "again", "-w", "%{http_code}")
    asked = ("-G", "--data-urlencode", "query@q.rq", "--etag-compare", "tag")
    assert curl(*asked, *status) == "304"
