"""Handing descriptions in, through the running server and the command line."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from red_catalog.model import Document
from red_catalog.register.desk import Desk
from red_catalog.register.ingest import Handed, Refused
from red_catalog.register.ledger import Register
from tests import catalogue
from tests.serve.published import publish_samples

SOURCES = """
[[source]]
id = "chu-valmorin-depot"
holder = "chu-valmorin"
kind = "ingest"

[[source]]
id = "mesange-depot"
holder = "institut-mesange"
kind = "ingest"
"""
JEU = "https://donnees.chu-valmorin.example/jeu/depot"
HARVESTED = "https://donnees.chu-valmorin.example/jeu/eds-sejours"
SAMPLE = catalogue.SAMPLES / "chu-valmorin" / "activite-capacitaire.ttl"
TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<{iri}> a dcat:Dataset ;
    dct:title "{title}"@fr ;
    dct:description "Passages aux urgences déposés chaque semaine."@fr .
"""


def describe(iri: str = JEU, title: str = "Urgences déposées") -> bytes:
    """A short description, with much missing."""
    return TURTLE.format(iri=iri, title=title).encode()


class Holder:
    """An exporter with a key."""

    def __init__(self, client: Any, key: str) -> None:
        self.client = client
        self.key = key

    def send(self, method: str, path: str, content: Any = b"", **headers: str) -> Any:
        """One request as the exporter makes it."""
        given = {"X-API-Key": self.key, "Content-Type": "text/turtle", **headers}
        return self.client.session.request(
            method, self.client.url + path, data=content, headers=given, timeout=60
        )


def describe_whole(iri: str, *sources: str) -> bytes:
    """A description without a blocking point, but that it may come from other datasets."""
    folder, _, name = iri.rpartition("/")
    whole = SAMPLE.read_text("utf-8").replace(SAMPLE.stem, name)
    whole = whole.replace("https://donnees.chu-valmorin.example/jeu", folder)
    return (whole + "".join(f"<{iri}> dct:source <{one}> .\n" for one in sources)).encode()


