"""Private notes and persons' mailboxes appear in nothing that is published or answered."""

import gzip
from pathlib import Path

import pytest

from tests.story.conftest import CANARY, Story

MARK = CANARY.split("-", maxsplit=1)[0].lower().encode()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, unpacked where it is packed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            packed = content[:2] == b"\x1f\x8b"
            found[str(path.relative_to(folder))] = gzip.decompress(content) if packed else content
    return found


def test_the_canaries_are_in_the_register(story: Story) -> None:
    """They are kept: the test would find them where they leaked."""
    kept = story.standings["attested"].entry.canonical
    assert CANARY.encode() in kept
    assert CANARY in (story.world.root / "red.toml").read_text("utf-8")


def test_no_file_of_a_release_holds_one(story: Story) -> None:
    """Pages, dumps, feeds, calendars, tables, index, store: the whole folder of each release."""
    releases = contents(story.world.root / "public" / "releases")
    assert any(name.endswith("duties.json") for name in releases)
    assert any(name.endswith("checks.ics") for name in releases)
    assert [name for name, content in releases.items() if MARK in content.lower()] == []


@pytest.mark.parametrize(
    "chapter", ["page", "changed page", "feed", "duties", "sparql", "public", "search"]
)
def test_no_public_answer_holds_one(story: Story, chapter: str) -> None:
    """The interface, OAI-PMH, feeds and a query that looks for them."""
    answer = story.answers[chapter]
    if chapter == "sparql":
        assert answer["results"]["bindings"] == []
        return
    texts = answer if isinstance(answer, dict) else {chapter: answer}
    leaks = [path for path, text in texts.items() if MARK in str(text).lower().encode()]
    assert leaks == []
    assert texts
