"""`/api/check` on the running server."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DOCUMENT = SAMPLES / "chu-valmorin" / "urgences-passages.ttl"
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture
def checking(samples: Any) -> Any:
    """A server that lets a client check often."""
    return samples


def send(checking: Any, content: bytes, query: str = "", **headers: str) -> Any:
    """POSTs a document as Turtle."""
    return checking.session.post(
        checking.url + "api/check" + query, content, headers={**TURTLE, **headers}, timeout=60
    )


def test_the_report_is_that_of_the_command_line(checking: Any) -> None:
    """The JSON equals what `red-catalog check --json` prints of the same document."""
    command = [sys.executable, "-m", "red_catalog", "check", str(DOCUMENT), "--json"]
    printed = subprocess.run(command, capture_output=True, check=False).stdout
    expected = json.loads(printed)
    found = send(checking, DOCUMENT.read_bytes()).json()
    expected["document"]["location"] = found["document"]["location"]
    assert found == expected
    assert found["datasets"][0]["findings"]


def test_our_own_checks_stand_beside_unless_a_profile_is_named(checking: Any) -> None:
    """A date that no calendar has is told; the check page asks for just that first."""
    text = DOCUMENT.read_text("utf-8").replace(
        "dct:title", 'dct:issued "2024-02-31" ;\n    dct:title', 1
    )
    usual, alone = (
        send(checking, text.encode(), query).json()["datasets"][0]["others"]
        for query in ("", "?profile=healthdcat-ap-8")
    )
    assert ["2024-02-31" in str(one["problems"]) for one in usual] == [True]
    assert alone == []
    page = checking.session.get(checking.url + "check.html", timeout=60).text
    assert page.partition("<option ")[2].startswith('value="">')
    form = {"text": text, "profile": "", "output": "csv"}
    answer = checking.session.post(checking.url + "api/check", data=form, timeout=60)
    assert "2024-02-31" in answer.text


@pytest.mark.parametrize(
    ("accept", "kind", "said"),
    [
        ("text/html", "text/html; charset=utf-8", "<h1>"),
        ("text/csv", "text/csv; charset=utf-8", ","),
        ("text/turtle", "text/turtle; charset=utf-8", "ValidationReport"),
        ("application/sarif+json", "application/sarif+json", "2.1.0"),
        ("*/*", "application/json", "verdict"),
    ],
)
def test_the_report_is_negotiated(checking: Any, accept: str, kind: str, said: str) -> None:
    """The report comes in the form that Accept prefers."""
    answer = send(checking, DOCUMENT.read_bytes(), Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert said in answer.text
    alone = "style-src 'sha256-" in answer.headers["content-security-policy"]
    assert alone == kind.startswith("text/html")  # it has its own style


def test_the_language_is_the_clients(checking: Any) -> None:
    """Sentences come in the language of `lang`, else of Accept-Language, else in French."""
    french, english, asked = (
        send(checking, DOCUMENT.read_bytes(), query, **headers).json()["datasets"][0]["problems"]
        for query, headers in (("", {}), ("", {"Accept-Language": "en"}), ("?lang=en", {}))
    )
    assert english == asked
    assert french != english


def test_a_browser_sends_file_text_or_address(checking: Any) -> None:
    """A form may carry any of the three, a file under any name; the report is a page."""
    content = DOCUMENT.read_bytes()
    empty = ("", b"", "application/octet-stream")
    forms: list[dict[str, Any]] = [
        {"file": ("urgences.ttl", content, "text/turtle"), "text": (None, "")},
        {"file": empty, "text": (None, content)},
        {"text": ("urgences.ttl", content, "text/turtle")},
        {"url": ("urgences.ttl", content, "text/turtle")},
    ]
    for files in forms:
        answer = checking.session.post(
            checking.url + "api/check",
            files={**files, "output": (None, "html"), "lang": (None, "en")},
            timeout=60,
        )
        assert answer.status_code == 200
        assert "minimum elements" in answer.text
        assert "style-src 'self'" in answer.headers["content-security-policy"]


def test_an_address_goes_through_the_door(checking: Any) -> None:
    """Addresses of this machine and network are refused, with a sentence in the report."""
    for address in (checking.url, "http://169.254.169.254/", "file:///etc/passwd"):
        answer = checking.session.post(
            checking.url + "api/check", data={"url": address, "lang": "en"}, timeout=60
        )
        report = answer.json()["document"]
        assert (answer.status_code, report["verdict"]) == (200, "unreadable")
        assert report["code"] in {"host-unseen", "scheme-refused"}
        assert "allow_hosts" not in answer.text  # which whoever checks cannot set


@pytest.mark.parametrize(
    ("content", "headers", "query", "status"),
    [
        (b"text=", {"Content-Type": "application/x-www-form-urlencoded"}, "", 400),
        (
            b"text=a&url=http%3A%2F%2Fa.example",
            {"Content-Type": "application/x-www-form-urlencoded"},
            "",
            400,
        ),
        (b"x", {"Content-Type": "image/png"}, "", 415),
        (b"x", {}, "?profile=inconnu", 400),
        (b"x", {}, "?lang=de", 400),
        (b"x", {}, "?output=pdf", 400),
        (b"x", {}, "?lang=fr&lang=en", 400),
        (b"x", {"Accept": "image/png"}, "", 406),
        (b"x", {}, "?url=http://example.org", 400),
        (b"x", {"Content-Type": "multipart/form-data"}, "", 400),
        (b"x" * 5_000_001, {}, "", 413),
    ],
)
def test_mistakes_are_told(
    checking: Any, content: bytes, headers: dict[str, str], query: str, status: int
) -> None:
    """What cannot be checked is a problem with a sentence."""
    answer = send(checking, content, query, **{"Accept-Language": "en"}, **headers)
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_the_charset_that_is_announced_counts(checking: Any, kind: str) -> None:
    """Latin-1 that says so is read, sent as it is or as a file; said of JSON, it counts not."""
    content = '<https://a.example/1> <http://purl.org/dc/terms/title> "Été" .'
    if kind.endswith("xml"):
        content = (
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<r:Description r:about="https://a.example/1" r:value="Été"/></r:RDF>'
        )
    whole, written = f"{kind}; charset=iso-8859-1", content.encode("latin-1")
    address = checking.url + "api/check"
    answers = [
        send(checking, written, **{"Content-Type": whole}),
        checking.session.post(address, files={"file": ("a.rdf", written, whole)}, timeout=60),
    ]
    for answer in answers:
        document = answer.json()["document"]
        assert (document["verdict"], document["repaired"][0]["code"]) == ("read", "charset")
    given = {"Content-Type": "application/ld+json; charset=latin-1"}
    told = send(checking, '{"@id": "https://a.example/é"}'.encode(), **given).json()
    assert told["document"]["repaired"] == []


CLINIC = SAMPLES / "clinique-tamaris" / "evenements-indesirables" / "datasets.csv"


@pytest.mark.parametrize("charset", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_table_is_checked_however_it_comes(checking: Any, charset: str) -> None:
    """A clinic's table, in any charset, sent as it is, pasted or chosen, gives its datasets."""
    content = CLINIC.read_bytes().decode("cp1252").encode(charset)
    address = checking.url + "api/check"
    pasted = content.decode(charset).encode()
    reports = [
        send(checking, content, "?lang=fr", **{"Content-Type": "text/csv"}).json(),
        checking.session.post(address, data={"text": pasted, "lang": "fr"}, timeout=60).json(),
        checking.session.post(
            address, files={"file": ("jeux.csv", content, "application/vnd.ms-excel")},
            data={"lang": "fr"}, timeout=60,
        ).json(),
    ]  # fmt: skip
    nowhere = send(checking, b"Titre;Inconnue;X\nSoins;a;b\n", "?lang=fr").json()["document"]
    assert nowhere["repaired"][0]["message"].startswith("Document envoyé, ligne 2")
    for report in reports:
        (dataset,) = report["datasets"]
        assert dataset["problems"]
        assert dataset == reports[0]["datasets"][0]


