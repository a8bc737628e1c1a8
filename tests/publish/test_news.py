"""Feeds of lists whose last dataset left."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from red_catalog.publish import release
from tests.publish import records


def test_who_follows_a_list_reads_that_its_last_dataset_left(tmp_path: Path) -> None:
    """The feed stays where the page of the list goes, and leads to the catalogue instead."""
    iri = f"{records.CHU}sejours"
    entry = records.entry(iri, "sejours-1a2b", records.full(iri, "Séjours"), holder="parti")
    gone = replace(entry, withdrawn_at=datetime(2026, 11, 15, 5, 0, tzinfo=UTC))
    prepared = release.prepare(records.config(tmp_path), [gone], [], records.MOMENT)
    assert prepared is not None
    site = prepared.folder / "site"
    for stem in ("holder/parti", "theme/cancer_disease"):
        assert not (site / f"{stem}.html").exists()
        told = (site / f"{stem}.atom").read_text("utf-8")
        assert "sejours-1a2b#withdrawn" in told
        assert '<link href="https://red.example.fr/"/>' in told