def key_of(root: Any, holder: str, *options: str) -> str:
    """A new key from the command line."""
    return str(catalogue.json_of(root, "token", "create", holder, *options)["key"])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sample catalogue, two of whose holders may hand in."""
    return publish_samples(tmp_path_factory.mktemp("ingest") / "catalogue", SOURCES)


@pytest.fixture(scope="module")
def client(place: Any, run_server: Callable[..., Any]) -> Any:
    """A server on it."""
    return run_server(place)


@pytest.fixture(scope="module")
def chu(place: Any, client: Any) -> Holder:
    """The university hospital."""
    return Holder(client, key_of(place.root, "chu-valmorin"))


@pytest.fixture(scope="module")
def institute(place: Any, client: Any) -> Holder:
    """The institute."""
    return Holder(client, key_of(place.root, "institut-mesange"))


def test_whoami_tells_the_owner(chu: Holder) -> None:
    """A key is told whose it is and what it may; another is a 401."""
    told = chu.send("GET", "api-keys/whoami").json()
    assert (told["holder"], told["scopes"]) == (
        "chu-valmorin", ["write", "delete", "attest", "read"],
    )  # fmt: skip
    stranger = Holder(chu.client, "red_00000000_x").send("GET", "api-keys/whoami")
    assert stranger.status_code == 401
    assert stranger.json()["detail"].startswith("Clé inconnue")


def test_what_is_handed_in_is_published_by_the_next_run(
    place: Any, client: Any, chu: Holder
) -> None:
    """A description goes in, changes and comes out again, each seen after a run."""
    answer = chu.send("POST", "ingest/datasets", describe(), **{"Accept-Language": "en"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["iri"], told["verdict"]) == (JEU, "flagged")
    assert any("missing" in p["message"] or "give" in p["fix"].lower() for p in told["problems"])
    assert [one["profile"] for one in told["others"]] == ["red"]
    again = chu.send("POST", "ingest/datasets", describe())
    assert again.json()["id"] == told["id"]

    run_and_wait(place, client)
    page = client.get(f"resource?iri={JEU}")
    assert page.status_code == 303
    address = page.headers["location"].lstrip("/")
    assert "Urgences déposées" in client.get(address).content.decode()

    renamed = chu.send(
        "PUT", "ingest/datasets/origin?originalId=urg-7", describe(title="Autre nom")
    )
    assert (renamed.status_code, renamed.json()["id"]) == (200, "urg-7")
    run_and_wait(place, client)
    assert "Autre nom" in client.get(address).content.decode()

    deleted = chu.send("DELETE", "ingest/datasets/urg-7")
    assert deleted.json() == {"status": "deleted", "id": "urg-7"}
    assert chu.send("DELETE", "ingest/datasets/urg-7").status_code == 404
    run_and_wait(place, client)
    assert client.get(address).status_code == 410
    gone = client.get(f"api/datasets/{address.rpartition('/')[2].removesuffix('.html')}")
    assert gone.status_code == 410
    assert re.search(r" le [0-9]{1,2}(?:er)? \w+ 20[0-9]{2}\.", gone.text)


@pytest.mark.parametrize("harvested", [True, False])
def test_what_is_marked_private_by_key_leaves_the_catalogue(
    place: Any, client: Any, chu: Holder, *, harvested: bool
) -> None:
    """The mark is taken in, with its line in the log, and the next run withdraws the dataset."""
    iri = f"https://donnees.chu-valmorin.example/jeu/essai-{harvested}"
    title = f"Essai confidentiel {harvested}"
    path = f"ingest/datasets/origin?originalId=essai-{harvested}"
    public = describe(iri, title)
    assert chu.send("PUT", path, public).status_code == 200
    if harvested:
        run_and_wait(place, client)
        assert client.get(f"api/datasets?q={title}").json()["total"] == 1
    mark = f"<{iri}> <https://red.example.fr/ns/red#private> true ."
    answer = chu.send("PUT", path, public + mark.encode())
    assert (answer.status_code, answer.json()["private"]) == (200, True)
    with Desk.open(place.config.register) as desk:
        assert (desk.log()[-1].action, desk.log()[-1].subject) == ("hand in", iri)
    run_and_wait(place, client)
    assert client.get(f"api/datasets?q={title}").json()["total"] == 0
    page = client.session.get(f"{client.url}resource?iri={iri}", timeout=20)
    assert page.status_code == (410 if harvested else 404)
    assert chu.send("PUT", path, public).status_code == 200
    run_and_wait(place, client)
    assert client.get(f"api/datasets?q={title}").json()["total"] == 1
    chu.send("DELETE", f"ingest/datasets/essai-{harvested}")


def test_a_new_dataset_marked_private_is_refused(chu: Holder) -> None:
    """Nothing of it is public, and it is told so; among others, that there is more than one."""
    iri = "https://prive.example/jeu/1"
    marked = describe(iri) + f"<{iri}> <https://red.example.fr/ns/red#private> true .".encode()
    told = {"Accept-Language": "en"}
    alone = chu.send("POST", "ingest/datasets", marked, **told)
    assert (alone.status_code, "it is not published" in alone.json()["detail"]) == (400, True)
    both = chu.send("POST", "ingest/datasets", marked + describe(), **told)
    assert "Datasets in the document: 2." in both.json()["detail"]


def run_and_wait(place: Any, client: Any) -> None:
    """`red-catalog run` on what is handed in; the server is on the new release at once."""
    done = catalogue.red_catalog(place.root, "run", "chu-valmorin-depot", "mesange-depot")
    assert done.returncode == 0, done.stderr


def test_each_holder_keeps_its_own(chu: Holder, institute: Holder) -> None:
    """Nobody hands in, changes or takes back what is another's, harvested or handed in."""
    iri = "https://tiers.example/jeu/1"
    number = chu.send("POST", "ingest/datasets", describe(iri)).json()["id"]
    for method, path in (
        ("POST", "ingest/datasets"),
        ("PUT", "ingest/datasets/origin?originalId=x"),
    ):
        assert institute.send(method, path, describe(iri)).status_code == 403
    for name in (number, iri):
        assert institute.send("DELETE", f"ingest/datasets/{name}").status_code == 403
    reserved = institute.send("POST", "ingest/datasets", describe(JEU))
    assert reserved.status_code == 403
    owned = chu.send("POST", "ingest/datasets", describe(HARVESTED))
    assert (owned.status_code, "moissonné" in owned.json()["detail"]) == (403, True)