def test_a_workbook_is_checked_as_on_the_command_line(checking: Any) -> None:
    """The same problems and counts, by sheet, row and column, and nothing to paste into it."""
    path = SAMPLES / "clinique-tamaris" / "declaration.xlsx"
    command = [sys.executable, "-m", "red_catalog", "check", str(path), "--json", "--lang", "fr"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    files = {"file": ("declaration.xlsx", path.read_bytes())}
    answer = checking.session.post(
        checking.url + "api/check", files=files, data={"lang": "fr"}, timeout=60
    )
    report = answer.json()
    assert report["datasets"] == expected["datasets"]
    assert len(report["datasets"]) > 1
    (mistake,) = report["document"]["repaired"]
    assert "ligne 5, colonne AE" in mistake["message"]
    problems = [one for dataset in report["datasets"] for one in dataset["problems"]]
    assert problems
    assert {one["turtle"] for one in problems} == {None}


def test_the_csv_files_of_a_declaration_are_checked_together(checking: Any) -> None:
    """A contact in a file of its own is found; of a document of RDF there is one."""
    address = checking.url + "api/check"
    files = [("file", (p.name, p.read_bytes())) for p in sorted(CLINIC.parent.glob("*.csv"))]
    assert len(files) == 3
    together = checking.session.post(address, files=files, timeout=60).json()
    alone = checking.session.post(address, files=[f for f in files if "datasets" in f[1][0]],
                                  timeout=60).json()  # fmt: skip
    held = [one for one in (together, alone) if "contactPoint" in json.dumps(one)]
    assert held == [alone]
    mixed = [
        files[0],
        ("file", ("urgences.ttl", b"<https://a.example/1> a <https://b.example/> .")),
    ]
    refused = checking.session.post(address, files=mixed, timeout=60)
    assert refused.status_code == 400
    assert "the CSV files of one declaration" in refused.json()["detail"]


def test_what_is_no_workbook_is_told_in_the_report(checking: Any) -> None:
    """Of an archive, and of a workbook of before 2007, the report says what to do."""
    for content in (b"PK\3\4" + b"x" * 100, b"\xd0\xcf\x11\xe0" + b"x" * 100):
        document = send(checking, content, "?lang=fr").json()["document"]
        assert document["verdict"] == "unreadable"
        assert document["fix"]


def test_turtle_without_prefixes_is_no_csv(checking: Any) -> None:
    """A first line with several semicolons may be a statement of a description."""
    said = b'ex:1 a dcat:Dataset ; dct:title "Urgences" ; dct:description "Passages" .\n'
    assert send(checking, b"\n" + said).status_code == 200


def test_what_cannot_be_read_is_a_report(checking: Any) -> None:
    """A broken document is told with its line."""
    report = send(checking, b"<https://a.example/1> a\n  <b", "?lang=en").json()
    assert (report["document"]["verdict"], report["datasets"]) == ("unreadable", [])


@pytest.mark.parametrize("name", ["03-billion-laughs.rdf", "32-deep-collection.ttl"])
def test_hostile_documents_end_no_server(checking: Any, attacks: Path, name: str) -> None:
    """A document that kills its reader is reported, and the next one is checked."""
    kind = {"rdf": "application/rdf+xml", "ttl": "text/turtle"}[name.rpartition(".")[2]]
    answer = send(checking, (attacks / "rdf" / name).read_bytes(), **{"Content-Type": kind})
    assert answer.status_code == 200
    assert send(checking, DOCUMENT.read_bytes()).json()["datasets"]


def test_pages_are_answered_during_a_long_check(checking: Any) -> None:
    """A check of many datasets does not hold up the others."""
    one = DOCUMENT.read_text("utf-8")
    many = "\n".join(one.replace("urgences-passages", f"u{n}") for n in range(150))
    long = threading.Thread(target=send, args=(checking, many.encode()))
    long.start()
    waits = []
    while long.is_alive():
        start = time.monotonic()
        assert checking.get("health").status_code == 200
        waits.append(time.monotonic() - start)
        time.sleep(0.01)
    assert max(waits) < 1


def test_nothing_is_kept(checking: Any) -> None:
    """After a check no file of the catalogue has changed."""
    root = checking.place.root
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*")}
    send(checking, DOCUMENT.read_bytes())
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*")} == before


def test_one_client_checks_so_often(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """The twenty-first check in a minute is a 429 that says when to come back."""
    server = run_server(make_place())
    answers = [send(server, b"", "?lang=de") for _ in range(21)]
    assert [a.status_code for a in answers] == [400] * 20 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    form = {"params": {"output": "html", "lang": "en"}, "data": {"text": "a"}}
    page = server.session.post(server.url + "api/check", **form, timeout=60)
    assert (page.status_code, page.headers["retry-after"] != "") == (429, True)
    assert "Back to the form" in page.text
