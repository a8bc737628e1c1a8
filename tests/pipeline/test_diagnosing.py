"""What the doctor says of damage: a sentence for each thing, and the rest is looked at too."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from red_catalog.pipeline.desk.diagnosing import diagnose
from red_catalog.register.ledger import Change, Register
from red_catalog.register.schema import connect
from tests import catalogue

SOURCE = "mon-etablissement-fichiers"
CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire d'essai", en = "Test register" }
publisher = { fr = "Agence d'essai", en = "Test agency" }
contact = "contact@red.example.fr"
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue as `init` writes it, run once."""
    root = tmp_path_factory.mktemp("doctor")
    assert catalogue.red_catalog(root, "init", "catalogue").returncode == 0
    assert catalogue.red_catalog(root / "catalogue", "run").returncode == 0
    return root / "catalogue"


def cut(path: Path) -> None:
    """Half of a file is missing."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(path: Path) -> None:
    """The middle of a database is overwritten."""
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 8)


def meet_a_bug(path: Path) -> None:
    """A dataset's page could not be made."""
    bugs = {"urn:x-red:7": "Traceback …\nTypeError: day is out of range\n"}
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "bugs": bugs}), "utf-8")


@pytest.mark.parametrize(
    ("file", "harm", "subject", "said"),
    [
        ("public/current/release.json", cut, "release", "release.json of the live release"),
        ("public/current/release.json", lambda p: p.write_text("{}"), "release", "KeyError"),
        ("public/current/index.db", cut, "release", "The index of the live release is damaged"),
        ("public/current/index.db", lambda p: p.write_bytes(b""), "release", "The index of"),
        ("public/current/site/dumps/SHA256SUMS", lambda p: p.write_text("x\n"), "release",
         "SHA256SUMS of the live release is damaged"),
        ("public/current/store/store/CURRENT", cut, "release", "The store of the live release"),
        ("public/current/site/dumps/catalogue.nq.gz", cut, "release", "publish --afresh"),
        ("public/current/site/dumps/catalogue.nq.gz", Path.unlink, "release", "publish --afresh"),
        ("public/current/site/holders.html", Path.unlink, "release",
         "missing (1, of which the first is site/holders.html)"),
        ("public/current/release.json", meet_a_bug, "release",
         "what is told of 1 of the datasets (urn:x-red:7: TypeError: day is out of range)"),
        ("var/register.db", spoil, "register", "restore"),
    ],
)  # fmt: skip
def test_damage_is_a_sentence(
    published: Path, file: str, harm: Callable[[Path], object], subject: str, said: str
) -> None:
    """What is damaged is ill, with what to do; the others are as well as before."""
    path = (published / file).resolve()
    if path.name == "register.db":
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    try:
        harm(path)
        found = diagnose(published / "red.toml")
    finally:
        path.write_bytes(before)
    ill = [one for one in found if not one.well]
    assert [one.subject for one in ill] == [subject]
    assert said in ill[0].seen
    assert all(one.well for one in diagnose(published / "red.toml"))


@pytest.mark.parametrize("name", ["register.db", "cache", "courrier"])
def test_what_is_private_and_every_user_can_read_is_told(name: str) -> None:
    """Register, what was fetched, letters: the doctor says how to close them, then no more."""
    # The folders of pytest let nobody else in, so that nothing in them is open to all.
    with TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        letters = '\n[notify]\nfolder = "var/courrier"\nfrom = "repertoire@red.exemple.fr"\n'
        (folder / "red.toml").write_text(CONFIG + letters, encoding="utf-8")
        path = folder / "var" / "register.db"
        connect(path).close()
        path.parent.chmod(0o755)
        path = path.with_name(name)
        for one in ("cache", "courrier"):
            (path.parent / one).mkdir(0o700)
        seen = {}
        for mode in (0o700, 0o750, 0o755):
            path.chmod(mode)
            found = diagnose(folder / "red.toml")
            seen[mode] = next(one for one in found if one.subject == "privacy")
    assert [one.well for one in seen.values()] == [True, True, False]
    assert f"run `chmod o= {path}*`" in seen[0o755].seen


def test_letters_that_could_not_be_sent_are_told(tmp_path: Path) -> None:
    """A certificate that is not there and a folder that cannot be made are ill; others are well."""
    (tmp_path / "a-file").touch()
    seen = {}
    for given in (
        'smtp = "courrier.exemple.fr"\nca_file = "no.pem"', 'smtp = "courrier.exemple.fr"',
        'folder = "a-file/letters"', 'folder = "new/letters"',
    ):  # fmt: skip
        more = f'[notify]\nfrom = "red@agence.example"\n{given}\n'
        (tmp_path / "red.toml").write_text(CONFIG + more, encoding="utf-8")
        found = {one.subject: one for one in diagnose(tmp_path / "red.toml")}
        seen[found["mail"].seen] = found["mail"].well
    assert list(seen.values()) == [False, True, False, True]
    no_certificate, no_folder = (said for said, well in seen.items() if not well)
    assert "no.pem (No such file" in no_certificate
    assert "a-file/letters cannot be written" in no_folder
    assert not (tmp_path / "new").exists()


