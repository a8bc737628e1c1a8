import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from time import sleep

import pytest

from red_catalog.model import Document, Quarantined, Reading, Source, Unreadable
from red_catalog.rdf import reading
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import Reader, read

DATASET = b'<https://chu.exemple.fr/1> a <http://www.w3.org/ns/dcat#Dataset> ; <urn:p> "%d" .'
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>"


def document(number: int = 1) -> Document:
    """A document of one small dataset."""
    return Document("jeu.ttl", DATASET % number)


def digest(number: int) -> str:
    """What a worker of a pool finds."""
    source = Source("s", "h", "file", "jeu.ttl")
    result = read(document(number), source, Limits())
    assert isinstance(result, Reading)
    return result.records[0].digest


def tangle(size: int) -> str:
    """A dataset whose blank nodes all point at one another, and a quiet one."""
    nodes = [f"_:a{i}" for i in range(size)]
    lines = [f"{a} <urn:p> {b} ." for a in nodes for b in nodes if a != b]
    lines += [f"<https://chu.exemple.fr/1> <urn:p> {node} ." for node in nodes]
    lines += [f"<https://chu.exemple.fr/{n}> {TYPE} ." for n in (1, 2)]
    return "\n".join(lines)


def test_a_dead_child_is_replaced(source: Source) -> None:
    """Killing the child between two documents costs nothing."""
    with Reader() as reader:
        first = reader.read(document(), source)
        process = reader._process
        assert process is not None
        os.kill(process._process.pid, signal.SIGKILL)
        process._process.wait()
        assert reader.read(document(), source) == first


def test_hostile_blank_nodes_hold_back_their_dataset_alone(source: Source) -> None:
    """A graph that RDFC-1.0 cannot finish is held back in time; its neighbour is read."""
    limits = Limits(record_seconds=0.5)
    result = read(Document("jeu.nt", tangle(10).encode()), source, limits)
    assert isinstance(result, Reading)
    assert [q.problem.code for q in result.quarantined] == ["tangled"]
    assert [r.iri for r in result.records] == ["https://chu.exemple.fr/2"]


def test_a_language_tag_is_in_small_letters_and_the_rest_as_it_was_written(source: Source) -> None:
    """The one thing that is spelled anew: numbers and durations are not."""
    iri, xsd = "https://chu-a.example/jeu", "http://www.w3.org/2001/XMLSchema#"
    written = [
        ("title", '"Séjours"@fr-FR', '"Séjours"@fr-fr'),
        ("extent", f'"010.50"^^<{xsd}decimal>', None),
        ("temporal", f'"P12M"^^<{xsd}duration>', None),
    ]
    lines = [f"<{iri}> a <http://www.w3.org/ns/dcat#Dataset> ."]
    lines += [f"<{iri}> <http://purl.org/dc/terms/{p}> {o} ." for p, o, _ in written]
    with Reader(Limits()) as reader:
        result = reader.read(Document("jeu.ttl", "\n".join(lines).encode()), source)
    assert isinstance(result, Reading)
    kept = result.records[0].canonical.decode()
    for name, value, other in written:
        assert f"<{iri}> <http://purl.org/dc/terms/{name}> {other or value} .\n" in kept


def test_too_long_is_unreadable(source: Source) -> None:
    """A document that outlasts its time is refused, and the next one is read."""
    limits = Limits(record_seconds=20, document_seconds=0.5)
    with Reader(limits) as reader:
        result = reader.read(Document("jeu.nt", tangle(12).encode()), source)
        assert isinstance(result, Unreadable)
        assert result.problem.code == "too-slow"
        assert isinstance(reader.read(document(), source), Reading)


def test_too_much_memory_is_unreadable(source: Source) -> None:
    """A document that needs more memory than allowed is refused, and the next one is read."""
    many = b"".join(b"<https://chu.exemple.fr/%d> <urn:p> <urn:%d> .\n" % (n, n)
                    for n in range(400_000))  # fmt: skip
    with Reader(Limits(memory_bytes=100_000_000)) as reader:
        result = reader.read(Document("jeu.nt", many), source)
        assert isinstance(result, Unreadable)
        assert result.problem.code == "memory"
        assert isinstance(reader.read(document(), source), Reading)


def test_too_big_is_unreadable(source: Source) -> None:
    """A document over the size limit is refused."""
    with Reader(Limits(document_bytes=10)) as reader:
        result = reader.read(document(), source)
    assert isinstance(result, Unreadable)
    assert result.problem.code == "too-big"


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_of_a_pool_have_their_own_child(start: str) -> None:
    """Forked after use or started afresh, workers read without crossing answers."""
    expected = [digest(n) for n in range(20)]
    with ProcessPoolExecutor(2, mp_context=get_context(start)) as pool:
        assert list(pool.map(digest, range(20))) == expected


def test_threads_share_one_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that read their first documents at once start one child, which can be ended."""
    made: list[Reader] = []

    class Slow(Reader):
        def __init__(self, limits: Limits) -> None:
            sleep(0.02)
            super().__init__(limits)
            made.append(self)

    monkeypatch.setattr(reading, "Reader", Slow)
    reading.close()
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(digest, range(8)))) == 8
    reading.close()
    assert len(made) == 1


def test_the_same_blank_label_in_two_documents_is_two_nodes(source: Source) -> None:
    """Page 1's contact does not become page 2's."""
    pages = [
        f'<https://chu.exemple.fr/{n}> {TYPE} ; <urn:c> _:b0 . _:b0 <urn:n> "{name}" .'
        for n, name in enumerate(("Accueil", "Archives"))
    ]
    results = [read(Document("page.ttl", page.encode()), source, Limits()) for page in pages]
    found = [r.records[0].canonical for r in results if isinstance(r, Reading)]
    assert [(b"Accueil" in one, b"Archives" in one) for one in found] == [
        (True, False),
        (False, True),
    ]


def test_a_next_page_at_no_address_costs_nothing_of_this_one(source: Source) -> None:
    """The datasets of the page are read; whoever follows the link says what is wrong with it."""
    next_page = "<http://www.w3.org/ns/hydra/core#next>"
    text = f'<https://chu.exemple.fr/1> {TYPE} . [] {next_page} "https://[serveur]/page=2" .'
    document = Document("page.ttl", text.encode(), base="https://chu.exemple.fr/page=1")
    result = read(document, source, Limits())
    assert isinstance(result, Reading)
    assert [r.iri for r in result.records] == ["https://chu.exemple.fr/1"]
    assert result.next_page == "https://[serveur]/page=2"


@pytest.mark.parametrize(
    ("title", "said"),
    [(' ; <http://purl.org/dc/terms/title> "DIM"', "Le jeu de données « DIM » n'a pas"),
     ("", "Le jeu de données « sans titre » n'a pas")],
)  # fmt: skip
def test_a_dataset_without_iri_is_held_back(source: Source, title: str, said: str) -> None:
    """A blank dataset cannot be published: its title, where it has one, says which one."""
    text = f"[] {TYPE}{title} ."
    result = read(Document("jeu.ttl", text.encode()), source, Limits())
    assert isinstance(result, Reading)
    problem = next(q for q in result.quarantined if isinstance(q, Quarantined)).problem
    assert problem.code == "no-iri"
    assert problem.message["fr"].startswith(said)
