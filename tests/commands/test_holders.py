"""The registry of holders, through the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.cli import run_command
from red_catalog.config.kinds import HARVESTED, SOURCE_KINDS
from red_catalog.errors import RedError
from red_catalog.model import Level, Record, Report, Run, Verdict, spoken
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.register.ledger import Accepted, Change, Register

ADD = ("holder", "add", "chu-bellerive", "--name", "CHU de Bellerive",
       "--name", "Bellerive University Hospital", "--kind", "hospital",
       "--siren", "552 100 554", "--siret", "55210055400013", "--email",
       "entrepot@chu-bellerive.example", "--namespace", "https://chu-bellerive.example/",
       "--funding", "public", "--none", "f", "--none", "(b)", "--note", "Appeler avant midi",
       "--source", "ingest")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new catalogue, in the current folder."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def describe(folder: Path, holder: str) -> None:
    """Puts a dataset of this holder into the register."""
    noon = datetime(2029, 3, 26, 12, tzinfo=UTC)
    iri = f"https://{holder}.example/jeu/1"
    record = Record(iri, f"<{iri}> <urn:p> <urn:o> .\n".encode(), "aa", "d.ttl")
    report = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC)
    accepted = Accepted(record, report, Verdict.CONFORMANT, holder, holder, "aa")
    with Register.open(config.load(folder / "red.toml").register) as register:
        register.commit(Change(Run(0, holder, noon, noon, "ok"), (accepted,)))


def test_a_holder_is_added_as_a_commented_section(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stood in the file stays, and the new section says what each line is for."""
    before = (folder / "red.toml").read_text("utf-8")
    assert run_command(ADD) == 0
    after = (folder / "red.toml").read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert "# a role mailbox, never a person's" in after[len(before) :]
    added = config.load(folder / "red.toml").holder("chu-bellerive")
    assert added.identifiers == {"siren": "552100554", "siret": "55210055400013"}
    assert added.holds_none == ("DIOH", "HGPD")
    assert (added.kind, added.funding, added.trusted) == ("hospital", "public", False)
    assert "once it is restarted" in capsys.readouterr().err
    assert run_command(("holder", "show", "chu-bellerive")) == 0
    shown = capsys.readouterr().out
    assert "nature\xa0: établissement de santé" in shown
    assert "déclare ne rien détenir de\xa0: b), f)" in shown
    assert "chu-bellerive-ingest (dépôt avec une clé)" in shown


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("--siren", "552100555"), "identifiers.siren is 552100555, which cannot be right"),
        (("--siret", "55210055400014"), "9 digits with a Luhn"),
        (("--siret", "35600000000048"), "must begin with its SIREN"),
        (("--finess", "7507X2184"), "9 characters"),
        (("--ror", "02vjkv261"), "https://ror.org/0"),
        (("--none", "z"), "a letter of Article 51(1), a to q"),
    ],
)
def test_a_holder_that_is_wrong_is_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, ...], sentence: str
) -> None:
    """The file stays as it was, and one sentence says what to mend."""
    before = (folder / "red.toml").read_bytes()
    assert run_command((*ADD, *change)) == 2
    told = capsys.readouterr().err
    assert sentence.replace("9 digits", "digits") in told.replace("14 digits", "digits")
    assert "Traceback" not in told
    assert before == (folder / "red.toml").read_bytes()
    assert list(folder.glob(".red.toml*")) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--source", "tableur", "--location", "x"), "'ingest', 'ckan', 'csw', 'dcat'"),
        (("--location", "https://chu.exemple.fr/c.ttl"), "both or none"),
        (("--source", "dcat"), "both or none"),
        (("--source", "ingest", "--location", "depot"), "stands alone"),
        (("--name", ""), "name is empty"),
        (("--name", "Registry", "--name", "Register"), "give --name once or twice"),
        (("--homepage", "chu.exemple.fr"), "a whole address"),
    ],
)
def test_what_would_be_lost_or_fail_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    """A kind that is none, a place without its kind or the other way round, a third name."""
    before = (folder / "red.toml").read_bytes()
    assert run_command(("holder", "add", "registre", "--name", "Registre", *more)) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert before == (folder / "red.toml").read_bytes()


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_who_may_read_the_configuration_still_may(folder: Path, mode: int) -> None:
    """The server, which runs under a name of its own, reads the file as before."""
    (folder / "red.toml").chmod(mode)
    assert run_command(ADD) == 0
    assert (folder / "red.toml").stat().st_mode & 0o777 == mode


def test_a_link_and_ends_of_lines_stay(folder: Path) -> None:
    """A configuration kept elsewhere and linked, or written on Windows, stays so."""
    kept = folder / "kept" / "red.toml"
    kept.parent.mkdir()
    (folder / "red.toml").rename(kept)
    (folder / "red.toml").symlink_to(kept)
    kept.write_bytes(b"\xef\xbb\xbf" + kept.read_bytes().replace(b"\n", b"\r\n"))
    before = kept.read_bytes()
    assert run_command(ADD) == 0
    after = kept.read_bytes()
    assert (folder / "red.toml").is_symlink()
    assert after.startswith(before.rstrip())
    assert after.count(b"\n") == after.count(b"\r\n") > before.count(b"\n")
    source = after.decode().rpartition("[[source]]")[2]
    assert 'kind = "ingest"\r\n' in source


