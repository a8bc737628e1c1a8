"""The dumps: whole files made of parts, of which unchanged ones are taken over."""

import gzip
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from red_catalog.config import Config
from red_catalog.model import Entry
from red_catalog.publish import release
from red_catalog.publish.data import dumps
from red_catalog.publish.stock import Held
from red_catalog.publish.web.site import Site, site
from tests.bench.publish import change
from tests.publish import records


@pytest.fixture
def many() -> list[Entry]:
    """A hundred datasets, enough for several parts."""
    first = records.entries()[0]
    return [
        replace(first, iri=f"{first.iri}-{n}", slug=f"sejours-{n:03}",
                canonical=first.canonical.replace(first.iri.encode(), f"{first.iri}-{n}".encode()))
        for n in range(100)
    ]  # fmt: skip


def publish(config: Config, entries: list[Entry], hours: int = 0) -> Path:
    """Makes a release live; returns the folder of its dumps."""
    moment = records.MOMENT + timedelta(hours=hours)
    prepared = release.prepare(config, entries, [], moment, workers=1)
    assert prepared
    release.switch(config, prepared)
    return prepared.folder / dumps.FOLDER


def read(folder: Path) -> dict[str, bytes]:
    """The bytes of every file."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed(many: list[Entry]) -> list[Entry]:
    """One dataset described otherwise, one gone, one more."""
    return [change(many[0]), *many[2:], replace(many[1], slug="autre")]


def test_what_is_taken_over_equals_a_rebuild(tmp_path: Path, many: list[Entry]) -> None:
    """After a change the files are those that an empty folder would get, byte for byte."""
    config = records.config(tmp_path / "a")
    publish(config, many)
    renewed = read(publish(config, changed(many), hours=1))
    assert renewed == read(publish(records.config(tmp_path / "b"), changed(many), hours=1))


def test_only_parts_that_changed_are_packed(
    tmp_path: Path, many: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One changed dataset costs one part in each file, whatever the size of the catalogue."""
    packed: list[dumps.Part] = []
    pack: Callable[[Site, dumps.Part, Sequence[Entry]], dict[str, dumps.Member]] = dumps.pack

    def noted(about: Site, part: dumps.Part, some: Sequence[Entry]) -> dict[str, dumps.Member]:
        packed.append(part)
        return pack(about, part, some)

    config = records.config(tmp_path)
    monkeypatch.setattr(dumps, "pack", noted)
    publish(config, many)
    assert len(packed) == 8
    assert sum(len(part.iris) for part in packed) == 100
    packed.clear()
    publish(config, [change(many[0]), *many[1:]], hours=1)
    assert len(packed) == 1


def test_a_damaged_file_is_not_taken_over(tmp_path: Path, many: list[Entry]) -> None:
    """A file whose digest is not the manifest's is made anew."""
    config = records.config(tmp_path)
    folder = publish(config, many)
    whole = read(folder)
    (folder / dumps.NQUADS).write_bytes(b"\0" * len(whole[dumps.NQUADS]))
    manifest = config.public / "current" / "release.json"
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**told, "key": "autre"}), "utf-8")  # so that it is renewed
    assert read(publish(config, many)) == whole


def test_any_gzip_reads_the_parts_as_one_file(tmp_path: Path, many: list[Entry]) -> None:
    """Python and the system's gzip see one stream, with a line for each statement told."""
    folder = publish(records.config(tmp_path), many)
    lines = gzip.decompress((folder / dumps.NQUADS).read_bytes()).count(b"\n")
    told = subprocess.run(
        ["/bin/gzip", "-dc", str(folder / dumps.NQUADS)], capture_output=True, check=True
    )
    assert told.stdout.count(b"\n") == lines
    manifest = json.loads((folder.parents[1] / "release.json").read_bytes())
    assert manifest["counts"]["statements"] == lines


def test_a_part_does_not_depend_on_the_others(tmp_path: Path, many: list[Entry]) -> None:
    """A dataset more leaves all parts but its own as they were."""
    about = site(records.config(tmp_path))
    keys = {entry.slug: entry.digest for entry in many}
    names = [(entry.slug, entry.iri) for entry in many]
    before = dumps.parts(names[:90], keys)
    after = dumps.parts(names[:91], keys)
    assert len({p.key for p in after} - {p.key for p in before}) == 1
    stock, same = Held(many), {part.key: part for part in after}
    for part in before:
        if again := same.get(part.key):
            packed = (dumps.pack(about, one, stock.fetch(one.iris)) for one in (part, again))
            assert next(packed) == next(packed)
