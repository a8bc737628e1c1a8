"""The command line is a contract: what it prints, where, and with which exit code."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from red_catalog.cli import cli, run_command
from red_catalog.commands.table import COMMANDS
from red_catalog.register import records
from red_catalog.register.slug import make_slug
from tests import catalogue
from tests.catalogue import json_of, leave_few_rules, red_catalog

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""
GOOD = PREFIXES + (
    '<https://mon-etablissement.example/jeu/lits> a dcat:Dataset ; dct:title "Lits"@fr .\n'
)

SECOND = """
[[source]]
id = "mon-etablissement-autre"
holder = "mon-etablissement"
kind = "file"
location = "autre"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue as `init` writes it, but for the pages of most rules."""
    done = red_catalog(tmp_path, "init", "catalogue")
    assert done.returncode == 0, done.stderr
    return leave_few_rules(tmp_path / "catalogue" / "red.toml").parent


def holder_file(folder: Path, name: str, content: str | bytes) -> Path:
    """A file of the holder that `init` invents."""
    path = folder / "holders" / "mon-etablissement" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_init_writes_a_catalogue_that_works(folder: Path) -> None:
    """The first run on what `init` wrote, in a process of its own, publishes its example."""
    done = catalogue.process(folder, "run")
    assert done.returncode == 0, done.stderr
    assert "Published 1 dataset in" in done.stdout
    catalogue.assert_whole(folder)
    doctor = red_catalog(folder, "doctor")
    assert doctor.returncode == 0
    assert doctor.stdout.startswith("ok    ")
    assert "FAIL" not in doctor.stdout


def test_init_overwrites_nothing(folder: Path) -> None:
    """A second `init` in the same folder is refused in one sentence."""
    done = red_catalog(folder.parent, "init", "catalogue")
    assert done.returncode == 2
    assert "already exists" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_without_a_name_is_known(tmp_path: Path) -> None:
    """CSV on standard input is read like the file itself, and RDF is read as RDF."""
    table = "identifiant;titre;niveau d'accès;éditeur\nA1;Séjours;public;CHU\n"
    for content in (table, GOOD, f"# a, b, c\n{GOOD}"):
        done = subprocess.run(
            [sys.executable, "-m", "red_catalog", "check", "-", "--json", "--lang", "en"],
            input=content.encode(), cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        told = json.loads(done.stdout)
        assert (told["document"]["verdict"], len(told["datasets"])) == ("read", 1)


def test_where_a_document_is_told_in_no_language(tmp_path: Path) -> None:
    """What came on standard input has a name in a French report, and other schemes are told."""
    done = subprocess.run(
        [sys.executable, "-m", "red_catalog", "check", "-"],
        input=b"<html></html>", cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stdout.decode().startswith("stdin: Page HTML reçue")
    refused = red_catalog(tmp_path, "check", "ftp://chu.exemple.fr/catalogue.ttl")
    assert (refused.returncode, "begin with http:// or https://" in refused.stderr) == (2, True)
    assert "check the path" not in refused.stderr


def test_who_checks_an_address_is_told_what_can_be_done(tmp_path: Path) -> None:
    """An address of this machine is refused without advice that only a source could follow."""
    done = red_catalog(tmp_path, "check", "http://127.0.0.1:1/y.ttl", "--lang", "en")
    assert "Save the document, then check the file." in done.stdout + done.stderr
    assert "allow_hosts" not in done.stdout + done.stderr


def test_who_installs_shapes_is_not_told_to_check_them(tmp_path: Path) -> None:
    """Of an address of this machine: to save the document, then to install the file."""
    red_catalog(tmp_path, "init", "c")
    done = red_catalog(tmp_path / "c", "shapes", "install", "http://127.0.0.1:1/formes.ttl")
    assert done.returncode == 2
    assert "Save the document, then install the file." in done.stderr


def test_a_missing_configuration_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Without red.toml every command says how to get one, with exit code 2."""
    for command in (["run"], ["status"], ["report", "x"], ["diff", "x"], ["serve"]):
        done = red_catalog(tmp_path, *command)
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
        assert "red-catalog init DIR" in done.stderr


