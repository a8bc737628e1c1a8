"""Publishing after a change: the same release as one made from nothing."""

import shutil
from pathlib import Path

import pytest

from red_catalog.store import embedded
from tests.catalogue import copy_samples, digests, json_of, red_catalog

EPOCH = "1900000000"


def run(folder: Path) -> None:
    """Harvests and publishes at a moment that stands still."""
    done = red_catalog(folder, "run", SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode in {0, 1, 3}, done.stderr


def stores(folder: Path) -> list[list[str]]:
    """Every quad of the live release's two stores."""
    found = embedded.open_read_only(folder / "public" / "current" / "store")
    return [sorted(map(str, one)) for one in (found.store, found.originals)]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The samples harvested, published, one description changed, and all that once more."""
    folder = copy_samples(tmp_path / "catalogue")
    run(folder)
    turtle = next(p for p in sorted(folder.rglob("*.ttl")) if b"dct:title" in p.read_bytes())
    turtle.write_text(turtle.read_text("utf-8").replace('"@fr', ' (revu)"@fr', 1), "utf-8")
    built = (folder / "public" / "current").resolve()
    run(folder)
    assert (folder / "public" / "current").resolve() != built
    return folder


def test_a_renewed_release_equals_a_rebuilt_one(changed: Path) -> None:
    """Files and store alike hold what a release made of the register alone holds."""
    shared = [path for path in (changed / "public" / "current" / "store").rglob("*.sst")
              if path.stat().st_nlink > 1]  # fmt: skip
    assert shared
    renewed, store = digests(changed / "public" / "current" / "site"), stores(changed)
    shutil.rmtree(changed / "public")
    assert json_of(changed, "publish", SOURCE_DATE_EPOCH=EPOCH)["fresh"]
    assert digests(changed / "public" / "current" / "site") == renewed
    assert stores(changed) == store
    assert any("(revu)" in quad for quad in store[0])