def test_another_spelling_is_reserved_but_for_who_had_it(place: Any, institute: Holder) -> None:
    """A namespace with https reserves http; what a holder handed in before it goes on with."""
    iri = "http://donnees.chu-valmorin.example/jeu/maternites"
    assert institute.send("POST", "ingest/datasets", describe(iri)).status_code == 403
    depot = place.config.source("mesange-depot")
    with Desk.open(place.config.register) as desk:
        now = datetime(2029, 3, 26, 12, tzinfo=UTC)
        token, _ = desk.create_token(depot.holder, ("write",), None, now)
        desk.hand_in(token, depot, (iri, describe(iri)), now)
    again = institute.send("POST", "ingest/datasets", describe(iri, title="Maternités"))
    assert again.status_code == 200
    assert institute.send("DELETE", f"ingest/datasets/{iri}").status_code == 200


def test_a_dataset_that_names_another_is_judged_as_the_harvest_will(
    place: Any, client: Any, chu: Holder
) -> None:
    """What the source describes is known at the counter, until it is taken back."""
    before, linked = (f"https://donnees.chu-valmorin.example/jeu/lits-{y}" for y in (2028, 2029))
    path = "ingest/datasets/origin?originalId=lits"

    def hand_in() -> str:
        told = chu.send("POST", "ingest/datasets", describe_whole(linked, before)).json()
        return str(told["verdict"])

    verdicts = [hand_in()]
    chu.send("PUT", path, describe_whole(before))
    verdicts.append(hand_in())
    run_and_wait(place, client)
    with Register.open(place.config.register) as register:
        entry = register.entry(linked)
    assert entry is not None
    verdicts += [entry.verdict, hand_in()]
    # It would take the place of the one that it names.
    replacing = chu.send("PUT", path, describe_whole(linked, before)).json()
    assert (replacing["replaced"], replacing["verdict"]) == (before, "flagged")
    verdicts.append(hand_in())
    assert verdicts == ["flagged", "conformant", "conformant", "conformant", "flagged"]
    chu.send("DELETE", "ingest/datasets/lits")


def test_what_no_source_of_the_holder_gives_any_more_is_handed_in(place: Any) -> None:
    """A source taken out of the configuration keeps nothing: a harvest would take it as well."""
    depot = place.config.source("chu-valmorin-depot")
    with Desk.open(place.config.register) as desk:
        now = datetime(2029, 3, 26, 12, tzinfo=UTC)
        token, _ = desk.create_token("chu-valmorin", ("write",), None, now)
        given = (HARVESTED, describe(HARVESTED))
        assert desk.hand_in(token, depot, given, now) is Refused.HARVESTED
        alone = replace(depot, siblings=())
        handed = desk.hand_in(token, alone, given, now)
        assert isinstance(handed, Handed)
        desk.take_back(token, handed.id, now)


