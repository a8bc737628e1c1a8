"""No process grows large over the corpus: measured apart, so that no other test counts."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks import manifest
from tests.attacks.corpus import Case, documents
from tests.attacks.place import Place, url
from tests.attacks.upstream import Upstream

# A command started from here inherits the peak of whoever starts it; from this small one, little.
_MEASURE = """
import os, subprocess, sys
started = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(started.pid, 0)
started.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as file:
    print(started.returncode, used.ru_maxrss, file=file)
"""


def measure(folder: Path, *arguments: str) -> tuple[int, int]:
    """The exit code, and the peak in kB of the biggest of a Python process and its children."""
    told = folder / "measured"
    command = [sys.executable, "-S", "-c", _MEASURE, str(told), sys.executable, *arguments]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, timeout=300, check=True)
    code, peak = told.read_text("ascii").split()
    return int(code), int(peak)


def test_the_corpus_stays_small(
    tmp_path: Path, corpus: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    """Harvesting every document and publishing what they give takes less than 1 GB at its peak."""
    place = Place(tmp_path / "catalogue", capsys)
    every = documents()
    place.configure(*(("chu-a", case.kind, url(case.path)) for case in every))
    settings = place.root / "red.toml"
    head, *sources = settings.read_text("utf-8").split('id = "chu-a-dcat"')
    numbered = [f'id = "chu-a-{number}"{rest}' for number, rest in enumerate(sources)]
    settings.write_text(head + "".join(numbered), encoding="utf-8")
    for case in every:
        corpus.served[case.path] = (case.body, case.media_type)
    code, peak = measure(place.root, "-m", "red_catalog", "run", "--workers", "1")
    assert code == 3  # some documents are refused
    assert place.entries()
    assert set(corpus.served) <= set(corpus.asked)
    assert 50_000 < peak < manifest.invariants().memory_bytes // 1024


BOUNDED = [case for case in documents() if case.memory_bytes]


@pytest.mark.parametrize("case", BOUNDED, ids=lambda case: case.file)
def test_a_document_takes_no_more_than_its_row_says(tmp_path: Path, case: Case) -> None:
    """Reading and checking it, in all processes of a command."""
    (tmp_path / "depot.ttl").write_bytes(case.body)
    _, peak = measure(tmp_path, "-m", "red_catalog", "check", "depot.ttl")
    assert case.memory_bytes
    assert peak * 1024 < case.memory_bytes


@pytest.mark.parametrize("where", ["itself", "a child"])
def test_the_measure_sees_what_is_used(tmp_path: Path, where: str) -> None:
    """A process that once held 300 MB is told so, and so is one whose child did."""
    code = "bytes(bytearray(b'x') * 300_000_000)"
    if where == "a child":
        code = (
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)"
        )
    assert measure(tmp_path, "-c", code)[1] > 290_000
