"""The data quality and utility label: claims with their documentation, and who has none."""

from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.config import Config
from red_catalog.model import Entry
from red_catalog.publish.dataset import forms
from red_catalog.publish.lists.cards import card
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.pages import labels
from red_catalog.publish.pages.contents import Contents
from red_catalog.publish.web.site import page, site
from tests.publish import records

DQV = "http://www.w3.org/ns/dqv#"
CLAIM = f"""{{me}} <{DQV}hasQualityAnnotation> _:q .
_:q <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DQV}QualityCertificate> .
_:q <http://purl.org/dc/terms/title> "Auto-évaluation 2026"@fr .
_:q <http://purl.org/dc/terms/issued> "2026-05-12"^^<http://www.w3.org/2001/XMLSchema#date> .
_:q <http://www.w3.org/ns/oa#hasBody> <https://chu-rivemont.example/qualite.pdf> .
"""


def config(root: Path, funding: str | None) -> Config:
    """The catalogue, whose first holder is funded so."""
    found = records.config(root)
    holders = (replace(found.holders[0], funding=funding), *found.holders[1:])
    return replace(found, holders=holders)


def entries(claim: str) -> list[Entry]:
    """The entries, of which the first of the first holder claims what is given."""
    kept = [e for e in records.entries() if e.holder == "chu-rivemont" and not e.withdrawn_at]
    plain = [
        replace(e, canonical=b"".join(
            line for line in e.canonical.splitlines(keepends=True)
            if b"hasQualityAnnotation" not in line
        ))
        for e in kept
    ]  # fmt: skip
    first = plain[0]
    added = claim.replace("{me}", f"<{first.iri}>").encode()
    return [replace(first, canonical=first.canonical + added), *plain[1:]]


def section(root: Path, claim: str, funding: str | None = None) -> str:
    """What the page of the dataset tells of the label, in French."""
    written = forms.render_pages(site(config(root, funding)), entries(claim)[0])
    shown = next(c.decode() for name, c in written if name.endswith(".html"))
    return shown.split('id="label"')[1].split("</section>")[0]


def test_a_claim_shows_its_name_documentation_and_date(tmp_path: Path) -> None:
    """All three, and that the specification is not adopted."""
    told = section(tmp_path, CLAIM)
    for text in ("Auto-évaluation 2026", "https://chu-rivemont.example/qualite.pdf",
                 "12 mai 2026", "n’est pas encore adoptée"):  # fmt: skip
        assert text in told


def test_a_claim_without_documentation_or_date_says_so(tmp_path: Path) -> None:
    """Both are then missing."""
    bare = "".join(line + "\n" for line in CLAIM.splitlines()[:2])
    assert section(tmp_path, bare).count("Non renseigné") == 2


def test_a_comment_on_quality_is_no_label(tmp_path: Path) -> None:
    """What says to be something else than a certificate is told, and claims nothing."""
    comment = CLAIM.replace("QualityCertificate", "UserQualityFeedback")
    told = section(tmp_path, comment)
    assert "Aucun label n’est revendiqué" in told
    assert (
        "https://chu-rivemont.example/qualite.pdf" in told.split("Autres énoncés sur la qualité")[1]
    )
    untyped = CLAIM.replace("#type> <", "#seeAlso> <")
    for claim, code in ((comment, "unclaimed"), (CLAIM, "claimed"), (untyped, "claimed")):
        assert card(entries(claim)[0]).codes["label"] == (code,)


@pytest.mark.parametrize(
    ("funding", "told"), [("public", True), ("mixed", True), ("private", False)]
)
def test_public_funding_makes_the_label_mandatory(
    tmp_path: Path, funding: str | None, told: bool
) -> None:
    """Only a publicly funded holder is told so."""
    assert ("sera obligatoire pour ses données" in section(tmp_path, "", funding)) is told


@pytest.mark.parametrize(("funding", "listed"), [("public", True), ("private", False)])
def test_publicly_funded_holders_without_label_are_listed(
    tmp_path: Path, funding: str, listed: bool
) -> None:
    """With how many of their datasets lack one; the claim stands above."""
    about = site(config(tmp_path, funding))
    contents = Contents(about, Deck([card(e) for e in entries(CLAIM)]), {}, (), records.MOMENT)
    written = page(about, "en", "label.html", "label.html", **labels.overview(contents, "en"))
    claims, without = written.decode().split('id="without"')
    assert entries(CLAIM)[0].slug in claims
    assert ("holder/chu-rivemont.html" in without) is listed