def test_an_id_is_given_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second holder of the same id is refused."""
    assert run_command(ADD) == 0
    assert run_command(ADD) == 2
    assert "two holders have the id `chu-bellerive`" in capsys.readouterr().err


def test_silence_and_mailboxes_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who said nothing is silent, who is exempt is not; a person's mailbox is cautioned."""
    name = ("--name", "Cabinet du Dr Bas")
    assert run_command(("holder", "add", "cabinet", *name, "--exempt", "Micro-entreprise")) == 0
    assert (
        run_command(("holder", "add", "labo", *name, "--email", "jeanne.morel@labo.example")) == 0
    )
    capsys.readouterr()
    assert run_command(("holder", "list", "--json")) == 0
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert [found[one]["silent"] for one in ("cabinet", "labo")] == [False, True]
    assert any("a person's" in one["en"] for one in found["labo"]["cautions"])


def test_each_holder_is_called_what_the_public_figures_call_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One describes, one declares to have none, one is exempt, one is silent."""
    assert run_command(ADD) == 0
    for name, more in (("cabinet", ("--exempt", "Micro-entreprise")), ("labo", ())):
        assert run_command(("holder", "add", name, "--name", name.title(), *more)) == 0
    describe(folder, "mon-etablissement")
    capsys.readouterr()
    assert run_command(("holder", "list")) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    said = {row[0]: " ".join(row) for row in rows if row}
    assert "declares none" in said["chu-bellerive"]
    assert "describes" in said["mon-etablissement"]
    assert run_command(("holder", "list", "--json")) == 0
    found = {one["id"]: one["state"] for one in json.loads(capsys.readouterr().out)}
    assert found == {"mon-etablissement": "describes", "chu-bellerive": "declares",
                     "cabinet": "exempt", "labo": "silent"}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Guide pour CHU de Bellerive", "Vos obligations", "article 78",
                "À partir du 26 mars 2031", "vous avez déclaré n’en avoir aucune",
                "après la première publication des résultats", "chu-bellerive-ingest")),
        ("en", ("Guide for Bellerive University Hospital", "Your duties",
                "From 26 March 2029",
                "nothing declared so far", "/en/check.html")),
    ],
)  # fmt: skip
def test_a_guide_says_what_is_owed_and_by_when(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    """Duties, days by category and ways to send, from what the configuration says."""
    assert run_command(ADD) == 0
    capsys.readouterr()
    assert run_command(("holder", "guide", "chu-bellerive", "--lang", lang)) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert [word for word in words if word not in told] == []
    assert "Appeler avant midi" not in told


def test_a_key_that_hands_nothing_in_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a source to hand in to, what the key is for and what to add is on stderr."""
    assert run_command(ADD[:-2]) == 0
    capsys.readouterr()
    assert run_command(("token", "create", "chu-bellerive")) == 0
    made = capsys.readouterr()
    assert made.out.startswith("red_")
    assert "This key is for attest and read only: chu-bellerive has nowhere to" in made.err
    assert 'kind = "ingest"' in made.err
    for quiet in (("chu-bellerive", "--scope", "read"), ("--access-body",)):
        assert run_command(("token", "create", *quiet)) == 0
        assert capsys.readouterr().err == ""


def test_a_guide_tells_of_keys_to_those_who_may_hand_in(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """POST is for a holder with such a source, or with none yet; kinds of sources are in words."""
    fetched = ("--source", "spreadsheet", "--location", "depot")
    assert run_command((*ADD[:-2], *fetched)) == 0
    added = ("holder", "add", "labo", "--name", "Laboratoire de Bellerive")
    assert run_command((*added, "--email", "labo@bellerive.example")) == 0
    told = {}
    for holder in ("chu-bellerive", "labo"):
        capsys.readouterr()
        assert run_command(("holder", "guide", holder)) == 0
        told[holder] = " ".join(capsys.readouterr().out.split())
    assert "chu-bellerive-spreadsheet (classeur ou CSV)" in told["chu-bellerive"]
    assert ["par POST" in text for text in told.values()] == [False, True]
    path = folder / "red.toml"
    path.write_text(path.read_text("utf-8").replace('"spreadsheet"', '"ingest"'), "utf-8")
    capsys.readouterr()
    assert run_command(("holder", "guide", "chu-bellerive")) == 0
    assert "par POST" in capsys.readouterr().out
    assert set(SOURCE_KINDS) == {*HARVESTED, config.INGEST}


def test_a_guide_says_what_checks_a_description(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page reads RDF and spreadsheets: whoever declares is led to it."""
    assert run_command((*ADD[:-2], "--source", "spreadsheet", "--location", "depot")) == 0
    capsys.readouterr()
    assert run_command(("holder", "guide", "chu-bellerive")) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Avant d’envoyer un classeur, des fichiers CSV ou du RDF" in told.replace("'", "’")
    assert "/check.html" in told


def test_the_trusted_badge_is_a_yes_or_no(folder: Path) -> None:
    """A word in place of true would show the badge by mistake."""
    path = folder / "red.toml"
    path.write_text(path.read_text("utf-8").replace(
        '[[holder]]\n', '[[holder]]\ntrusted = "no"\n', 1), "utf-8")  # fmt: skip
    with pytest.raises(RedError, match="trusted must be true or false"):
        config.load(path)


def test_a_name_tells_its_language(folder: Path) -> None:
    """It is published in that, and shown where French or English would stand."""
    names = ("--name", "pt=Hospital de São João", "--name", "en=Hospital of St John")
    assert run_command(("holder", "add", "sao-joao", *names)) == 0
    name = config.load(folder / "red.toml").holder("sao-joao").name
    assert spoken(name) == [("pt", "Hospital de São João"), ("en", "Hospital of St John")]
    assert name["fr"] == "Hospital of St John"
    for more in ("pt=Outro", "St John"):
        assert run_command(("holder", "add", "b", *names[:2], "--name", more)) == 2
