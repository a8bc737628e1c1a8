"""Files and folders of files."""

import errno
import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from red_catalog.harvesters import HARVESTERS, file
from red_catalog.http import Http
from red_catalog.model import Document, Source, Unreadable
from red_catalog.rdf.limits import Limits

Doors = Callable[..., Http]
BODY = '<https://chu-lille.example/jeu/1> <http://purl.org/dc/terms/title> "Réa"@fr .\n'.encode()


def harvest(
    location: Path, http: Http, media_type: str | None = None
) -> list[Document | Unreadable]:
    """All that the file harvester gives for a location."""
    source = Source("chu-lille", "chu-lille", "file", str(location), format=media_type)
    found = list(HARVESTERS["file"](source, http))
    return [i for i in found if isinstance(i, Document | Unreadable)]


def told(found: list[Document | Unreadable]) -> list[tuple[str, str]]:
    """Each item's location, with the code of its problem where it has one."""
    return [(i.location, i.problem.code if isinstance(i, Unreadable) else "") for i in found]


def fill(folder: Path, *names: str) -> None:
    """Writes the same body under these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(BODY)


def test_file_is_one_document_without_base(tmp_path: Path, door: Doors) -> None:
    """A file's own path must not become part of its IRIs."""
    fill(tmp_path, "catalogue.ttl")
    expected = [Document("catalogue.ttl", BODY, "text/turtle", None)]
    assert expected == harvest(tmp_path / "catalogue.ttl", door())


def test_compressed_file_is_unpacked(tmp_path: Path, door: Doors) -> None:
    """Whatever `.gz` stands for, the name before it says the format."""
    (tmp_path / "catalogue.rdf.gz").write_bytes(gzip.compress(BODY))
    expected = [Document("catalogue.rdf.gz", BODY, "application/rdf+xml")]
    assert expected == harvest(tmp_path / "catalogue.rdf.gz", door())


def test_folder_is_read_in_order_of_name(tmp_path: Path, door: Doors) -> None:
    """Recursively; hidden files and companions are left out."""
    fill(tmp_path, "b.ttl", "a/2.jsonld", "a/1.nt", "c.owl", ".cache/x.ttl", ".x.ttl",
         "README.md", "LISEZMOI.txt", "LICENSE", "a/readme.txt")  # fmt: skip
    found = harvest(tmp_path, door())
    assert told(found) == [("a/1.nt", ""), ("a/2.jsonld", ""), ("b.ttl", ""), ("c.owl", "")]


def test_unknown_file_is_told_and_others_are_read(tmp_path: Path, door: Doors) -> None:
    """A spreadsheet among Turtle files is a mistake that its holder must hear of."""
    fill(tmp_path, "a.ttl", "jeux.xlsx")
    assert told(harvest(tmp_path, door())) == [("a.ttl", ""), ("jeux.xlsx", "file-unknown")]


def test_forced_format_makes_any_name_known(tmp_path: Path, door: Doors) -> None:
    """The configuration knows what the files are."""
    fill(tmp_path, "export.dat")
    expected = [Document("export.dat", BODY, "text/turtle")]
    assert expected == harvest(tmp_path, door(), "text/turtle")


def test_missing_location_is_told_with_its_path(tmp_path: Path, door: Doors) -> None:
    """Nothing is there, in both languages, with what to do."""
    (found,) = harvest(tmp_path / "absent.ttl", door())
    assert isinstance(found, Unreadable)
    assert found.problem.code == "file-missing"
    assert all("absent.ttl" in text for text in found.problem.message.values())
    assert set(found.problem.fix) == {"fr", "en"}


def test_folder_without_rdf_is_told(tmp_path: Path, door: Doors) -> None:
    """An empty delivery is no reason to remove anything."""
    fill(tmp_path, "README.md")
    assert [code for _, code in told(harvest(tmp_path, door()))] == ["folder-empty"]


def test_link_out_of_the_folder_is_refused(tmp_path: Path, door: Doors) -> None:
    """Files and folders of others are not to be had by a link."""
    fill(tmp_path, "secret/x.ttl", "source/a.ttl")
    (tmp_path / "source" / "lien.ttl").symlink_to(tmp_path / "secret" / "x.ttl")
    (tmp_path / "source" / "dossier").symlink_to(tmp_path / "secret")
    assert told(harvest(tmp_path / "source", door())) == [
        ("a.ttl", ""),
        ("dossier", "link-refused"),
        ("lien.ttl", "link-refused"),
    ]


def test_link_inside_the_folder_is_not_read_twice(tmp_path: Path, door: Doors) -> None:
    """`latest` names a file that is there already."""
    fill(tmp_path, "2028-01.ttl")
    (tmp_path / "latest.ttl").symlink_to("2028-01.ttl")
    assert told(harvest(tmp_path, door())) == [("2028-01.ttl", "")]


