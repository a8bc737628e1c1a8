"""A source that is not set up rightly fails alone, and the doctor says why."""

import json
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import HARVESTERS
from red_catalog.model import Auth, Source
from red_catalog.pipeline.harvest.asking import check_setting
from tests.catalogue import json_of, red_catalog

WRONG = {
    "secret": (
        'kind = "dcat"\nlocation = "https://a.example/c.ttl"\n'
        'auth = {{ scheme = "bearer", token = "env:RED_TEST_UNSET" }}',
        "The source `secret` needs the environment variable RED_TEST_UNSET",
    ),
    "option": (
        'kind = "ckan"\nlocation = "https://a.example/"\noptions = {{ rows = "cent" }}',
        'the option `rows` must be a number from 1 to 1000, not "cent"',
    ),
    "unknown": (
        'kind = "spreadsheet"\nlocation = "holders"\noptions = {{ langage = "fr" }}',
        "did you mean `language`?",
    ),
    "none": (
        'kind = "dcat"\nlocation = "https://a.example/"\noptions = {{ fq = "groups:sante" }}',
        "unknown option `fq` for the kind dcat; it has none.",
    ),
    "scheme": (
        'kind = "dcat"\nlocation = "a.example/c.ttl"',
        "`a.example/c.ttl` is no address, which the kind dcat needs",
    ),
    "address": (
        'kind = "file"\nlocation = "https://a.example/c.ttl"',
        "RDF by HTTP is `dcat`",
    ),
    "proxy": (
        'kind = "dcat"\nlocation = "https://a.example/c.ttl"\nproxy = "proxy.example:3128"',
        "The proxy of source `proxy` is no address",
    ),
}
TARGETS = """
[[target]]
id = "magasin"
kind = "sparql"
location = "https://magasin.example/store"
options = { query = "https://magasin.example/query" }
auth = { scheme = "bearer", token = "env:RED_TEST_UNSET" }
[[target]]
id = "passerelle"
kind = "directory"
location = "nulle-part"
[[target]]
id = "autre"
kind = "sparql"
location = "magasin.example/store"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue of `init`, with a source for each thing that may be wrong, and targets."""
    assert red_catalog(tmp_path, "init", ".").returncode == 0
    path = tmp_path / "red.toml"
    parts = [path.read_text("utf-8")]
    for name, (settings, _) in WRONG.items():
        head = f'[[source]]\nid = "{name}"\nholder = "mon-etablissement"\n'
        parts.append(f"\n{head}{settings.format()}\n")
    mail = 'from = "a@b.example"\nsmtp = "mail.example"\nuser = "catalogue"\n'
    mail += 'password = "env:RED_TEST_UNSET"'
    text = "".join(parts).replace("[notify] ", f"[notify]\n{mail}  ")
    path.write_text(text + TARGETS, encoding="utf-8")
    return tmp_path


def test_what_is_wrong_in_one_source_fails_alone(folder: Path) -> None:
    """The others are harvested and published; the run says what to mend; code 3."""
    done = red_catalog(folder, "run", "--json")
    assert done.returncode == 3, done.stderr
    ran = json.loads(done.stdout)
    status = {one["source"]: one["status"] for one in ran["harvest"]}
    assert status == {"mon-etablissement-fichiers": "ok", **dict.fromkeys(WRONG, "failed")}
    assert all(sentence in done.stderr for _, sentence in WRONG.values())
    problems = [p for one in ran["harvest"] for p in one["problems"]]
    assert {p["code"] for p in problems} == {"misconfigured"}
    # Pages and letters tell holders that it is not theirs to mend, and no names of variables.
    page = (folder / "public/current/site/harvest/secret.html").read_text("utf-8")
    assert "mal réglée dans la configuration du catalogue" in page
    assert "RED_TEST_UNSET" not in page


def test_a_log_tells_it_too(folder: Path) -> None:
    """With `--log json` the sentence is an event of its source."""
    done = red_catalog(folder, "harvest", "option", "--log", "json")
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert next(e["message"] for e in told if e["event"] == "misconfigured").endswith('"cent".')


def test_the_doctor_finds_it_before(folder: Path) -> None:
    """Secrets, options, places and targets are looked at, and nobody is asked."""
    found = {one["subject"]: one for one in json_of(folder, "doctor")}
    for name, (_, sentence) in WRONG.items():
        assert sentence in found[f"source {name}"]["seen"]
        assert not found[f"source {name}"]["well"]
    assert found["source mon-etablissement-fichiers"]["well"]
    assert "target `magasin` needs the environment var" in found["target magasin"]["seen"]
    assert "RED_TEST_UNSET is not set" in found["mail"]["seen"]
    assert "does not exist" in found["target passerelle"]["seen"]
    assert "which is no address" in found["target autre"]["seen"]


@pytest.mark.parametrize("kind", sorted(HARVESTERS))
def test_each_kind_is_looked_at_without_asking(tmp_path: Path, kind: str) -> None:
    """A source that is set up rightly is well, whatever its kind; nothing is fetched."""
    source = Source("chu", "chu", kind, "jeux" if kind == "file" else "https://a.example/")
    check_setting(source)
    with pytest.raises(RedError, match="unknown option `couleur`"):
        check_setting(Source("chu", "chu", kind, source.location, options={"couleur": "x"}))
    auth = Auth("bearer", "env:RED_TEST_UNSET")
    with pytest.raises(RedError, match="RED_TEST_UNSET"):
        check_setting(Source("chu", "chu", kind, source.location, auth=auth))


def test_missing_folders_are_not_well(folder: Path) -> None:
    """A folder of spreadsheets or of DDI that is not there is told before anybody harvests."""
    path = folder / "red.toml"
    for kind in ("spreadsheet", "ddi"):
        more = f'id = "{kind}"\nholder = "mon-etablissement"\nkind = "{kind}"\n'
        path.write_text(f'{path.read_text()}[[source]]\n{more}location = "nulle-part"\n')
    found = {one["subject"]: one for one in json_of(folder, "doctor")}
    for kind in ("spreadsheet", "ddi"):
        assert "does not exist: mend `location`" in found[f"source {kind}"]["seen"]


def test_serving_from_a_store_needs_its_secret(folder: Path) -> None:
    """The server does not start where every query would fail, and says what is missing."""
    path = folder / "red.toml"
    text = path.read_text("utf-8").replace("[sparql] ", '[sparql]\nremote = "magasin" ')
    path.write_text(text)
    for more in ((), ("--processes", "2")):
        done = red_catalog(folder, "serve", "--port", "0", *more)
        assert done.returncode == 2
        assert done.stderr.startswith("red-catalog: The target `magasin` needs the environment")
