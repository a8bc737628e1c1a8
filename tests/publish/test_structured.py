"""The schema.org block of a dataset's page, read and held against the vocabulary."""

import html
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from red_catalog.model import Level
from red_catalog.publish.dataset import structured
from red_catalog.publish.dataset.view import view
from red_catalog.publish.web.site import site
from tests import shared
from tests.publish import records

extruct = shared.need("extruct")
schema_org = shared.need("schema_org")


def blocks(page: Path) -> list[dict[str, Any]]:
    """The JSON-LD blocks of a page."""
    found = extruct.extract(page.read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
    return list(found)


def model(value: Any) -> Any:
    """The value as the vocabulary's models. Raises pydantic's error for what it does not know."""
    if isinstance(value, list):
        return [model(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if not isinstance(value, dict):
        return value
    said = {name: model(one) for name, one in value.items() if not name.startswith("@")}
    return getattr(schema_org, value["@type"]).model_validate(said)


@pytest.mark.parametrize("folder", ["dataset", "en/dataset"])
def test_every_block_keeps_to_the_vocabulary(published: Path, folder: str) -> None:
    """Each dataset's block has known types and properties with values in their range."""
    seen = 0
    for page in sorted((published / folder).glob("*.html")):
        for block in blocks(page):
            assert block["@context"] in {"https://schema.org/", "https://schema.org"}
            assert isinstance(model(block), schema_org.Dataset)
            seen += 1
    assert seen > 1


def test_dates_are_those_of_the_dataset(published: Path) -> None:
    """Day of issue and of change as the holder states them, that of its description as ours."""
    (block,) = blocks(published / "dataset" / "sejours-1a2b.html")
    assert (block["datePublished"], block["dateModified"]) == ("2019-03-15", "2026-09-01")
    assert block["sdDatePublished"] == "2026-11-12"
    assert "version" not in block


def test_version_and_dates_are_given_where_they_are_stated(tmp_path: Path) -> None:
    """A dataset's own version, a day of a moment, a year alone; what is no date is not given."""
    iri = "https://donnees.chu-rivemont.example/jeu/pmsi"
    stated = (
        ("dcat:version", '"2026.1"'),
        ("dct:issued", records.typed("2019", "gYear")),
        ("dct:modified", '"hier"'),
        ("dct:modified", records.typed("2026-05-12T08:00:00Z", "dateTime")),
    )
    about = site(records.config(tmp_path))
    said = []
    for more in (stated, ()):
        entry = records.entry(iri, "pmsi-0a0a", records.poor(iri, "PMSI", *more), day=7)
        told = json.loads(structured.block(about, view(entry), "fr"))
        said.append([told.get(one) for one in ("version", "datePublished", "dateModified")])
    assert said == [["2026.1", "2019", "2026-05-12"], [None, None, None]]


@pytest.mark.parametrize(
    ("level", "fees", "free"),
    [
        (Level.PUBLIC, {}, True),
        (Level.PUBLIC, {"feeEstimate": records.typed(0, "integer")}, True),
        (Level.PUBLIC, {"feeEstimate": records.typed(500, "integer")}, None),
        (Level.PUBLIC, {"feeNote": records.words("500 euros par extraction")}, None),
        (Level.NON_PUBLIC, {"feeEstimate": records.typed(0, "integer")}, None),
    ],
)
def test_data_are_free_where_no_fee_is_declared(
    level: Level, fees: dict[str, str], free: bool | None, tmp_path: Path
) -> None:
    """Public data for which a holder asks money are not said to be free."""
    iri = f"{records.CHU}pmsi"
    more = [(f"red:{name}", value) for name, value in fees.items()]
    plain = records.entry(iri, "pmsi-0a0a", records.poor(iri, "PMSI", *more))
    entry = replace(plain, report=records.clear(level))
    block = json.loads(structured.block(site(records.config(tmp_path)), view(entry), "fr"))
    assert block.get("isAccessibleForFree") is free


def test_only_what_can_be_downloaded_is_content(published: Path) -> None:
    """A distribution that is reached by a page has its address, and no address of a file."""
    (block,) = blocks(published / "dataset" / "sejours-1a2b.html")
    (one,) = block["distribution"]
    assert one["url"].endswith("/acces")
    assert "contentUrl" not in one


@pytest.mark.parametrize("folder", ["", "en"])
def test_the_home_page_says_what_the_catalogue_is(published: Path, folder: str) -> None:
    """The home page's block is a data catalogue of the vocabulary, by its name and publisher."""
    (block,) = blocks(published / folder / "index.html")
    assert isinstance(model(block), schema_org.DataCatalog)
    assert {"name", "description", "publisher", "url"} <= set(block)


def test_what_the_vocabulary_does_not_know_is_refused() -> None:
    """The models refuse an unknown property and a value out of range: the check can fail."""
    with pytest.raises(ValueError, match="holder"):
        model({"@type": "Dataset", "name": "Séjours", "holder": "CHU"})
    with pytest.raises(ValueError, match="variableMeasured"):
        model({"@type": "Dataset", "variableMeasured": [{"@type": "Place", "name": "Isère"}]})


def test_the_block_says_what_the_page_says(published: Path) -> None:
    """Name, description, holder, period, territory and variables stand on the page as well."""
    page = published / "en" / "dataset" / "sejours-1a2b.html"
    (block,) = blocks(page)
    text = html.unescape(
        re.sub(r"<script.*?</script>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.S)
    )
    shown = " ".join(text.split())
    assert block["temporalCoverage"].count("/") == 1
    said = [
        block["name"], block["creator"]["name"], block["includedInDataCatalog"]["name"],
        *block["keywords"], *(one["name"] for one in block["spatialCoverage"]),
        *(one["name"] for one in block["variableMeasured"]), " ".join(block["description"].split()),
        *(year[:4] for year in block["temporalCoverage"].split("/") if year != ".."),
    ]  # fmt: skip
    assert [one for one in said if one not in shown] == []


def test_who_publishes_and_in_which_language_is_said_of_the_data(tmp_path: Path) -> None:
    """The publisher is that of the dataset, else its holder; the language is that of the data."""
    about = site(records.config(tmp_path))
    iri = f"{records.CHU}bilingue"
    spoken = [("dct:language", records.eu(f"language/{code}")) for code in ("FRA", "ENG", "GSW")]
    entries = [
        records.entry(iri, "bilingue-0b0b", content, day=7)
        for content in (records.full(iri, "Bilingue"), records.poor(iri, "Bilingue", *spoken))
    ]
    told = [json.loads(structured.block(about, view(one), "en")) for one in entries]
    assert [one["inLanguage"] for one in told] == [["fr"], ["en", "fr", "gsw"]]
    assert told[0]["publisher"] == [{"@type": "Organization", "name": "CHU de Rivemont"}]
    assert told[1]["publisher"]["name"] == "Rivemont University Hospital"
    assert {one["sdPublisher"]["name"] for one in told} == {about.catalogue.publisher["en"]}
    bare = records.entry(iri, "bilingue-0b0b", records.poor(iri, "Bilingue"), day=7)
    assert "inLanguage" not in json.loads(structured.block(about, view(bare), "en"))