@pytest.mark.parametrize("swapped", ["2028/a.ttl", "2028"])
def test_what_becomes_a_link_meanwhile_is_not_read(
    tmp_path: Path, door: Doors, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    """Who writes in the folder may change a file, or its folder, after it was looked at."""
    fill(tmp_path, "secret/2028/a.ttl", "source/2028/a.ttl", "source/b.ttl")
    named = file.media_type

    def swap(path: Path, *given: Any) -> str | None:
        if path.name == "a.ttl":
            (tmp_path / "source" / swapped).rename(tmp_path / "avant")
            (tmp_path / "source" / swapped).symlink_to(tmp_path / "secret" / swapped)
        return named(path, *given)

    monkeypatch.setattr(file, "media_type", swap)
    found = harvest(tmp_path / "source", door())
    assert told(found) == [("2028/a.ttl", "file-unreadable"), ("b.ttl", "")]


def test_link_to_nothing_is_told(tmp_path: Path, door: Doors) -> None:
    """A delivery that failed half-way."""
    (tmp_path / "latest.ttl").symlink_to("2028-01.ttl")
    assert told(harvest(tmp_path, door()))[0] == ("latest.ttl", "file-missing")


def test_link_to_itself_is_told(tmp_path: Path, door: Doors) -> None:
    """A link that leads nowhere must not stop the harvest."""
    fill(tmp_path, "a.ttl")
    (tmp_path / "b.ttl").symlink_to("b.ttl")
    assert told(harvest(tmp_path, door())) == [("a.ttl", ""), ("b.ttl", "file-unreadable")]


def test_name_that_is_no_text_is_shown_as_text(tmp_path: Path, door: Doors) -> None:
    """A name in Latin-1, or with control characters, can be printed and stored."""
    fill(tmp_path, os.fsdecode(b"donn\xe9es\x1b.ttl"))
    assert told(harvest(tmp_path, door())) == [("donn\ufffdes\ufffd.ttl", "")]


def test_pipe_is_not_waited_for(tmp_path: Path, door: Doors) -> None:
    """Opening it would hang for ever."""
    os.mkfifo(tmp_path / "a.ttl")
    assert told(harvest(tmp_path, door()))[0] == ("a.ttl", "file-special")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Erreur</body></html>", "html-received"),
        (gzip.compress(BODY, mtime=0)[:-4], "truncated-gzip"),
        (b"x" * 1_001, "too-large"),
        (gzip.compress(b"x" * 1_001, mtime=0), "too-large"),
    ],
)
def test_file_that_is_no_document_is_told(
    tmp_path: Path, door: Doors, content: bytes, expected: str
) -> None:
    """Empty, a web page, cut, or too large once unpacked."""
    (tmp_path / "a.ttl").write_bytes(content)
    found = harvest(tmp_path / "a.ttl", door(Limits(document_bytes=1_000)))
    assert told(found) == [("a.ttl", expected)]


def test_file_without_permission_is_told(
    tmp_path: Path, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One closed file does not stop the others, whoever harvests: root may read every file."""
    fill(tmp_path, "a.ttl", "b.ttl")
    opened = os.open

    def refuse(path: str, *given: Any, **named: Any) -> int:
        if path == "a.ttl":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return opened(path, *given, **named)

    monkeypatch.setattr(os, "open", refuse)
    assert told(harvest(tmp_path, door())) == [("a.ttl", "file-unreadable"), ("b.ttl", "")]


@pytest.mark.parametrize(
    ("place", "code"),
    [("vide", "folder-empty"), ("absent.ttl", "file-missing"), ("fermé", "file-unreadable")],
)
@pytest.mark.parametrize("root", ["red", "ailleurs"])
def test_no_folder_of_the_machine_is_told(
    tmp_path: Path, door: Doors, monkeypatch: pytest.MonkeyPatch, place: str, code: str, root: str
) -> None:
    """A place is told from the catalogue's folder as red.toml has it, one outside by its name."""
    location = tmp_path / "red" / "dépôts" / place
    listed = os.scandir

    def refuse(path: str) -> Any:
        if path.endswith("été"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listed(path)

    fill(tmp_path / "red" / "dépôts", "vide/README.md", "fermé/été/jeux.ttl")
    monkeypatch.setattr(os, "scandir", refuse)
    source = Source("depot", "chu-lille", "file", str(location), root=tmp_path / root)
    found = [one for one in HARVESTERS["file"](source, door()) if isinstance(one, Unreadable)]
    shown = f"dépôts/{place}" if root == "red" else place
    assert found[0].problem.code == code
    assert found[0].location in {shown, place}
    for text in (text for one in found for text in one.problem.message.values()):
        assert shown in text
        assert str(tmp_path) not in text
    assert ("fermé/été" in found[0].problem.message["fr"]) == (place == "fermé")
