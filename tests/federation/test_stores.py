"""After many changes a remote store holds what the register does, graph by graph."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from red_catalog.namespaces import PREFIXES, term
from red_catalog.pipeline import pushing
from red_catalog.pipeline.publishing import names
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.terms import make_iri
from red_catalog.targets import comparing
from tests.federation import stores
from tests.federation.conftest import Catalogue, announce_all, pusher
from tests.federation.test_targets import listening
from tests.http.loopback import Handler, answer
from tests.killing import kill_in_the_middle

CHANGES = int(os.environ.get("RED_STORE_CHANGES", "100"))
DCAT = PREFIXES["dcat"]
CANCER = "https://hdeu-dcat.data.health.europa.eu/resource/authority/health-theme/CANCER_DISEASE"


def target(store: stores.Store) -> str:
    """A store as the configuration names it."""
    return f'[[target]]\nid = "store"\nkind = "sparql"\n{store.settings}'


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A catalogue of twenty datasets, harvested and announced."""
    monkeypatch.setenv("RED_TEST_STORE", "dba")
    monkeypatch.setattr(pushing, "_BATCH", 7)  # so that there are several
    made = Catalogue(tmp_path / "calme", "https://red.exemple.fr/")
    made.configure('kind = "file"\nlocation = "declarations"\n')
    made.describe(range(20))
    made.harvest()
    announce_all(made)
    return made


def change(made: Catalogue, count: int) -> None:
    """So many random creates, updates and deletes, in few harvests."""
    chance = random.Random(5)
    live, fresh, left = set(range(20)), 20, count
    while left > 0:
        some = min(left, 40)
        left -= some
        for _ in range(some):
            kind = chance.choice(["create", "update", "update", "delete"])
            if kind == "create" or len(live) < 5:
                made.describe([fresh], "nouveau")
                live.add(fresh)
                fresh += 1
            elif kind == "update":
                made.describe([chance.choice(sorted(live))], f"revu {chance.random()}")
            else:
                gone = chance.choice(sorted(live))
                live.discard(gone)
                made.remove([gone])
        made.settle()
        announce_all(made)


def assert_same(made: Catalogue) -> None:
    """Every graph of the store means what the register says, and there is no other."""
    with pusher(made) as way:
        assert way.store is not None
        wanted = {}
        for one in made.entries().values():
            given = skolemise(make_iri(one.iri), one.canonical, "https://red.exemple.fr/")
            content = given.decode().split("\n")
            said = [tuple(line[:-2].split(" ", 2)) for line in content if line]
            wanted[way.store.graph(one.slug)] = comparing.digest(said)  # type: ignore[arg-type]
        counts = way.store.counts()
        assert isinstance(counts, dict)
        assert set(counts) == set(wanted)
        held = dict(one for one in way.store.contents(list(wanted)) if isinstance(one, tuple))
        assert {graph: comparing.digest(said) for graph, said in held.items()} == wanted


@pytest.mark.parametrize("kind", ["virtuoso", "oxigraph", "oxigraph-update"])
def test_a_store_follows_the_register(quiet: Catalogue, tmp_path: Path, kind: str) -> None:
    """Random changes, and a push killed at first, leave the same graphs; a loss is mended."""
    folder = tmp_path / kind
    opening = (
        stores.virtuoso(folder)
        if kind == "virtuoso"
        else stores.oxigraph(folder, update=kind.endswith("update"))
    )
    with opening as store:
        quiet.configure('kind = "file"\nlocation = "declarations"\n', target(store))
        port = int(store.host.rpartition(":")[2])
        assert kill_in_the_middle(quiet.root, port, 0.05, "push")
        with pusher(quiet) as way:
            assert way.push().owed == 0
        change(quiet, CHANGES if kind == "virtuoso" else 60)
        with pusher(quiet) as way:
            done = way.verify()
        assert (done.owed, done.different, done.problem) == (0, [], None)
        assert_same(quiet)
        assert_labelled(quiet)
        lose(quiet)
        with pusher(quiet) as way:
            done = way.verify()
        assert_labelled(quiet)
        assert len(done.different) == 2
        assert_same(quiet)