@pytest.mark.parametrize(
    ("content", "headers", "status", "said"),
    [
        (b"", {}, 400, "The document is empty."),
        (b"<https://a.example/1> a", {}, 400, "The document"),
        (
            b"<https://a.example/1> <https://a.example/p> 1 .",
            {},
            400,
            "document: 0. Send exactly one.",
        ),
        (describe(JEU) + describe(JEU + "2"), {}, 400, "document: 2. Send exactly one at a time, "),
        (b"{}", {"Content-Type": "application/json"}, 415, "Send the description as Turtle"),
        (b"#" * 5_000_001, {}, 413, "5000000"),
    ],
)
def test_bad_documents_are_told(
    chu: Holder, content: bytes, headers: dict[str, str], status: int, said: str
) -> None:
    """What cannot be taken in is a sentence in the client's language."""
    answer = chu.send("POST", "ingest/datasets", content, **{"Accept-Language": "en"}, **headers)
    assert (answer.status_code, set(answer.json())) == (status, {"detail"})
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("written", "announced", "said"),
    [
        ("latin-1", "iso-8859-1", "was read as"),
        ("utf-16", "utf-16", "was read as"),
        ("utf-8", "latin-1", "is announced as latin-1 but is UTF-8"),
        ("utf-8", "utf-8", None),
    ],
)
def test_the_charset_that_is_announced_counts(
    place: Any, chu: Holder, written: str, announced: str, said: str | None
) -> None:
    """A description in another encoding is taken in, told to be, and kept in UTF-8."""
    content = describe().decode().encode(written)
    headers = {"Content-Type": f"text/turtle; charset={announced}", "Accept-Language": "en"}
    answer = chu.send("POST", "ingest/datasets", content, **headers)
    assert answer.status_code == 200, answer.text
    told = [one["message"] for one in answer.json()["repaired"]]
    assert (said in " ".join(told)) if said else told == []
    with Desk.open(place.config.register) as desk:
        kept = [d for d in desk.documents("chu-valmorin") if isinstance(d, Document)]
    assert "Urgences déposées".encode() in b"".join(one.content for one in kept)
    unnamed = chu.send("POST", "ingest/datasets", describe().decode().encode("latin-1"))
    assert (unnamed.status_code, "charset" in unnamed.json()["detail"]) == (400, True)


def test_scopes_expiry_and_revocation(place: Any, client: Any) -> None:
    """A key does what its scope says, until it is revoked."""
    writer = Holder(client, key_of(place.root, "chu-valmorin", "--scope", "write"))
    refused = writer.send("DELETE", "ingest/datasets/x", b"", **{"Accept-Language": "fr"})
    assert refused.status_code == 403
    assert "ne permet pas de retirer des descriptions" in refused.json()["detail"]
    number = writer.key.split("_")[1]
    assert catalogue.json_of(place.root, "token", "revoke", number) == {"revoked": number}
    assert writer.send("GET", "api-keys/whoami").status_code == 401
    listed = {t["id"]: t for t in catalogue.json_of(place.root, "token", "list")}
    assert listed[number]["revoked"]
    past = catalogue.red_catalog(
        place.root, "token", "create", "chu-valmorin", "--expires", "2020-01-01"
    )
    assert (past.returncode, "is past" in past.stderr) == (2, True)
    nowhere = catalogue.red_catalog(
        place.root, "token", "create", "kinelia-sante", "--scope", "write"
    )
    assert (nowhere.returncode, 'kind = "ingest"' in nowhere.stderr) == (2, True)


def test_replacing_takes_back_and_is_told(place: Any, client: Any, chu: Holder) -> None:
    """A name given to another dataset: 403 without the scope `delete`, else told in the answer."""
    old, new = (describe(f"https://donnees.chu-valmorin.example/jeu/v{n}") for n in (1, 2))
    path = "ingest/datasets/origin?originalId=valmorin-v"
    writer = Holder(client, key_of(place.root, "chu-valmorin", "--scope", "write"))
    assert "replaced" not in writer.send("PUT", path, old).json()
    refused = writer.send("PUT", path, new, **{"Accept-Language": "en"})
    assert (refused.status_code, "would take back" in refused.json()["detail"]) == (403, True)
    told = chu.send("PUT", path, new).json()
    assert told["replaced"] == "https://donnees.chu-valmorin.example/jeu/v1"
    chu.send("DELETE", "ingest/datasets/valmorin-v")