def test_mail_says_which_letters_go_where(tmp_path: Path) -> None:
    """Reminders are sent whatever the mode, which is of harvests."""
    seen = []
    for given in ('smtp = "courrier.exemple.fr"', 'folder = "courrier"\nmode = "on-error"'):
        more = f'[notify]\nfrom = "red@agence.example"\n{given}\n'
        (tmp_path / "red.toml").write_text(CONFIG + more, encoding="utf-8")
        seen += [one.seen for one in diagnose(tmp_path / "red.toml") if one.subject == "mail"]
    assert seen == [
        "reminders by courrier.exemple.fr, nothing of harvests",
        f"reminders as files in {tmp_path / 'courrier'}, and letters of harvests (on-error)",
    ]


def test_what_is_harvested_and_not_published_is_told(published: Path) -> None:
    """Where publications fail the doctor names the option, and counts what waits, until one ran."""
    settings = published / "red.toml"
    text = settings.read_text("utf-8")
    (described,) = published.glob("holders/*/*.ttl")
    described.write_text(described.read_text("utf-8").replace('"@fr', ' (revu)"@fr', 1), "utf-8")
    settings.write_text(text.replace("[publication]", '[publication]\nrules = ["redd"]'), "utf-8")
    try:
        assert catalogue.red_catalog(published, "run").returncode == 2
        ill = {one.subject: one.seen for one in diagnose(settings) if not one.well}
    finally:
        settings.write_text(text, "utf-8")
    assert list(ill) == ["profiles", "publication"]
    assert ill["profiles"].startswith("publication.rules in red.toml: No profile is called `redd`")
    assert ill["publication"].startswith("1 dataset changed since the live release: run")
    assert catalogue.json_of(published, "publish")["fresh"]
    assert all(one.well for one in diagnose(settings))


def test_what_changes_nothing_published_does_not_wait(published: Path) -> None:
    """A dataset that changed and is again as it was needs no release, and the doctor is content."""
    with connect(published / "var" / "register.db") as db:
        db.execute("UPDATE record SET touched = (SELECT MAX(touched) + 1 FROM record)")
    db.close()
    assert [one.subject for one in diagnose(published / "red.toml") if not one.well]
    assert not catalogue.json_of(published, "publish")["fresh"]
    assert all(one.well for one in diagnose(published / "red.toml"))


def test_another_base_is_refused_until_it_is_meant(published: Path) -> None:
    """Permanent addresses change by no slip: `publish` and `doctor` name both; `--afresh` moves."""
    settings = published / "red.toml"
    text = settings.read_text("utf-8")
    other = text.replace('"http://127.0.0.1:8000/"', '"https://red.exemple.fr/"')
    try:
        settings.write_text(other, "utf-8")
        done = catalogue.red_catalog(published, "publish")
        (ill,) = [one for one in diagnose(settings) if not one.well]
        assert catalogue.json_of(published, "publish", "--afresh")["fresh"]
        assert all(one.well for one in diagnose(settings))
    finally:
        settings.write_text(text, "utf-8")
    assert catalogue.json_of(published, "publish", "--afresh")["fresh"]
    assert done.returncode == 2
    said = "base_iri in red.toml is https://red.exemple.fr/, but the live release is of http://127"
    assert (ill.subject, said in ill.seen, said in done.stderr) == ("release", True, True)


def test_what_the_doctor_advises_helps(published: Path) -> None:
    """A lost page stays lost while nothing changes, until everything is written afresh."""
    (published / "public" / "current" / "site" / "holders.html").unlink()
    assert not catalogue.json_of(published, "publish")["fresh"]
    (ill,) = [one for one in diagnose(published / "red.toml") if not one.well]
    assert "`red-catalog publish --afresh`" in ill.seen
    assert catalogue.json_of(published, "publish", "--afresh")["fresh"]
    assert all(one.well for one in diagnose(published / "red.toml"))


def test_a_source_of_which_nothing_is_taken_for_days_is_told(
    published: Path, tmp_path: Path
) -> None:
    """What one letter told and stands in a table since is not forgotten: it is ill after a week."""
    folder = shutil.copytree(published, tmp_path / "copy", symlinks=True)
    shutil.rmtree(folder / "holders")
    assert catalogue.red_catalog(folder, "run").returncode == 3
    begun = datetime.now(UTC)

    def ill(days: int) -> list[str]:
        with Register.open(folder / "var" / "register.db") as register:
            register.commit(Change(replace(*register.runs(SOURCE), ended=begun + timedelta(days))))
        later = begun + timedelta(days, hours=1)
        found = diagnose(folder / "red.toml", clock=lambda: later)
        return [one.seen for one in found if one.subject == "harvests" and not one.well]

    assert ill(6) == []
    (told,) = ill(8)
    assert told.startswith(f"Nothing is taken from {SOURCE} since 20")
    assert f"which is failed (1 of 1 sources for days): see `red-catalog diff {SOURCE}`" in told


def test_harvests_that_nobody_makes_any_more_are_told(published: Path) -> None:
    """A timer that was not started again after an upgrade is no secret for a year."""
    today = datetime.now(UTC)

    def ill(days: int) -> list[str]:
        later = today + timedelta(days=days)
        found = diagnose(published / "red.toml", clock=lambda: later)
        return [one.seen for one in found if one.subject == "harvests" and not one.well]

    assert ill(1) == []
    (told,) = ill(4)
    assert told.startswith("mon-etablissement-fichiers was last asked on 20")
    assert "is due every 24 hours (late: 1 of 1 sources): see that the timer or cron runs" in told
