"""What a store is renewed from: the members of N-Quads that the live release does not have."""

import gzip
from pathlib import Path
from typing import Any

from red_catalog.publish.data.differences import find_difference
from red_catalog.publish.data.dumps import FOLDER, NQUADS


def release(folder: Path, members: dict[str, bytes]) -> tuple[Path, dict[str, Any]]:
    """A folder with N-Quads of these members, and what its manifest says of them."""
    packed = {key: gzip.compress(lines, mtime=0) for key, lines in members.items()}
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / NQUADS).write_bytes(b"".join(packed.values()))
    index = [[key, members[key].count(b"\n"), len(one)] for key, one in packed.items()]
    return folder, {"members": {NQUADS: index}}


def line(name: str) -> bytes:
    """A quad of this dataset."""
    return f'<a:{name}> <a:titre> "Séjours" <a:g{name}> .\n'.encode()


def test_only_members_of_one_side_are_told(tmp_path: Path) -> None:
    """What both releases have is not among what went and came."""
    before = release(tmp_path / "1", {"k1": line("1"), "k2": line("2"), "k3": line("3")})
    after = release(tmp_path / "2", {"k1": line("1"), "k4": line("4"), "k3": line("3")})
    found = find_difference(*before, *after, 0.5)
    assert found is not None
    assert (found.gone, found.come) == (line("2"), line("4"))


def test_where_much_came_nothing_is_told(tmp_path: Path) -> None:
    """More than the share asked for, counted in statements, is for a rebuild."""
    before = release(tmp_path / "1", {"k1": line("1")})
    after = release(tmp_path / "2", {"k1": line("1"), "k2": line("2"), "k3": line("3")})
    assert find_difference(*before, *after, 0.5) is None
    assert find_difference(*before, *after, 0.7) is not None


def test_a_damaged_release_tells_nothing(tmp_path: Path) -> None:
    """A file that is short, absent or altered where it is read is for a rebuild as well."""
    after = release(tmp_path / "0", {"k1": line("1"), "k2": line("2")})
    for number, damage in enumerate((b"", b"x", None)):
        folder, manifest = release(tmp_path / f"d{number}", {"k1": line("1"), "k3": line("3")})
        path = folder / FOLDER / NQUADS
        content = path.read_bytes()
        if damage is None:
            path.unlink()
        elif damage:
            path.write_bytes(content[:-6] + bytes([content[-6] ^ 1]) + content[-5:])
        else:
            path.write_bytes(content[:-1])
        assert find_difference(folder, manifest, *after, 0.9) is None