def test_unknown_keys_are_slowed_down(place: Any, client: Any, chu: Holder) -> None:
    """Many wrong keys from one client become a 429; a good key still opens."""
    stranger = Holder(client, "red_ffffffff_" + "x" * 43)
    found = {stranger.send("GET", "api-keys/whoami").status_code for _ in range(70)}
    assert found == {401, 429}
    assert chu.send("GET", "api-keys/whoami").status_code == 200


def test_everything_is_in_the_log(place: Any, chu: Holder) -> None:
    """What was done and refused is there with its key, and the log is whole."""
    iri = "https://journal.example/jeu/1"
    chu.send("POST", "ingest/datasets", describe(iri))
    with Desk.open(place.config.register) as desk:
        last = desk.log()[-1]
        assert (last.actor, last.action, last.outcome, last.subject) == (
            chu.key.split("_")[1], "hand in", "done", iri,
        )  # fmt: skip
        assert desk.first_broken() is None


@pytest.mark.parametrize(
    ("method", "path", "status", "allowed"),
    [
        ("GET", "ingest/datasets", 405, "POST"),
        ("DELETE", "ingest/datasets", 405, "POST"),
        ("GET", "ingest/datasets/x", 405, "DELETE"),
        ("PUT", "ingest/datasets/x", 405, "DELETE"),
        ("POST", "ingest/datasets/origin", 405, "DELETE, PUT"),
        ("POST", "api-keys/whoami", 405, "GET, HEAD"),
        ("GET", "ingest/jeux", 404, None),
        ("POST", "api-keys/", 404, None),
    ],
)
def test_other_addresses_and_methods_are_refused(
    chu: Holder, method: str, path: str, status: int, allowed: str | None
) -> None:
    """In the form of the interface and the client's language, with what the address takes."""
    answer = chu.send(method, path, describe(), **{"Accept-Language": "en"})
    assert (answer.status_code, answer.headers.get("Allow")) == (status, allowed)
    assert list(answer.json()) == ["detail"]
    assert answer.json()["detail"].startswith("This address" if allowed else "There is no")


def test_what_waits_for_a_harvest_is_told_to(chu: Holder) -> None:
    """Attested right after it was handed in, it is not unknown."""
    iri = "https://attente.example/jeu/1"
    chu.send("PUT", "ingest/datasets/origin?originalId=attente-1", describe(iri))
    told = {"Accept-Language": "en"}
    for name in (iri, "attente-1"):
        answer = chu.send("POST", f"ingest/attestations?dataset={name}", b"", **told)
        assert (answer.status_code, "next harvest" in answer.json()["detail"]) == (404, True)
    answer = chu.send("POST", "ingest/attestations?dataset=attente-2", b"", **told)
    assert (answer.status_code, "next harvest" in answer.json()["detail"]) == (404, False)


def test_the_server_publishes_by_itself_where_told(
    tmp_path_factory: pytest.TempPathFactory, run_server: Callable[..., Any]
) -> None:
    """With `publish = "on-ingest"`, what is handed in appears once it has been quiet."""
    told = '\n[serve]\npublish = "on-ingest"\nquiet_seconds = 1.0\n'
    own = publish_samples(tmp_path_factory.mktemp("on-ingest") / "catalogue", SOURCES + told)
    server = run_server(own)
    holder = Holder(server, key_of(own.root, "chu-valmorin"))
    assert holder.send("POST", "ingest/datasets", describe()).status_code == 200
    deadline = time.monotonic() + 90
    while server.get(f"resource?iri={JEU}").status_code != 303:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    found = server.get("api/datasets?q=déposées").json()
    assert [one["iri"] for one in found["datasets"]] == [JEU]
