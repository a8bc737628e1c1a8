"""The attack tests know a corpus by its manifest alone: another one of the same form runs too."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
CONTROL = "https://clinique-est.example/jeu/repere"
# File, how it is served, what must become of it, and the attack.
ROWS = [
    ("rdf/accents.ttl", "text/turtle", "ACCEPT: title bytes intact", "French letters"),
    ("rdf/entite.rdf", "application/rdf+xml", "REJECT-DOC", "entity of a file"),
    ("rdf/lien.ttl", "text/turtle", "QUARANTINE-DATASET", "IRI with a space"),
    ("rdf/un.ttl", "text/turtle", "ACCEPT", "page 1 of 2 of the same feed"),
    ("rdf/deux.ttl", "text/turtle", "ACCEPT: u has Anne only, d has Bruno only", "same labels"),
    ("holders/est.ttl", "text/turtle", "ACCEPT", "the first holder"),
    ("holders/ouest.ttl", "text/turtle",
     'QUARANTINE-DATASET: the other is told "owned by clinique-est"', "another holder's"),
    ("sequence/lundi.ttl", "text/turtle", "ACCEPT (5 datasets)", "first harvest"),
    ("sequence/mardi.ttl", "text/turtle", "GUARD: 3 of 5 vanish", "mass deletion"),
    ("feeds/rond.ttl", "text/turtle", 'REJECT-DOC "paging loop at page 1"; at most 2 requests',
     "next page is itself"),
]  # fmt: skip
MANIFEST = """# Another corpus
The control dataset `{control}` is in most Turtle files.
1. No request reaches the canary at 127.0.0.1:{port}.
2. `{folder}/canari.txt` and `{folder}/canari.jsonld` (create them holding `CANARI-7` / `{{}}`).
3. peak memory of any process under 1 GB; under 30 s per document.

| file | served as | required outcome | attack | seen |
|---|---|---|---|---|
{rows}

| route | required | seen |
|---|---|---|
| /vide, /page | REJECT-DOC with a plain sentence | |
| /rond | REJECT-DOC after at most 5 hops | |
"""
SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass
    def do_GET(self):
        open("red-evil.log", "a").write(self.path + chr(10))
        getattr(self, "r_" + self.path.strip("/"), self.r_absent)()
    def say(self, code, body=b"", **more):
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
    def r_vide(self): self.say(200)
    def r_page(self): self.say(200, b"<html>")
    def r_rond(self): self.say(302, Location='/rond')
    r_absent = lambda self: self.say(404)
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
server.daemon_threads = True
print("ready", flush=True)
server.serve_forever()
"""


def dataset(iri: str, more: str = "") -> str:
    """A dataset with a title."""
    title = f"Séjours à l'hôpital {iri[-6:]}"
    return f'<{iri}> a dcat:Dataset ; dct:title "{title}"@fr {more} .\n'


def bodies(url: str) -> dict[str, str]:
    """The text of each file; the feed lies at this URL."""
    east, west = "https://clinique-est.example/", "https://clinique-ouest.example/"
    control, a = dataset(CONTROL), f"{east}jeu/a"
    five = [dataset(f"{east}jeu/{n}") for n in "abcde"]
    head = {base: f'<{base}catalogue> a dcat:Catalog ; dct:title "Jeux"@fr .\n'
            for base in (east, west)}  # fmt: skip
    page = '<{}jeu/{}> a dcat:Dataset ; dct:title "{}" ; dct:creator _:b .\n_:b dct:title "{}" .\n'
    return {
        "rdf/accents.ttl": control + dataset(a),
        "rdf/entite.rdf": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
        "rdf/lien.ttl": control + dataset(a, "; dcat:landingPage <https://x.example/a b>"),
        "rdf/un.ttl": page.format(east, "u", "Urgences", "Anne"),
        "rdf/deux.ttl": page.format(east, "d", "Dialyses", "Bruno"),
        "holders/est.ttl": head[east] + dataset(a),
        "holders/ouest.ttl": head[west] + dataset(a, "; owl:deprecated true"),
        "sequence/lundi.ttl": head[east] + "".join(five),
        "sequence/mardi.ttl": head[east] + "".join(five[:2]),
        "feeds/rond.ttl": control + f"<{url}> a hydra:PagedCollection ; hydra:next <{url}> .\n",
    }


def build(folder: Path) -> None:
    """Writes the corpus: its files, both manifests and the hostile server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for file, text in bodies(f"http://127.0.0.1:{port}/feeds/rond.ttl").items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        head = PREFIXES if file.endswith(".ttl") else ""
        (folder / file).write_text(head + text, encoding="utf-8")
    (folder / "http").mkdir()
    (folder / "http" / "evil_server.py").write_text(SERVER, encoding="utf-8")
    names = ("file", "served_as", "outcome", "attack")
    listed = [dict(zip(names, row, strict=True)) for row in ROWS]
    (folder / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    rows = "\n".join(f"| `{f}` | {s} | {o} | {a} | |" for f, s, o, a in ROWS)
    facts = {"control": CONTROL, "port": port, "folder": folder.parent, "rows": rows}
    (folder / "MANIFEST.md").write_text(MANIFEST.format(**facts), encoding="utf-8")


def test_another_corpus_runs_unchanged(tmp_path: Path) -> None:
    """Other names, holders, port, routes and canaries: every test finds what it needs."""
    corpus = tmp_path / "corpus"
    build(corpus)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider",
               f"--basetemp={tmp_path / 'base'}", "tests/attacks", "tests/http/test_attacks.py",
               f"--ignore={Path(__file__).relative_to(ROOT)}",
               "--deselect=tests/attacks/test_memory.py"]  # fmt: skip
    environment = {**os.environ, "RED_ATTACKS": str(corpus)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 12
