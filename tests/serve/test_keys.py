"""What a holder's key opens, and what it does not: the other holder's, other scopes, too often."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from red_catalog.model import Level, Record, Report, Run, Verdict
from red_catalog.register import copies
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.register.tokens import SCOPES
from red_catalog.serve.api import description
from red_catalog.serve.holders import dashboards
from tests.serve.conftest import Client
from tests.serve.published import Published
from tests.serve.test_ingest import Holder, describe, describe_whole

THEN = datetime(2024, 3, 26, 12, tzinfo=UTC)
CONFIG = """[catalogue]
base_iri = "https://red.example.fr/"
title = {{ fr = "Répertoire d'essai", en = "Test register" }}
publisher = {{ fr = "Agence d'essai", en = "Test agency" }}
contact = "contact@red.example.fr"
[publication]
rules = []
gate = "strict"
[serve]
pushes_per_minute = {pushes}
"""
HOLDER = """[[holder]]
id = "{0}"
name = {{ fr = "Hôpital {0}", en = "Hospital {0}" }}
[[source]]
id = "{0}-depot"
holder = "{0}"
kind = "ingest"
"""
HOSPITALS = ("chu-lille", "clinique-rivemont")
MINE, OTHERS = (f"https://donnees.{one}.example/jeu/urgences" for one in HOSPITALS)
NEW = "https://donnees.chu-lille.example/jeu/naissances"


def register(root: Path, pushes: int) -> Published:
    """A catalogue of two hospitals with a strict gate; each attested its one dataset in 2024."""
    parts = [CONFIG.format(pushes=pushes), *(HOLDER.format(one) for one in HOSPITALS)]
    (root / "red.toml").write_text("".join(parts), "utf-8")
    place = Published(root)
    for holder, iri in zip(HOSPITALS, (MINE, OTHERS), strict=True):
        title = f'<{iri}> <http://purl.org/dc/terms/title> "Passages aux urgences"@fr .\n'
        record = Record(iri, title.encode(), "aa", "depot.ttl")
        report = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC)
        source = f"{holder}-depot"
        taken = Accepted(record, report, Verdict.CONFORMANT, holder, source, "aa")
        with Register.open(place.config.register) as opened:
            opened.commit(Change(Run(0, source, THEN, THEN, "ok"), (taken,)))
        with Desk.open(place.config.register) as desk:
            desk.attest(Who(holder, "12ab34cd", "ingest"), iri, THEN)
    return place


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, run_server: Callable[[Any], Client]) -> Client:
    """A server on it."""
    return run_server(register(tmp_path_factory.mktemp("keys"), 600))


def holding(client: Client, holder: str, *scopes: str) -> Holder:
    """An exporter with a new key for these scopes."""
    with Desk.open(client.place.config.register) as desk:
        return Holder(client, desk.create_token(holder, scopes, None, THEN)[1])


@pytest.mark.parametrize("output", ["json", "late", "evidence", "evidence-csv"])
def test_a_holder_reads_of_its_own_alone(client: Client, output: str) -> None:
    """Neither dashboard nor evidence under a hospital's key tells of the other's dataset."""
    answer = holding(client, "chu-lille", "read").send("GET", f"api/dashboard?output={output}")
    assert (answer.status_code, MINE in answer.text) == (200, True)
    assert "rivemont" not in answer.text
    if output == "json":
        assert answer.json()["datasets"] == 1


def test_the_dashboard_is_as_described(client: Client) -> None:
    """Each output that the description names comes as it says, under the key that it names."""
    whole = description.describe(client.place.config.catalogue)
    told = whole["paths"]["/api/dashboard"]["get"]
    assert client.get("api/dashboard").status_code == 401
    key = holding(client, "chu-lille", "read").key
    outputs = next(p for p in told["parameters"] if p["name"] == "output")["schema"]["enum"]
    assert set(outputs) == set(dashboards.OUTPUTS) - {"html"}
    for output in outputs:
        answer = client.get(f"api/dashboard?output={output}", **{description.KEY: key})
        kind = answer.headers["content-type"].partition(";")[0]
        assert (answer.status_code, kind in told["responses"]["200"]["content"]) == (200, True)
        if output == "json":
            promised = whole["components"]["schemas"]["Dashboard"]["properties"]
            assert promised.keys() <= answer.json().keys()


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "api/dashboard", "read"),
        ("POST", f"ingest/attestations?dataset={MINE}", "attest"),
        ("POST", "ingest/datasets", "write"),
        ("PUT", "ingest/datasets/origin?originalId=naissances", "write"),
        ("DELETE", "ingest/datasets/naissances", "delete"),
    ],
)
def test_each_door_asks_for_its_scope(client: Client, method: str, path: str, scope: str) -> None:
    """A key with every other scope is a 403."""
    others = holding(client, "chu-lille", *(one for one in SCOPES if one != scope))
    assert others.send(method, path, describe(NEW)).status_code == 403


@pytest.mark.parametrize(("scopes", "status"), [(("read",), 200), (("write", "attest"), 403)])
def test_the_form_of_the_dashboard_asks_for_its_scope(
    client: Client, scopes: tuple[str, ...], status: int
) -> None:
    """A key that is typed in reads if it may read."""
    key = holding(client, "chu-lille", *scopes).key
    answer = client.session.post(f"{client.url}dashboard", {"key": key}, timeout=60)
    assert answer.status_code == status


@pytest.mark.parametrize(("folder", "said"), [("", "saisissez la"), ("en/", "type yours")])
def test_a_wrong_key_on_the_form_leads_back(client: Client, folder: str, said: str) -> None:
    """People get a page with the field for the key; programs, the sentence."""
    address, given = f"{client.url}{folder}dashboard", {"key": "une-autre"}
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = client.session.post(address, given, headers=browser, timeout=60)
    assert (answer.status_code, said in answer.text) == (401, True)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'name="key"' in answer.text
    assert f'href="/{folder}duties.html"' in answer.text or 'href="duties.html"' in answer.text
    assert "une-autre" not in answer.text
    (field,) = re.findall(r'<input id="key"[^>]*>', answer.text)
    assert 'aria-invalid="true" aria-describedby="refused"' in field
    assert '<p class="notice warn" role="alert" id="refused">' in answer.text
    assert re.search(
        "<title>(Accès au tableau de bord refusé|Access to the dashboard refused) –", answer.text
    )
    plain = client.session.post(address, given, timeout=60)
    assert (plain.status_code, plain.headers["Content-Type"][:10]) == (401, "text/plain")


def test_unknown_parameters_of_the_dashboard_are_told(client: Client) -> None:
    """A misspelt one is a problem that names what was meant."""
    holder = holding(client, "chu-lille", "read")
    told = {"Accept-Language": "en"}
    answer = holder.send("GET", "api/dashboard?outptu=json", b"", **told)
    assert (answer.status_code, "did you mean output?" in answer.json()["detail"]) == (400, True)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_key_revoked_while_the_body_comes_hands_nothing_in(client: Client) -> None:
    """Who began to send before gets a 401 for the rest, and nothing is kept."""
    holder, body = holding(client, "chu-lille", "write"), describe_whole(NEW)
    number = holder.key.split("_")[1]
    with Desk.open(client.place.config.register) as desk:

        def send() -> Iterator[bytes]:
            yield body[:50]
            until = time.monotonic() + 30
            while time.monotonic() < until and not any(
                one.last_used for one in desk.tokens() if one.id == number
            ):
                time.sleep(0.01)
            desk.revoke(number, THEN)
            yield body[50:]

        answer = holder.send("POST", "ingest/datasets", send(), **{"Accept-Language": "en"})
        assert "has just expired or been revoked" in answer.json()["detail"]
        assert (answer.status_code, answer.headers["WWW-Authenticate"][:6]) == (401, "ApiKey")
        source = client.place.config.ingest_source("chu-lille")
        assert source is not None
        assert not desk.has(source, NEW)


@pytest.mark.parametrize("path", ["api-keys/whoami", "api/dashboard"])
def test_the_key_of_a_holder_that_left_opens_nothing(client: Client, path: str) -> None:
    """A hospital that is no more in red.toml is as unknown as any stranger."""
    gone = holding(client, "hopital-ferme", "read", "write")
    assert gone.send("GET", path).status_code == 401


def test_a_strict_gate_refuses_at_the_counter(client: Client) -> None:
    """What would not be published is a 422 that says why, and nothing of it is kept."""
    answer = holding(client, "chu-lille", "write").send("POST", "ingest/datasets", describe(NEW))
    assert answer.status_code == 422
    assert "Points bloquants : " in answer.json()["detail"]
    with Desk.open(client.place.config.register) as desk:
        assert desk.documents("chu-lille") == []


def test_a_strict_gate_lets_in_what_is_private_now(
    tmp_path: Path, run_server: Callable[[Any], Client]
) -> None:
    """A contact that was public leaves at once; what hides no more is held back as before."""
    marked = f"""<{OTHERS}> <http://www.w3.org/ns/dcat#contactPoint> [
        <https://red.example.fr/ns/red#private> true ;
        <http://www.w3.org/2006/vcard/ns#fn> "%s" ] .
    """
    hospital = holding(run_server(register(tmp_path, 600)), "clinique-rivemont", "write")
    found = [
        hospital.send(
            "POST", "ingest/datasets", describe(OTHERS, "Urgences") + (marked % name).encode()
        ).status_code
        for name in ("Passages aux urgences", "Personne que nulle version ne nomme")
    ]
    assert found == [200, 422]


def test_a_strict_gate_lets_in_what_names_another_dataset(client: Client) -> None:
    """To come from a dataset of the same source is no blocking point; from an unknown one it is."""
    hospital = holding(client, "clinique-rivemont", "write", "delete")
    before, unknown, new = (f"{OTHERS}-{year}" for year in (2027, 2028, 2029))
    assert hospital.send("POST", "ingest/datasets", describe_whole(before)).status_code == 200
    found = [
        hospital.send("POST", "ingest/datasets", describe_whole(new, one)).status_code
        for one in (before, OTHERS, unknown)
    ]
    for one in (before, new):
        hospital.send("DELETE", f"ingest/datasets/{one}")
    assert found == [200, 200, 422]


def test_one_key_asks_so_often(tmp_path: Path, run_server: Callable[[Any], Client]) -> None:
    """After `pushes_per_minute` a key is a 429, and another key still opens."""
    client = run_server(register(tmp_path, 2))
    mine, others = (holding(client, one, "read") for one in HOSPITALS)
    found = [mine.send("GET", "api-keys/whoami").status_code for _ in range(3)]
    assert found == [200, 200, 429]
    assert others.send("GET", "api-keys/whoami").status_code == 200


def test_a_register_that_is_moved_or_replaced_is_noticed(
    tmp_path: Path, run_server: Callable[[Any], Client]
) -> None:
    """A key opens what the register in place says; without one nothing is taken in (503)."""
    client = run_server(register(tmp_path, 600))
    live, older = client.place.config.register, tmp_path / "avant.db"
    copies.back_up(live, older)
    hospital = holding(client, "chu-lille", *SCOPES)
    assert hospital.send("GET", "api-keys/whoami").status_code == 200
    live.rename(tmp_path / "aside.db")
    attest = f"ingest/attestations?dataset={MINE}"
    refused = hospital.send("POST", attest, b"", **{"Accept-Language": "en"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert refused.json()["detail"].startswith("The register is not in its place")
    assert not live.exists()
    for suffix in ("-wal", "-shm"):
        live.with_name(live.name + suffix).rename(tmp_path / f"aside.db{suffix}")
    older.rename(live)
    assert hospital.send("GET", "api-keys/whoami").status_code == 401
    again = holding(client, "chu-lille", *SCOPES)
    assert again.send("POST", attest).status_code == 200
    with Desk.open(live) as desk:
        assert (desk.log()[-1].action, desk.log()[-1].subject) == ("attest", MINE)
