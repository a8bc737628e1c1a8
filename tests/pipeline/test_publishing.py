"""A release made of what changed is the one that a rebuild would give, byte for byte."""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.http import Http
from red_catalog.model import Entry, Outcome, Run, State
from red_catalog.pipeline import publishing
from red_catalog.pipeline.desk import holding
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.pipeline.publishing import Published, publish
from red_catalog.publish import gathering
from red_catalog.publish.federation import paging
from red_catalog.publish.folder import SWITCHED
from red_catalog.publish.search import shards
from red_catalog.register.ledger import Change, Register
from red_catalog.store import stamps
from red_catalog.store.embedded import open_read_only
from red_catalog.store.index import INDEX
from red_catalog.store.searching import Index
from tests.bench.corpus import change, write_corpus
from tests.catalogue import leave_few_rules
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import base, turtle

COUNT = 30
ROOT = Path(__file__).parents[2]
_FILES = ("site", "cards", "datasets.json", "release.json")


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A catalogue of generated datasets, harvested and published."""
    return make_published(tmp_path / "red")


def make_published(root: Path) -> Config:
    """Such a catalogue in this folder, which is made."""
    root.mkdir()
    settings = config.load(leave_few_rules(write_corpus(root, COUNT)))
    assert turn(settings).fresh
    return settings


def turn(settings: Config) -> Published:
    """A harvest of all sources, and a release."""
    with (
        Register.open(settings.register) as register,
        Http(settings.var / "cache", "red-catalog/0 (test)", settings.limits) as http,
    ):
        list(
            Harvester(settings, register, http, accept_removals=True).harvest_all(settings.sources)
        )
        return publish(settings, register)


def rebuild(settings: Config, folder: Path) -> Config:
    """The same register published where nothing is known of it."""
    other = config.load(Path(shutil.copy(settings.root / "red.toml", folder)))
    other.register.parent.mkdir(exist_ok=True)
    shutil.copy(settings.register, other.register)
    with Register.open(other.register) as register:
        publish(other, register)
    return other


def tree(settings: Config) -> dict[str, str]:
    """Every file of the live release but those of the two indexes and of the store."""
    live = (settings.public / "current").resolve()
    return {
        p.relative_to(live).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for name in _FILES
        for p in [live / name, *(live / name).rglob("*")]
        if p.is_file() and "pagefind" not in p.parts
    }


def indexed(settings: Config) -> dict[str, list[str]]:
    """The datasets of each shard of the search index: their files are named after what they say."""
    top = settings.public / "current" / "site" / "pagefind"
    return {one.name: sorted(p.name for p in one.glob("fragment/*")) for one in top.iterdir()}


def dump(settings: Config) -> list[str]:
    """Every quad of the live snapshot, the merged graph's too."""
    snapshot = open_read_only((settings.public / "current").resolve() / "store")
    return sorted(map(str, snapshot.store))


