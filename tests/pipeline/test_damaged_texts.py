"""A description in the register that cannot be read any more is told; all else goes on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.config import Config
from red_catalog.errors import DamagedTextError
from red_catalog.model import Outcome, Run, State
from red_catalog.pipeline.publishing import publish
from red_catalog.register.ledger import Change, Register
from tests.bench.corpus import change, write_corpus
from tests.catalogue import red_catalog
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import base, turtle
from tests.pipeline.test_mishaps import again, assert_mended, in_dumps, one, paged
from tests.pipeline.test_publishing import dump, turn


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A catalogue of a dozen generated datasets, harvested and published."""
    root = tmp_path / "red"
    root.mkdir()
    settings = config.load(write_corpus(root, 12))
    assert turn(settings).fresh
    return settings


def cut(packed: bytes) -> bytes:
    """The end is lost."""
    return packed[:40]


def flip(packed: bytes) -> bytes:
    """A byte in the middle is another one."""
    half = len(packed) // 2
    return packed[:half] + bytes([packed[half] ^ 1]) + packed[half + 1 :]


def damage(settings: Config, iri: str, harm: Callable[[bytes], bytes], number: int = 0) -> bytes:
    """Harms a version of a dataset, the last one by default; gives it as it was."""
    with closing(sqlite3.connect(settings.register)) as db, db:
        number = number or db.execute(
            "SELECT versions FROM record WHERE iri = ?", (iri,)
        ).fetchone()[0]  # fmt: skip
        (packed,) = db.execute(
            "SELECT canonical FROM version WHERE iri = ? AND number = ?", (iri, number)
        ).fetchone()
        db.execute(
            "UPDATE version SET canonical = ? WHERE iri = ? AND number = ?",
            (harm(packed), iri, number),
        )
    return bytes(packed)


@pytest.mark.parametrize(("harm", "afresh"), [(cut, True), (flip, False)])
def test_a_damaged_text_is_told_and_all_else_is_published(
    settings: Config, tmp_path: Path, harm: Callable[[bytes], bytes], afresh: bool
) -> None:
    """Be all read, or only another that shares a file of dumps with it: it is in none of them."""
    slug, iri = one(settings)
    change(settings.root, 1)
    assert red_catalog(settings.root, "harvest").returncode == 0
    whole = damage(settings, iri, harm)
    with Register.open(settings.register) as register:
        published = publish(settings, register, afresh=afresh)
    assert [*published.bugs] == [iri]
    assert isinstance(published.bug, DamagedTextError)
    assert str(published.bug) == (
        f"The register's text of {iri} is damaged (what it spoilt says so or is left out; all else"
        " is published): restore a backup."
    )
    site = settings.public / "current" / "site"
    assert "n’a pas pu être faite" in (site / f"dataset/{slug}.html").read_text("utf-8")
    assert not (site / f"dataset/{slug}.ttl").exists()
    assert in_dumps(settings, iri) == [False, False]
    assert not any(quad.startswith(f"<subject=<{iri}>") for quad in dump(settings))
    assert f"/record/{slug}>" not in paged(settings, "pages")
    assert [*again(settings).bugs] == [iri]
    damage(settings, iri, lambda _: whole)
    assert_mended(settings, tmp_path / "other")


def test_commands_that_list_datasets_go_on(settings: Config) -> None:
    """`doctor`, `publish` and `harvest` say which is damaged; others list what there is."""
    slug, iri = one(settings)
    damage(settings, iri, cut)
    for command in ("status", "report ap-hp", "remind --dry-run", "holder list", f"history {slug}"):
        done = red_catalog(settings.root, *command.split())
        assert done.returncode == 0, done.stderr
    assert iri in red_catalog(settings.root, "doctor").stdout
    for command, told in (
        ("publish --afresh", "Published 12 datasets"),
        ("harvest", "spf-001         ok"),
    ):
        done = red_catalog(settings.root, *command.split())
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert f"The register's text of {iri} is damaged" in done.stderr
        assert told in done.stdout


def test_what_may_be_private_in_a_damaged_text_is_not_told(
    catalogue: Catalogue, serve: Callable[[dict[str, Route]], Site]
) -> None:
    """No report of its source quotes anything while nobody knows what it marks."""
    note = "Brevet en négociation avec le fabricant"
    body = (
        turtle("a") + f'<{base()}a> <https://red.exemple.fr/ns/red#privateNote> "{note}" .'.encode()
    )
    catalogue.configure(("chu-lille", serve({"/c.ttl": answer(body)}), "/c.ttl"))
    catalogue.harvest()
    settings = config.load(catalogue.root / "red.toml")
    said = {"fr": f"« {note} » est trop court.", "en": f"“{note}” is too short."}
    held = Outcome(f"{base()}a", State.QUARANTINED, reason=said)
    damage(settings, f"{base()}a", cut)
    with Register.open(settings.register) as register:
        register.commit(Change(Run(0, "chu-lille", MONDAY, MONDAY, "ok", outcomes=(held,))))
        assert publish(settings, register).bugs
    site = settings.public / "current" / "site"
    assert [p for p in site.rglob("*") if p.is_file() and note.encode() in p.read_bytes()] == []
    assert "Non montré" in (site / "harvest" / "chu-lille.html").read_text("utf-8")


def test_a_damaged_version_of_before_is_not_told(settings: Config) -> None:
    """Neither on the dataset's page nor in its event: later ones are."""
    slug, iri = one(settings)
    for number in (2, 3):
        change(settings.root, number, share=1.0)
        turn(settings)
    damage(settings, iri, cut, 2)
    with Register.open(settings.register) as register:
        published = publish(settings, register, afresh=True)
    assert [*published.bugs] == [iri]
    assert in_dumps(settings, iri) == [True, True]
    assert paged(settings, "events").count(f"#object> <{iri}>") == 1
    site = settings.public / "current" / "site"
    assert "n’a pas pu" not in (site / f"dataset/{slug}.html").read_text("utf-8")
