"""`kill -9` at random moments loses nothing and leaves the live release whole."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.register.ledger import Register
from tests import catalogue
from tests.killing import kill, start

KILLS = int(os.environ.get("RED_KILLS", "5"))
# Files in two syntaxes and a spreadsheet: what a kill meets does not depend on how many more.
HOLDERS = ("chu-valmorin", "registre-cancers-dauphinois", "clinique-tamaris")


def assert_sound(folder: Path) -> None:
    """The register opens, is whole, and the live release is too."""
    with Register.open(config.load(folder / "red.toml").register) as register:
        assert register.integrity() == "ok"
        for entry in register.entries():
            assert register.versions(entry.iri)[-1].canonical == entry.canonical
    catalogue.assert_whole(folder)


def kill_often(folder: Path, command: str, prepare: Callable[[int], None]) -> int:
    """How many of the attempts were killed before they ended."""
    prepare(-1)
    started = time.monotonic()
    assert start(folder, command).wait() in {0, 3}
    length = time.monotonic() - started
    moments = random.Random(7)
    killed = 0
    for number in range(KILLS):
        prepare(number)
        killed += kill(start(folder, command), moments.uniform(0.1, length * 1.05))
        assert_sound(folder)
    return killed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three of the sample holders, published once."""
    folder = catalogue.copy_samples(tmp_path / "catalogue", HOLDERS)
    assert catalogue.red_catalog(folder, "run").returncode in {0, 3}
    return folder


def test_a_harvest_may_be_killed_at_any_moment(folder: Path) -> None:
    """After each kill the register is sound; the next run completes as if nothing had been."""
    target = folder / "chu-valmorin" / "urgences-passages.ttl"
    original = target.read_text("utf-8")
    with Register.open(config.load(folder / "red.toml").register) as register:
        iri = next(e.iri for e in register.entries() if "urgences" in e.iri and "chu" in e.iri)

    def change(number: int) -> None:
        """Every attempt has something to write: a fresh register, or another description."""
        keyword = f'<{iri}> <http://www.w3.org/ns/dcat#keyword> "essai {number}"@fr .'
        target.write_text(f"{original}\n{keyword}\n", encoding="utf-8")
        if number % 2:
            for path in (folder / "var").glob("register.db*"):
                path.unlink()

    assert kill_often(folder, "harvest", change) >= KILLS // 4
    assert catalogue.red_catalog(folder, "run").returncode in {0, 3}
    assert_sound(folder)
    states = catalogue.json_of(folder, "harvest")
    assert sum(run["states"]["new"] + run["states"]["updated"] for run in states) == 0


def test_a_publish_may_be_killed_at_any_moment(folder: Path) -> None:
    """After each kill the live release is whole; the next publish leaves what it should."""
    settings = folder / "red.toml"
    original = settings.read_text("utf-8")

    def change(number: int) -> None:
        """Another contact makes every page another."""
        changed = original.replace('contact = "mailto:', f'contact = "mailto:c{number + 1}-', 1)
        assert changed != original
        settings.write_text(changed, encoding="utf-8")

    assert kill_often(folder, "publish", change) >= KILLS // 4
    settings.write_text(original, encoding="utf-8")
    assert catalogue.red_catalog(folder, "publish").returncode == 0
    rescued = catalogue.digests(folder / "public" / "current" / "site")
    (folder / "public").rename(folder / "public-before")
    assert catalogue.red_catalog(folder, "publish").returncode == 0
    assert catalogue.digests(folder / "public" / "current" / "site") == rescued
    assert len(list((folder / "public" / "releases").iterdir())) == 1