def test_a_configuration_that_was_named_is_not_passed_over(tmp_path: Path) -> None:
    """What lists something without a catalogue refuses one that is not there."""
    for command in ("shapes", "vocab"):
        done = red_catalog(tmp_path, command, "list", "--config", "faute.toml")
        assert (done.returncode, done.stdout) == (2, "")
        assert "faute.toml does not exist" in done.stderr


def test_serving_without_a_release_says_what_to_do(folder: Path) -> None:
    """`serve` before the first run is refused in one sentence."""
    done = red_catalog(folder, "serve", "--port", "0")
    assert done.returncode == 2
    assert "red-catalog run" in done.stderr


def test_status_and_report_follow_the_register(folder: Path) -> None:
    """Status counts what is published, and the report holds what to mend."""
    red_catalog(folder, "run")
    (row,) = json_of(folder, "status")
    assert (row["source"], row["published"], row["flagged"]) == ("mon-etablissement-fichiers", 1, 1)
    report = json_of(folder, "report", "mon-etablissement")
    assert report["datasets"][0]["verdict"] == "flagged"
    text = red_catalog(folder, "report", "mon-etablissement", "--lang", "fr").stdout
    assert "Mon établissement de santé" in text
    assert "bloquant" in text.lower()


def test_an_unknown_holder_gets_the_nearest_name(folder: Path) -> None:
    """A slip in a name is answered with the right one."""
    done = red_catalog(folder, "report", "mon-etablisement")
    assert done.returncode == 2
    assert "did you mean `mon-etablissement`?" in done.stderr


def test_diff_shows_what_would_change_and_writes_nothing(folder: Path) -> None:
    """The statements that come and go are shown; the register stays as it is."""
    red_catalog(folder, "run")
    path = folder / "holders" / "mon-etablissement" / "dataset.ttl"
    path.write_text(path.read_text("utf-8").replace("depuis 2015", "depuis 2016"), encoding="utf-8")
    for _ in range(2):
        told = json_of(folder, "diff", "mon-etablissement-fichiers")
        (change,) = told["changes"]
        assert told["status"] == "ok"
        assert change["state"] == "updated"
        assert ["2016" in line for line in change["added"]] == [True]
        assert ["2015" in line for line in change["removed"]] == [True]


def test_diff_ends_as_the_harvest_would(folder: Path) -> None:
    """What stops a harvest is told with its code, and what the guard would keep is shown."""
    source = "mon-etablissement-fichiers"
    red_catalog(folder, "run")
    same = red_catalog(folder, "diff", source)
    assert (same.returncode, same.stdout) == (0, "No difference.\n")
    before = holder_file(folder, "dataset.ttl", GOOD)
    guarded = red_catalog(folder, "diff", source)
    assert guarded.returncode == 4
    assert "absent  https://" in guarded.stdout
    assert "+ <https://mon-etablissement.example/jeu/lits>" in guarded.stdout
    assert "Datasets that would vanish: 1 of 1" in guarded.stderr
    told = json_of(folder, "diff", source)
    assert (told["status"], told["problems"][0]["code"]) == ("guarded", "guard")
    assert [change["state"] for change in told["changes"]] == ["new", "absent"]
    before.write_text("<html>Erreur</html>", "utf-8")
    failed = red_catalog(folder, "diff", source)
    assert (failed.returncode, failed.stdout) == (3, "")
    assert "dataset.ttl" in failed.stderr


