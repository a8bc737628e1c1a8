"""Hostile and real documents: each ends as it must, within the limits."""

import gzip
import json
import re
import resource
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.rdf import reading
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.process import Process
from red_catalog.rdf.reading import read
from red_catalog.rdf.writing import serialise

CONTROL = "https://chu-a.example/jeu/temoin"
DATASET = b"dcat#Dataset"


def _entries(attacks: Path) -> list[dict[str, Any]]:
    entries = json.loads((attacks / "manifest.json").read_text("utf-8"))
    return [entry for entry in entries if entry["file"].startswith("rdf/")]


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _take(attacks: Path, entry: dict[str, Any], source: Source) -> Reading | Unreadable:
    file = entry["file"]
    # A relative IRI is refused for a local file, which has no base.
    base = None if "local file" in entry["outcome"] else f"https://chu-a.example/{file}"
    media_type = entry["served_as"].split(" (")[0]
    location = f"https://chu-a.example/{file.removesuffix('.gz')}"
    document = Document(location, _content(attacks / file), media_type, base)
    return read(document, source, Limits())


def _bound(outcome: str) -> float:
    """How long a document may take: what its own row says, else what holds for all."""
    found = re.search(r"(?:within|under) (\d+) s", outcome)
    return float(found[1]) if found else 10


def _take_in_time(
    attacks: Path, entry: dict[str, Any], source: Source
) -> tuple[Reading | Unreadable, float]:
    """What came, and the seconds that it took: the best of three, for others work beside."""
    best = float("inf")
    for _ in range(3):
        started = monotonic()
        result = _take(attacks, entry, source)
        best = min(best, monotonic() - started)
        if best <= _bound(entry["outcome"]):
            break
    return result, best


def _ends(outcome: str, result: Reading | Unreadable, *, control: bool) -> bool:
    """Whether one of the outcomes that the manifest allows is what happened."""
    if isinstance(result, Unreadable):
        return "REJECT-DOC" in outcome and all(result.problem.message[x] for x in ("fr", "en"))
    kept = not control or CONTROL in {record.iri for record in result.records}
    if result.quarantined:
        return "QUARANTINE" in outcome and kept
    accepted = "ACCEPT" in outcome or "transcode" in outcome
    return accepted and kept and bool(result.records)


def _peak(attacks: Path, source: Source) -> int:
    """The most memory that a child took, in kilobytes."""
    for entry in _entries(attacks):
        _take(attacks, entry, source)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_every_attack_ends_as_its_manifest_says(attacks: Path, source: Source) -> None:
    """Refused, held back or read, as the manifest allows, with the control dataset read."""
    ends = {}
    for entry in _entries(attacks):
        name = Path(entry["file"]).name
        result, seconds = _take_in_time(attacks, entry, source)
        control = CONTROL.encode() in _content(attacks / entry["file"])
        right = _ends(entry["outcome"], result, control=control)
        # A document that describes no dataset at all has none to hold back.
        nothing = DATASET not in _content(attacks / entry["file"])
        ends[name] = (right or nothing) and seconds <= _bound(entry["outcome"])
    assert ends == dict.fromkeys(ends, True)


def test_no_attack_reaches_out_of_its_process(
    attacks: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a document is read no socket is opened, no program begun and no file written."""
    usual = [_end(_take(attacks, entry, source)) for entry in _entries(attacks)]
    monkeypatch.setattr(reading, "Process", lambda _: Process("tests.rdf.watched_child"))
    reading.close()
    watched = [_end(_take(attacks, entry, source)) for entry in _entries(attacks)]
    reading.close()
    assert watched == usual


def _end(result: Reading | Unreadable) -> str | int:
    """How a document ended: with what defect, or with how many datasets."""
    return result.problem.code if isinstance(result, Unreadable) else len(result.records)


def test_no_attack_reads_a_canary(attacks: Path, source: Source) -> None:
    """Nothing of a file or an address that a document points at comes back."""
    results = [_take(attacks, entry, source) for entry in _entries(attacks)]
    assert b"CANARY" not in b"".join(
        record.canonical for one in results if isinstance(one, Reading) for record in one.records
    )


def test_memory_stays_far_under_the_limit(attacks: Path, source: Source) -> None:
    """No child takes a gigabyte."""
    # A process of its own, which has had no other children than these.
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        assert alone.submit(_peak, attacks, source).result() < 1_000_000


@pytest.mark.parametrize("syntax", ["ttl", "jsonld", "rdf"])
def test_what_is_read_can_be_written(attacks: Path, source: Source, syntax: Any) -> None:
    """Every accepted attack can be published in every syntax."""
    for entry in _entries(attacks):
        result = _take(attacks, entry, source)
        for record in result.records if isinstance(result, Reading) else ():
            assert serialise(record.canonical, syntax)


def test_every_real_file_is_read_or_refused_in_two_languages(real: Path, source: Source) -> None:
    """Real files end as a Reading or with a sentence and its fix in French and English."""
    for path in sorted(real.rglob("*.*")):
        result = read(Document(path.name, path.read_bytes()), source, Limits())
        problems = [result.problem] if isinstance(result, Unreadable) else [
            *(q.problem for q in result.quarantined), *result.repaired
        ]  # fmt: skip
        assert all(p.message[lang] and p.fix[lang] for p in problems for lang in ("fr", "en"))
