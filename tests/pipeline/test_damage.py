"""A live release that was damaged is mended by the next one, or told and written anew."""

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from red_catalog import config
from red_catalog.config import Config
from red_catalog.pipeline.publishing import Published, publish
from red_catalog.publish import folder
from red_catalog.publish.losses import find_losses
from red_catalog.register.ledger import Register
from red_catalog.store import index
from tests.bench.corpus import change, write_corpus
from tests.catalogue import leave_few_rules
from tests.pipeline.test_publishing import COUNT, dump, indexed, rebuild, tree, turn
from tests.store.test_patching import tables

NUMBERS = count()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A catalogue with as many releases as it keeps, and one put by; each test leaves it whole."""
    settings = config.load(leave_few_rules(write_corpus(tmp_path_factory.mktemp("damage"), COUNT)))
    for _ in range(4):
        turn_on(settings)
    assert (settings.public / ".spare").is_dir()
    return settings


def turn_on(settings: Config) -> None:
    """A dataset changes, and is published."""
    change(settings.root, next(NUMBERS))
    assert turn(settings).fresh


def live(settings: Config) -> Path:
    """The folder of the live release."""
    return (settings.public / "current").resolve()


def again(settings: Config, *, afresh: bool = False) -> Published:
    """A release of what the register holds."""
    with Register.open(settings.register) as register:
        return publish(settings, register, afresh=afresh)


def page(settings: Config) -> Path:
    """The page of a dataset that no test changes."""
    return max((live(settings) / "site" / "dataset").glob("*.html"))


def assert_as_rebuilt(settings: Config, place: Path) -> None:
    """All is as in a release from nothing, but the name of one twice published, and moments."""
    place.mkdir()
    other = rebuild(settings, place)
    told, wanted = tree(settings), tree(other)
    if live(settings).name.startswith(f"{live(other).name}-"):
        del told["release.json"], wanted["release.json"]
    assert told == wanted
    assert indexed(settings) == indexed(other)
    assert dump(settings) == dump(other)
    assert _rows(settings) == _rows(other)


def _rows(settings: Config) -> dict[str, Any]:
    found = tables(live(settings) / "index.db")
    del found["about"]
    return found | {"change": sorted(row[1:] for row in found["change"])}


def spoil(path: Path) -> None:
    """Nothing but the first page of a database is left as it was."""
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (size - 4096))


@pytest.mark.parametrize(
    ("harm", "changed"),
    [
        (Path.unlink, True),
        (Path.unlink, False),
        (lambda path: os.truncate(path, 5000), True),
        (lambda path: os.truncate(path, 0), False),
        (spoil, True),
    ],
)
def test_a_damaged_index_is_written_anew(
    settings: Config, tmp_path: Path, harm: Callable[[Path], None], changed: bool
) -> None:
    """Be it lost or cut short, the next release has a whole one, even where nothing changed."""
    harm(live(settings) / "index.db")
    if changed:
        change(settings.root, next(NUMBERS))
    assert turn(settings).fresh
    assert_as_rebuilt(settings, tmp_path / "other")


def test_an_index_that_breaks_on_the_way_is_made_of_all_datasets(
    settings: Config, tmp_path: Path
) -> None:
    """What a first look at the live one did not find costs no dataset its place in the next."""
    path = live(settings) / "index.db"
    content = bytearray(path.read_bytes())
    start = content.rindex(b'"slug":"') // 4096 * 4096
    content[start : start + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert index.is_readable(path)
    assert change(settings.root, next(NUMBERS), share=0.5) > COUNT // 10
    assert turn(settings).fresh
    assert_as_rebuilt(settings, tmp_path / "other")


def remove(path: Path) -> None:
    """A file is gone."""
    path.unlink()


def empty(path: Path) -> None:
    """A file is there with nothing in it."""
    os.truncate(path, 0)


@pytest.mark.parametrize(
    ("files", "harm"),
    [("*/*.sst", remove), ("*/*.sst", empty), ("*/CURRENT", empty), ("store/*", remove)],
)
def test_a_damaged_store_is_built_anew(
    settings: Config, tmp_path: Path, files: str, harm: Callable[[Path], None]
) -> None:
    """The next release has all of what the dump holds, whatever of the store was lost."""
    for path in (live(settings) / "store").glob(files):
        harm(path)
    turn_on(settings)
    assert_as_rebuilt(settings, tmp_path / "other")


@pytest.mark.parametrize("name", ["dataset", "holders.html", "rules"])
def test_a_lost_file_stays_found(settings: Config, name: str) -> None:
    """A file that one release lost is in each of those after.

    Whichever release of before they are written over.
    """
    path = page(settings) if name == "dataset" else live(settings) / "site" / name
    path = path if path.is_file() else next(path.rglob("*.html"))
    inside = path.relative_to(live(settings))
    path.unlink()
    for number in range(6):
        turn_on(settings)
        assert (live(settings) / inside).is_file(), number


def test_what_was_altered_by_hand_is_written_afresh_and_never_comes_back(
    settings: Config, tmp_path: Path
) -> None:
    """Asked to, publishing takes nothing over, from no release of before, changed or not."""
    inside = page(settings).relative_to(live(settings))
    right = page(settings).read_bytes()
    page(settings).write_bytes(b"hacked")
    shard = next((live(settings) / "site" / "pagefind").rglob("*.pf_index"))
    shard.unlink()
    assert not again(settings).fresh
    before = tree(settings).keys()
    assert again(settings, afresh=True).fresh
    assert tree(settings).keys() == before
    assert_as_rebuilt(settings, tmp_path / "other")
    assert not again(settings).fresh
    for number in range(6):
        turn_on(settings)
        assert (live(settings) / inside).read_bytes() == right, number


def test_writing_afresh_keeps_since_when_each_dataset_is_public(settings: Config) -> None:
    """Whoever asks for changes since a moment is not told again of what did not change."""
    before = tables(live(settings) / "index.db")["change"]
    assert again(settings, afresh=True).fresh
    assert tables(live(settings) / "index.db")["change"] == before


def test_losses_are_found(settings: Config) -> None:
    """Every file that a release names is looked for: datasets', pages, tables, dumps, feeds."""
    whole = folder.live(settings.public)
    assert whole is not None
    assert find_losses(whole) == []
    lost = [page(settings), live(settings) / "site" / "holders.html"]
    lost += [live(settings) / "site" / "robots.txt", live(settings) / "feeds.json"]
    for path in lost:
        path.unlink()
    shutil.rmtree(live(settings) / "site" / "feed", ignore_errors=True)
    assert {live(settings) / name for name in find_losses(whole)} >= set(lost)
