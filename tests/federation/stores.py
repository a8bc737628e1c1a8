"""Real SPARQL stores in a folder of their own, on free ports."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests import shared
from tests.http.loopback import free_port

PATIENCE = 180.0  # seconds that a store is given to start on a busy machine
INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtension = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 600
"""


@dataclass
class Store:
    """A store that runs, as `[[target]]` names it."""

    host: str
    settings: str
    query: str


@contextmanager
def virtuoso(folder: Path) -> Iterator[Store]:
    """Virtuoso, known to by digest."""
    program = shutil.which("virtuoso-t")
    if program is None:
        shared.lack("virtuoso-t is absent: install Debian's virtuoso-opensource.")
    folder.mkdir()
    port = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(INI.format(folder=folder, sql=free_port(), http=port), "utf-8")
    address = f"http://127.0.0.1:{port}/"
    command = [program, "+configfile", str(ini), "+foreground"]
    with running(command, folder, f"{address}sparql?query=ASK%7B%7D"):
        yield Store(
            f"127.0.0.1:{port}",
            f"""location = "{address}sparql-graph-crud-auth"
allow_hosts = ["127.0.0.1:{port}"]
auth = {{ scheme = "digest", user = "dba", password = "env:RED_TEST_STORE" }}
options = {{ graph_parameter = "graph-uri", query = "{address}sparql" }}
""",
            f"{address}sparql",
        )


@contextmanager
def oxigraph(folder: Path, *, update: bool = False) -> Iterator[Store]:
    """`oxigraph serve`, by graphs or by updates."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.is_file():
        shared.lack("oxigraph is absent: install the development extra.")
    folder.mkdir()
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    bound = f"127.0.0.1:{port}"
    command = [str(program), "serve", "--location", str(folder / "store"), "--bind", bound]
    asked = f', update = "{address}update"' if update else ""
    with running(command, folder, f"{address}query?query=ASK%7B%7D"):
        yield Store(
            bound,
            f"""location = "{address}store"
allow_hosts = ["{bound}"]
options = {{ query = "{address}query"{asked} }}
""",
            f"{address}query",
        )


@contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """A server of our own, from its first answer until the end."""
    with (folder / "output.log").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            end = time.monotonic() + PATIENCE
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > end:
                    pytest.fail((folder / "output.log").read_text("utf-8", "replace")[-2000:])
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).status_code == 200
    except requests.RequestException:
        return False
