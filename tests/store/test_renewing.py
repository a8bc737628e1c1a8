"""A snapshot renewed from the one before: the same as one built afresh."""

import gzip
import random
from pathlib import Path

import pytest
from pyoxigraph import Quad

from red_catalog.store.embedded import build, open_read_only, renew

XSD = "http://www.w3.org/2001/XMLSchema#"
NAME = ("<urn:code>", "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"Santé"@fr')
SHARED = ['<a:chu> <a:name> "CHU de Rivemont"@fr', '<urn:code> <a:in> "liste"']
VALUES = [
    f'"1200"^^<{XSD}nonNegativeInteger>',
    f'"1200"^^<{XSD}integer>',
    f'"10.50"^^<{XSD}decimal>',
    f'"10.5"^^<{XSD}decimal>',
    '"séjours"@fr',
    "<a:concept>",
]


def record(number: int, chance: random.Random) -> str:
    """The N-Quads of one record: some of its own, some that others share, one of a code list."""
    own = [f"<a:d{number}> <a:n{n}> {chance.choice(VALUES)}" for n in range(4)]
    own += [f"<a:d{number}> <a:n0> {value}" for value in chance.sample(VALUES, 2)]
    own += chance.sample([*SHARED, " ".join(NAME)], 2)
    return "".join(f"{line} <a:g{number}> .\n" for line in sorted(set(own)))


def make(folder: Path, lines: str) -> Path:
    """A snapshot built afresh."""
    dump = folder.with_suffix(".nq.gz")
    dump.write_bytes(gzip.compress(lines.encode()))
    build(folder, dump, [NAME])
    return folder


def read(folder: Path) -> tuple[list[str], list[str]]:
    """Everything in both stores, sorted."""
    found = open_read_only(folder)

    def lines(quads: list[Quad]) -> list[str]:
        return sorted(str(quad) for quad in quads)

    return lines(list(found.store)), lines(list(found.originals))


@pytest.mark.parametrize("seed", range(8))
def test_renewed_equals_built(tmp_path: Path, seed: int) -> None:
    """Whatever changes, goes or comes, both stores hold what a rebuild puts in them."""
    chance = random.Random(seed)
    records = {n: record(n, chance) for n in range(12)}
    before = make(tmp_path / "r0", "".join(records.values()))
    for step in range(1, 4):
        touched = chance.sample(range(14), 4)
        old = "".join(records.pop(n, "") for n in touched)
        come = {n: record(n, chance) for n in touched[:3]}
        records |= come
        after = tmp_path / f"r{step}"
        assert renew(after, before, old.encode(), "".join(come.values()).encode(), [NAME])
        assert read(after) == read(make(tmp_path / f"full{step}", "".join(records.values())))
        before = after


def test_the_one_before_stays_as_it_was(tmp_path: Path) -> None:
    """Readers of the live release see nothing of what is being prepared, nor after it."""
    chance = random.Random(1)
    old, new = record(1, chance), record(2, chance)
    before = make(tmp_path / "r0", old)
    held, whole = open_read_only(before), read(before)
    renew(tmp_path / "r1", before, old.encode(), new.encode(), [NAME])
    assert read(before) == whole
    assert sorted(str(quad) for quad in held.store) == whole[0]


def test_however_often_it_is_renewed_no_files_are_heaped_up(tmp_path: Path) -> None:
    """The engine's notes of each renewal, a hundred KB each, are not taken along."""
    before = make(tmp_path / "r0", '<a:d> <a:n> "0" <a:g> .\n')
    for night in range(1, 6):
        old, new = (f'<a:d> <a:n> "{n}" <a:g> .\n'.encode() for n in (night - 1, night))
        after = tmp_path / f"r{night}"
        assert renew(after, before, old, new, [NAME])
        before = after
    assert read(after) == read(make(tmp_path / "full", '<a:d> <a:n> "5" <a:g> .\n'))
    assert [path.name for path in after.rglob("LOG*")] == ["LOG", "LOG"]


def test_other_code_lists_need_a_rebuild(tmp_path: Path) -> None:
    """Where the code lists changed, or there is no snapshot, nothing is written."""
    before = make(tmp_path / "r0", record(1, random.Random(1)))
    other = (*NAME[:2], '"Soin"@fr')
    assert not renew(tmp_path / "r1", before, b"", b"", [other])
    assert not renew(tmp_path / "r1", tmp_path / "absent", b"", b"", [NAME])
    assert not (tmp_path / "r1").exists()