def test_a_bug_in_one_source_keeps_nothing_of_the_others_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run` publishes what else it harvested, prints it, and then shows the bug."""
    with (folder / "red.toml").open("a", encoding="utf-8") as settings:
        settings.write(SECOND)
    (folder / "autre").mkdir()
    (folder / "autre" / "lits.ttl").write_text(GOOD, "utf-8")

    def stumble(iri: str, digits: int) -> str:
        if iri.endswith("/lits"):
            raise ValueError("a name of no page")
        return make_slug(iri, digits)

    monkeypatch.setattr(records, "make_slug", stumble)
    command = ["--workers", "1", "--config", str(folder / "red.toml")]
    assert run_command(["run", *command]) == 5
    told = capsys.readouterr()
    assert "ValueError: a name of no page" in told.err
    assert "Published 1 dataset in" in told.out
    assert run_command(["harvest", "--json", *command]) == 5
    (run,) = json.loads(capsys.readouterr().out)
    assert run["states"]["unchanged"] == 1


@pytest.mark.parametrize("epoch", ["", "hier", "-1", "1e9", "99999999999999"])
def test_what_is_no_time_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], epoch: str
) -> None:
    """A clock that is stopped at no time is told in one sentence, by whatever asks for it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for command in ("harvest", "reviews", "serve"):
        assert run_command([command, "--config", str(folder / "red.toml")]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"red-catalog: SOURCE_DATE_EPOCH is `{epoch}`: ")
        assert told.count("\n") == 1


def test_a_catalogue_without_keys_says_how_to_make_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`token list` prints no table of nothing."""
    assert run_command(["token", "list", "--config", str(folder / "red.toml")]) == 0
    assert capsys.readouterr().out == "No keys yet: `red-catalog token create HOLDER`.\n"


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    """`harvest --dry-run` says what is new, as often as it is asked."""
    for _ in range(2):
        (run,) = json_of(folder, "harvest", "--dry-run")
        assert run["states"]["new"] == 1


def test_a_holder_that_empties_its_file_loses_nothing(folder: Path) -> None:
    """The last good version stays published, and the exit code says that something failed."""
    red_catalog(folder, "run")
    holder_file(folder, "dataset.ttl", "")
    done = red_catalog(folder, "run")
    assert done.returncode == 3
    assert "1 dataset in" in done.stdout


def test_the_removal_guard_has_its_own_exit_code(folder: Path) -> None:
    """When the only dataset would vanish the harvest stops, until it is told to go on."""
    red_catalog(folder, "run")
    holder_file(folder, "dataset.ttl", GOOD)
    done = red_catalog(folder, "run")
    assert done.returncode == 4
    assert "`red-catalog run mon-etablissement-fichiers --accept-removals`" in done.stderr
    assert red_catalog(folder, "run", "--accept-removals").returncode == 0
    (row,) = json_of(folder, "status")
    assert (row["published"], row["absent"]) == (2, 1)


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "html.ttl": ("<!DOCTYPE html><html><body>Erreur</body></html>", "HTML"),
    "empty.ttl": ("", "empty"),
    "half.ttl": (GOOD + "<https://mon-etablissement.example/jeu/x> a dcat:Dat", "half.ttl:5"),
    "latin1.ttl": (GOOD.replace("Lits", "Lits occupés").encode("latin-1"), "UTF-8"),
    "picture.ttl": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture.ttl"),
    "relative.ttl": (PREFIXES + '<lits> a dcat:Dataset ; dct:title "Lits"@fr .', "relative"),
    "space.ttl": (GOOD.replace("jeu/lits", "jeu/lits ouverts"), "space"),
    "language.ttl": (GOOD.replace("@fr ", "@fr_FR "), "fr_FR"),
    "no-iri.ttl": (GOOD.replace("<https://mon-etablissement.example/jeu/lits>", "[]", 1)
                   .replace("[] a dcat:Dataset ; dct", "[] a dcat:Dataset ; dct"), "no-iri.ttl"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_is_told_and_the_others_go_on(folder: Path, name: str) -> None:
    """One sentence names source and document and what to do; the good one is published."""
    content, said = BROKEN[name]
    holder_file(folder, name, content)
    done = red_catalog(folder, "run")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = [part for part in done.stderr.splitlines() if name in part]
    assert line.startswith("mon-etablissement-fichiers: ")
    assert said in line
    assert "Published 1 dataset in" in done.stdout


def test_a_bom_is_no_trouble(folder: Path) -> None:
    """A file saved by a Windows editor is read as it stands."""
    holder_file(folder, "bom.ttl", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    done = red_catalog(folder, "run")
    assert done.returncode == 0, done.stderr
    assert "Published 2 datasets" in done.stdout


def test_a_catalogue_without_datasets_removes_nothing(folder: Path) -> None:
    """A document that describes no dataset is incomplete, not empty."""
    holder_file(
        folder, "dataset.ttl", PREFIXES + "<https://mon-etablissement.example/> a dcat:Catalog ."
    )
    done = red_catalog(folder, "harvest")
    assert done.returncode == 3
    assert "holds no dataset" in done.stderr


def test_a_missing_folder_and_an_unreachable_feed_fail_alone(folder: Path) -> None:
    """Two sources that cannot be had do not stop the third."""
    settings = folder / "red.toml"
    more = """
[[source]]
id = "dossier-absent"
holder = "mon-etablissement"
kind = "file"
location = "nulle-part"
[[source]]
id = "flux-eteint"
holder = "mon-etablissement"
kind = "dcat"
location = "http://127.0.0.1:9/catalogue.ttl"
allow_hosts = ["127.0.0.1:9"]
"""
    settings.write_text(settings.read_text("utf-8") + more, encoding="utf-8")
    done = red_catalog(folder, "run")
    assert done.returncode == 3
    assert any(line.startswith("dossier-absent: ") for line in done.stderr.splitlines())
    assert any(line.startswith("flux-eteint: ") for line in done.stderr.splitlines())
    assert "Published 1 dataset in" in done.stdout
    assert red_catalog(folder, "doctor").returncode == 2


def test_json_goes_to_stdout_and_the_rest_to_stderr(folder: Path) -> None:
    """`--json` leaves nothing else on stdout."""
    done = red_catalog(folder, "run", "--json")
    plain = json.loads(done.stdout)
    assert plain["publish"] == {"fresh": True, "datasets": 1, "withdrawn": 0, "bugs": []}


def test_installed_shapes_are_a_profile_by_name(folder: Path) -> None:
    """What `shapes install` added is listed with its origin, and `check` runs it."""
    shapes = folder / "maison.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> ."
        "<https://mon-etablissement.example/forme> a sh:NodeShape ; sh:targetClass dcat:Dataset ;"
        " sh:property [ sh:path dcat:version ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    done = red_catalog(folder, "shapes", "install", "maison.ttl")
    assert done.returncode == 0, done.stderr
    listed = {row["name"]: row for row in json_of(folder, "shapes", "list")}
    assert listed["maison"]["origin"] == "maison.ttl"
    assert listed["maison"]["digest"].startswith("sha256:")
    document = "holders/mon-etablissement/dataset.ttl"
    (dataset,) = json_of(folder, "check", document, "--profile", "maison", "--config", "red.toml")[
        "datasets"
    ]
    assert [f["path"] for f in dataset["findings"]] == ["<http://www.w3.org/ns/dcat#version>"]


def test_what_installed_shapes_go_without_is_told(folder: Path) -> None:
    """Imports and rules are named on stderr, in JSON and in the list."""
    (folder / "maison.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> ."
        "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
        "<https://mon-etablissement.example/formes> owl:imports <https://e.example/base.ttl> ."
        "<https://mon-etablissement.example/forme> a sh:NodeShape ; sh:targetClass dcat:Dataset ;"
        " sh:rule [ a sh:TripleRule ] ; sh:property [ sh:path dcat:version ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    done = red_catalog(folder, "shapes", "install", "maison.ttl", "--json")
    imports, left_out = done.stderr.strip().splitlines()
    assert "https://e.example/base.ttl" in imports
    assert "sh:rule" in left_out
    told = json.loads(done.stdout)
    assert (told["imports"], told["left_out"]) == (["https://e.example/base.ttl"], ["sh:rule"])
    listed = {row["name"]: row for row in json_of(folder, "shapes", "list")}
    assert listed["maison"] == told
    assert (listed["hdh"]["imports"], listed["hdh"]["left_out"]) == ([], [])


def test_code_lists_are_listed_with_what_uses_them(tmp_path: Path) -> None:
    """`vocab list` needs no catalogue; its table tells what its JSON does."""
    rows = {row["list"].rpartition("/")[2]: row for row in json_of(tmp_path, "vocab", "list")}
    assert rows["frequency"].keys() == {"list", "name", "codes", "digest", "used_by"}
    assert {
        "profile": "healthdcat-ap-8",
        "property": "http://purl.org/dc/terms/accrualPeriodicity",
    } in (rows["frequency"]["used_by"])
    table = red_catalog(tmp_path, "vocab", "list").stdout
    line = next(line for line in table.splitlines() if line.startswith("Frequencies"))
    assert str(rows["frequency"]["codes"]) in line
    assert "dct:accrualPeriodicity" in line
    assert rows["frequency"]["digest"] in line


def test_shapes_with_a_syntax_error_are_refused_in_one_sentence(folder: Path) -> None:
    """Nothing is installed, and the sentence names the file."""
    (folder / "maison.ttl").write_text("<https://a.example/ a", encoding="utf-8")
    done = red_catalog(folder, "shapes", "install", "maison.ttl")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "maison.ttl" in done.stderr


def test_the_two_engines_can_be_compared_on_a_file(folder: Path) -> None:
    """`check --verify` says on what both engines agree; either can be chosen."""
    document = "holders/mon-etablissement/dataset.ttl"
    done = red_catalog(folder, "check", document, "--verify", "--profile", "hdh",
                       "--profile", "red", "--lang", "en")  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()) == (0, [
        "No engine is compared on red, a profile made of rules, not of SHACL shapes.",
        "Datasets compared: 1; profiles: hdh.",
        "Both engines say the same.",
    ])  # fmt: skip
    found = [
        json_of(folder, "check", document, "--engine", engine)["datasets"]
        for engine in ("compiled", "pyshacl")
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        (GOOD.replace('"Lits"', '"Lits'), (), "guillemet"),
        ("<!DOCTYPE html><html><body>Connexion</body></html>", (), "HTML"),
        ("", (), "vide"),
        (GOOD, ("--profile", "red"), "un profil fait de règles"),
    ],
)
def test_engines_that_were_not_compared_do_not_agree(
    folder: Path, content: str, options: tuple[str, ...], told: str
) -> None:
    """`check --verify` says why nothing was compared, and ends with 1."""
    holder_file(folder, "lits.ttl", content)
    path = "holders/mon-etablissement/lits.ttl"
    done = red_catalog(folder, "check", path, "--verify", *options)
    assert done.returncode == 1
    assert told in done.stdout
    assert "même chose" not in done.stdout


def test_a_comparison_of_the_engines_has_json(folder: Path) -> None:
    """`check --verify --json` gives the differences, and the defect of what was not read."""
    path = holder_file(folder, "lits.ttl", "<a> <b> <c> .")
    for content, verdict, count in ((GOOD, "read", 1), ("", "unreadable", 0)):
        path.write_text(content, "utf-8")
        done = red_catalog(folder, "check", str(path), "--verify", "--profile", "hdh", "--json")
        found = json.loads(done.stdout)
        assert (found["document"]["verdict"], found["datasets"]) == (verdict, count)
        assert (found["document"]["code"] is None) == (verdict == "read")
        assert (found["profiles"], found["differences"]) == (["hdh"], [])


def test_help_says_of_each_command_what_it_says_of_itself() -> None:
    """The list of commands is a table, so that none need be loaded: it is what they say."""
    for name, (_, told) in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert (command.name, (command.help or "").partition("\n")[0]) == (name, told)


def test_help_and_harvests_load_little() -> None:
    """What validates, publishes and serves is loaded by those who do that."""
    heavy = {"rdflib", "pyshacl", "jinja2", "openpyxl", "starlette", "ckanapi"}
    code = "import sys, {}; print(*sorted({} & sys.modules.keys()))"
    for module, few in (
        ("red_catalog.cli", heavy | {"requests", "rich"}),
        ("red_catalog.commands.harvests", heavy),
    ):
        text = code.format(module, few)
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True)
        assert done.stdout.strip() == b""


def test_init_says_a_command_that_can_be_pasted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with blanks is quoted for the shell."""
    assert run_command(("init", str(tmp_path / "mon catalogue"))) == 0
    told = capsys.readouterr().err
    line = next(line for line in told.splitlines() if line.startswith("Next:"))
    assert shlex.split(line)[-1] == str(tmp_path / "mon catalogue" / "red.toml")
