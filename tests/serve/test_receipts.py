"""The answers to hand-ins that are kept."""

from pathlib import Path

import pytest

from red_catalog.serve.receipts import Receipts


@pytest.mark.parametrize("shared", [False, True])
def test_the_oldest_answer_makes_room(tmp_path: Path, shared: bool) -> None:
    """The latest hundred are kept, in memory as in a folder, where nothing else is read."""
    (tmp_path / "counts.html").write_text("Un autre fichier", "utf-8")
    receipts = Receipts(tmp_path / "kept" if shared else None)
    (tmp_path / "kept").mkdir()
    tokens = [receipts.keep(f"Dépôt {n}".encode()) for n in range(103)]
    kept = [receipts.find(token) for token in tokens]
    assert kept == [None] * 3 + [f"Dépôt {n}".encode() for n in range(3, 103)]
    assert receipts.find("../counts") is None