def assert_labelled(made: Catalogue) -> None:
    """The store has each label of the code lists, and says so of what it was sent."""
    with pusher(made) as way:
        assert way.store is not None
        graph = f"{made.base}vocabulary"
        assert way.store.count(graph) == len(set(names(way.config))) + 1
        assert way.store.objects(graph, CANCER, term("skos:prefLabel")) == ["Cancer", "Cancer"]


def lose(made: Catalogue) -> None:
    """The store loses one graph, and has another that should not be there."""
    with pusher(made) as way:
        assert way.store is not None
        counts = way.store.counts()
        assert isinstance(counts, dict)
        way.store.drop(sorted(counts)[0])
        way.store.drop(f"{made.base}vocabulary")
        stray = way.store.graph("egare-00000000")
        content = f"<urn:x> <{DCAT}keyword> <urn:y> .\n".encode()
        if way.store.options["update"]:
            way.store._update(stray, content)
        else:
            name = way.store.options["graph_parameter"]
            way.store.sender.send(
                "PUT", f"{way.store.location}?{name}={stray}",
                {"Content-Type": "application/n-triples"}, content,
            )  # fmt: skip


def test_a_store_is_rebuilt_when_asked(quiet: Catalogue, tmp_path: Path) -> None:
    """`push --rebuild` fills a store that was emptied; `status` says what each target has."""
    with stores.oxigraph(tmp_path / "oxigraph") as store:
        quiet.configure('kind = "file"\nlocation = "declarations"\n', target(store))
        with pusher(quiet) as way:
            way.push()
        requests.delete(f"http://{store.host}/store?default", timeout=20)
        requests.post(
            f"http://{store.host}/update", "DROP ALL", timeout=20,
            headers={"Content-Type": "application/sparql-update"},
        )  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "red_catalog", "push", "store", "--rebuild", "--json"],
            cwd=quiet.root, capture_output=True, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout)[0]["acknowledged"] == 20
        assert_same(quiet)


def test_what_a_store_refuses_is_told_and_the_rest_verified(
    quiet: Catalogue, tmp_path: Path
) -> None:
    """One graph is refused: it stays owed with its reason; a stray graph goes all the same."""
    with stores.oxigraph(tmp_path / "oxigraph") as store:

        def before_it(handler: Handler) -> None:
            """Refuses one graph, and hands everything else on to the store."""
            length = int(handler.headers.get("Content-Length", "0"))
            body = handler.rfile.read(length)
            if handler.command == "PUT" and "0-7" in handler.path:
                answer(b"trop grand", 413)(handler)
                return
            headers = {k: v for k, v in handler.headers.items()
                       if k in {"Content-Type", "Accept"}}  # fmt: skip
            got = requests.request(
                handler.command, f"http://{store.host}{handler.path}", data=body, headers=headers,
                timeout=60,
            )  # fmt: skip
            answer(got.content, got.status_code)(handler)

        with listening(before_it) as host:
            settings = target(store).replace(store.host, host)
            settings = settings.replace('/store"', '/store?lang=fr"')
            quiet.configure('kind = "file"\nlocation = "declarations"\n', settings)
            with pusher(quiet) as way:
                done = way.push()
                assert (done.acknowledged, done.refused) == (19, 1)
                assert way.store is not None
                stray = way.store.graph("egare-00000000")
                requests.put(
                    f"http://{store.host}/store", params={"graph": stray}, timeout=60,
                    data=b"<urn:x> <urn:y> <urn:z> .\n",
                    headers={"Content-Type": "application/n-triples"},
                )  # fmt: skip
                done = way.verify()
                assert (done.refused, done.problem) == (1, None)
                assert stray in done.different
                assert stray not in way.store.counts()  # type: ignore[operator]