def test_many_small_changes_equal_a_rebuild(
    settings: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed, gone and back: after all of it the files and the store are those of a rebuild."""
    monkeypatch.setattr(shards, "MOST", 8)
    monkeypatch.setattr(paging, "PAGE", 3)
    rare = max((settings.root / "in").glob("*/*.nt"))
    kept = rare.read_bytes()
    for number in range(5):
        change(settings.root, number)
        if number == 2:
            rare.write_bytes(b"".join(kept.splitlines(keepends=True)[:1]))
        if number == 4:
            rare.write_bytes(kept)
        assert turn(settings).fresh
    (tmp_path / "other").mkdir()
    other = rebuild(settings, tmp_path / "other")
    assert tree(settings) == tree(other)
    assert indexed(settings) == indexed(other)
    assert len(indexed(settings)) > 2
    assert dump(settings) == dump(other)
    assert not (settings.public / "releases").joinpath(".spare").exists()
    assert (settings.public / ".spare").is_dir()


def test_a_change_is_dated_when_it_becomes_public(
    settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the last step takes; what ended before the switch is made again."""
    moments: list[str] = []

    def sync() -> None:
        time.sleep(1.1)
        moments.append(stamps.stamp(datetime.now(UTC)))

    def fail(path: Path) -> None:
        real(path)
        raise OSError("killed")

    real, before = stamps.show, (settings.public / "current").resolve()
    monkeypatch.setattr(stamps, "AHEAD", timedelta())
    monkeypatch.setattr(os, "sync", sync)
    monkeypatch.setattr(stamps, "show", fail)
    change(settings.root, 770077)
    with pytest.raises(OSError, match="killed"):
        turn(settings)
    assert (settings.public / "current").resolve() == before
    monkeypatch.setattr(stamps, "show", real)
    assert turn(settings).fresh
    index = Index(settings.public / "current" / INDEX)
    assert len(index.changes(moments[-1], "9")) == 1
    assert len(index.changes("", "9")) == COUNT


def test_a_process_that_had_a_store_open_publishes_again(settings: Config) -> None:
    """It builds the next one itself: in a copy of it the engine would wait for ever."""
    told = f"""if True:
        from pathlib import Path
        from red_catalog import config
        from red_catalog.publish import crew
        from tests.bench.corpus import change
        from tests.pipeline.test_publishing import dump, turn
        settings = config.load(Path({str(settings.root)!r}) / "red.toml")
        assert dump(settings)
        crew.WORTH_IT = 1
        change(settings.root, 770077)
        assert turn(settings).fresh
        assert sum('"770077"' in quad for quad in dump(settings)) == 2
    """
    run = [sys.executable, "-c", told]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_no_report_of_a_release_quotes_what_is_private(
    catalogue: Catalogue, serve: Callable[[dict[str, Route]], Site]
) -> None:
    """A harvest's message that cites a private note is published without it, in every file."""
    note = "Brevet en négociation avec le fabricant"
    term = "<https://red.exemple.fr/ns/red#privateNote>"
    body = turtle("a") + f'<{base()}a> {term} "{note}" .'.encode()
    catalogue.configure(("chu-lille", serve({"/c.ttl": answer(body)}), "/c.ttl"))
    catalogue.harvest()
    settings = config.load(catalogue.root / "red.toml")
    said = {"fr": f"« {note} » est trop court.", "en": f"“{note}” is too short."}
    held = Outcome(f"{base()}a", State.QUARANTINED, reason=said)
    later = MONDAY + timedelta(days=1)
    with Register.open(settings.register) as register:
        register.commit(Change(Run(0, "chu-lille", later, later, "ok", outcomes=(held,))))
        publish(settings, register)
    site = settings.public / "current" / "site"
    files = [p for p in site.rglob("*") if p.is_file()]
    assert [p for p in files if note.encode() in p.read_bytes()] == []
    assert "Non montré" in (site / "harvest" / "chu-lille.html").read_text("utf-8")


def test_only_what_changed_is_read_and_a_restored_register_whole(
    settings: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One changed dataset is read alone; a register that is older than the release, whole."""
    read: list[str] = []
    one = gathering._read_one

    def noted(reader: gathering.Reader, entry: Entry) -> object:
        read.append(entry.iri)
        return one(reader, entry)

    monkeypatch.setattr(gathering, "_read_one", noted)
    shutil.copy(settings.register, tmp_path / "backup.db")
    change(settings.root, 1)
    turn(settings)
    assert len(read) == 1
    shutil.copy(tmp_path / "backup.db", settings.register)
    change(settings.root, 2)
    turn(settings)
    assert len(read) == 1 + COUNT


def test_a_register_that_knows_nothing_empties_no_catalogue(
    settings: Config, tmp_path: Path
) -> None:
    """Where the disk of the register is not there the live release stays, save where asked."""
    live = (settings.public / "current").resolve()
    settings.var.rename(tmp_path / "unmounted")
    with Register.open(settings.register) as register:
        with pytest.raises(RedError, match=f"has {COUNT}: see that its disk is mounted"):
            publish(settings, register)
        assert (settings.public / "current").resolve() == live
        assert publish(settings, register, afresh=True).datasets == 0
        # An empty one of an empty register is as it should be.
        assert not publish(settings, register).fresh


def test_a_holder_of_another_name_is_called_so_on_every_page(
    settings: Config, tmp_path: Path
) -> None:
    """Beside related datasets, too: what is published is what a rebuild would give."""
    path = settings.root / "red.toml"
    told = path.read_text("utf-8")
    renamed = re.sub(r'^(name = \{ fr = ")', r"\1Groupement ", told, count=1, flags=re.MULTILINE)
    assert renamed != told
    path.write_text(renamed, "utf-8")
    now = config.load(path)
    assert turn(now).fresh
    (tmp_path / "other").mkdir()
    assert tree(now) == tree(rebuild(now, tmp_path / "other"))


def test_what_was_not_read_again_is_the_holders_of_today(settings: Config) -> None:
    """Under another id, with the former one named: on pages and in counts, at once."""
    path = settings.root / "red.toml"
    text = path.read_text("utf-8")
    (was, *_) = (one.id for one in settings.holders)
    text = text.replace(f'id = "{was}"', f'id = "nouveau"\nformer = ["{was}"]', 1)
    path.write_text(text.replace(f'holder = "{was}"', 'holder = "nouveau"'), "utf-8")
    now = config.load(path)
    with Register.open(now.register) as register:
        mine = sum(entry.holder == was for entry in register.entries())
        assert publish(now, register).fresh
        assert holding.one(now, register, "nouveau").datasets == mine > 0
        assert register.trend("holder", "nouveau")[-1].datasets == mine
        announced = register.announcements("catalogue", COUNT, 9_999)
        assert [one.kind for one in announced] == ["update"] * mine
        assert not publish(now, register).fresh
    site = now.public / "current" / "site"
    assert (site / "holder" / "nouveau.html").is_file()
    assert not (site / "holder" / f"{was}.html").exists()
    index = Index(now.public / "current" / INDEX)
    assert (index.held("holder", "nouveau"), index.held("holder", was)) == (mine, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rules = ["red"]', "rules = []"),
        (
            "[guards]",
            '[notify]\nmode = "never"\nfrom = "red@exemple.fr"\nfolder = "mail"\n[guards]',
        ),
        ("[[source]]", "[[source]]\nevery_hours = 168"),
    ],
)
def test_what_pages_tell_of_the_configuration_is_told_at_once(
    settings: Config, tmp_path: Path, old: str, new: str
) -> None:
    """Whose rules have pages, whether holders are mailed, how often a source is read."""
    path = settings.root / "red.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    now = config.load(path)
    with Register.open(now.register) as register:
        assert publish(now, register).fresh
    (tmp_path / "other").mkdir()
    assert tree(now) == tree(rebuild(now, tmp_path / "other"))


def test_what_no_page_tells_makes_no_release(settings: Config) -> None:
    """The log of the server, and how many processes answer queries, be it by the machine."""
    quiet = replace(
        settings,
        serve=replace(settings.serve, access_log=False),
        sparql=replace(settings.sparql, workers=settings.sparql.workers + 1),
    )
    with Register.open(settings.register) as register:
        assert not publish(quiet, register).fresh


def test_a_release_that_fails_takes_no_room(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is removed at once, and before it what a killed one left; what is live stays."""
    catalogue.configure()
    settings = config.load(catalogue.root / "red.toml")
    killed = settings.public / "releases" / "20290325T030000Z-0123456789ab"

    def fail(*_: object) -> None:
        assert not killed.exists()
        raise OSError(errno.ENOSPC, "No space left on device")

    with Register.open(settings.register) as register:
        assert publish(settings, register).fresh
        live = list((settings.public / "releases").iterdir())
        shutil.copytree(live[0], killed, ignore=shutil.ignore_patterns(SWITCHED))
        monkeypatch.setattr(publishing, "fill_index", fail)
        renamed = replace(settings.catalogue, contact="mailto:red@sante.exemple.fr")
        with pytest.raises(OSError, match="No space left"):
            publish(replace(settings, catalogue=renamed), register)
    assert list((settings.public / "releases").iterdir()) == live
    assert (settings.public / "current").resolve() == live[0]
