"""Release folders: a new release never writes into the files of the live one."""

import errno
import os
from pathlib import Path

import pytest

from red_catalog.publish import folder
from red_catalog.publish.folder import Draft

PAGE = "site/dataset/urgences.html"


def release(public: Path, name: str, content: bytes) -> None:
    """Makes a release of one page the live one."""
    draft = Draft(public, folder.live(public))
    draft.write(PAGE, content)
    draft.write(folder.MANIFEST, b'{"id": "%s"}' % name.encode())
    folder.point(public, draft.finish(name))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A live release, and a spare folder that has its page: one file with two names."""
    for name in ("r1", "r2", "r3"):
        release(tmp_path, name, b"Passages aux urgences")
    assert folder.clear(tmp_path, 1) == ["r1"]
    assert (tmp_path / folder.SPARE / PAGE).samefile(tmp_path / "current" / PAGE)
    return tmp_path


def test_a_draft_over_a_spare_folder_leaves_the_live_page_alone(public: Path) -> None:
    """What is written takes the place of the file that both have, and goes into none."""
    draft = Draft(public, folder.live(public), folder.spare(public))
    draft.write(PAGE, b"Passages aux urgences, par jour")
    assert (public / "current" / PAGE).read_bytes() == b"Passages aux urgences"
    assert (draft.folder / PAGE).read_bytes() == b"Passages aux urgences, par jour"


def test_what_is_taken_over_takes_the_place_of_what_was_there(public: Path) -> None:
    """The page of a release that is kept besides stays as it is."""
    release(public, "r4", b"Admissions")
    draft = Draft(public, folder.live(public), folder.spare(public))
    assert draft.keep([PAGE])
    assert (draft.folder / PAGE).read_bytes() == b"Admissions"
    assert (public / "releases" / "r3" / PAGE).read_bytes() == b"Passages aux urgences"


def test_files_are_taken_over_all_or_none(public: Path) -> None:
    """Where one of a dataset's files is missing, none of them is linked to the live release."""
    draft = Draft(public, folder.live(public))
    assert not draft.keep([PAGE, "site/dataset/urgences.ttl"])
    assert not (draft.folder / PAGE).exists()


def test_files_are_taken_over_where_links_cannot_be_made(
    public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system without hard links they are copied, and not made again."""

    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    draft = Draft(public, folder.live(public))
    assert draft.keep([PAGE])
    assert (draft.folder / PAGE).read_bytes() == b"Passages aux urgences"
    assert not (draft.folder / PAGE).samefile(public / "current" / PAGE)


def test_a_clock_that_was_ahead_takes_no_release_from_its_readers(tmp_path: Path) -> None:
    """The releases of that time go first, though they are dated after those that followed."""
    kept = []
    for name, year in (("r1", 50), ("r2", 90), ("r3", 91), ("r4", 60), ("r5", 61), ("r6", 62)):
        release(tmp_path, name, b"Passages aux urgences")
        os.utime(tmp_path / "releases" / name / folder.SWITCHED, (year, year))
        folder.clear(tmp_path, 2)
        kept.append({path.name for path in (tmp_path / "releases").iterdir()})
    assert kept[2:] == [{"r2", "r3"}, {"r3", "r4"}, {"r4", "r5"}, {"r5", "r6"}]


def test_a_release_in_doubt_is_not_written_over(public: Path) -> None:
    """Where something of it may be wrong, no folder of it is left for the next release."""
    folder.doubt(public)
    assert folder.spare(public) is None
    for name, gone in (("r4", "r2"), ("r5", "r3")):
        release(public, name, b"Admissions")
        assert folder.clear(public, 1) == [gone]
        assert folder.spare(public) is None
    release(public, "r6", b"Sorties")
    assert folder.clear(public, 1) == ["r4"]
    assert folder.spare(public) is not None


def test_releases_may_lie_on_another_disk(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A spare folder beside them is of no use there: it goes, and none is left."""
    real = Path.rename

    def move(path: Path, target: Path) -> Path:
        if (path.parent.name == "releases") != (target.parent.name == "releases"):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", move)
    draft = Draft(public, folder.live(public), folder.spare(public))
    assert draft.spare is None
    draft.drop()
    release(public, "r4", b"Admissions")
    assert folder.clear(public, 1) == ["r2"]
    assert not (public / folder.SPARE).exists()
    assert {path.name for path in (public / "releases").iterdir()} == {"r3", "r4"}


def test_what_is_done_last_is_done_right_before_the_switch(public: Path) -> None:
    """The release before is live until then, and the one to come is on disk."""
    before, seen = folder.live(public), list[object]()
    draft = Draft(public, before)
    draft.write(folder.MANIFEST, b'{"id": "r4"}')
    folder.point(public, draft.finish("r4"), lambda: seen.append(folder.live(public)))
    assert seen == [before]
    assert folder.live(public) != before


def test_what_fails_at_the_last_moment_was_never_live(public: Path) -> None:
    """It is abandoned like any other, and takes no place of a release to keep."""
    draft = Draft(public, folder.live(public))
    draft.write(folder.MANIFEST, b'{"id": "r4"}')

    def fail() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        folder.point(public, draft.finish("r4"), fail)
    assert not (public / "releases/r4" / folder.SWITCHED).exists()
