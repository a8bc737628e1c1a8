"""Web pages: languages, texts, names and classes as web sites write them."""

import json
from itertools import permutations

import pytest

from red_catalog.harvesters.mapping.problems import defect
from red_catalog.harvesters.webpage_blocks import find_datasets
from red_catalog.harvesters.webpage_mapping import map_dataset, name_dataset
from red_catalog.namespaces import RDF_TYPE, term
from tests.harvesters.protocols import codes, values

PAGE = "https://www.chu-rennes.example/fr/jeux/lits"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"


def html(block: object) -> bytes:
    """A page with a block of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'.encode()


@pytest.mark.parametrize("written", ["fr-FR", "fr_FR", "fr"])
def test_a_language_may_name_its_region(written: str) -> None:
    """As browsers write it; the European list has none."""
    given = {"@type": "Dataset", "name": "Lits", "inLanguage": written}
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert values(document, "dct:language") == [f"{LANGUAGE}FRA"]
    assert codes(document.defects) == []


def test_texts_that_were_escaped_for_html_are_read() -> None:
    """In titles and inside other things; the parameters of an address stay."""
    url = "https://www.chu-rennes.example/lits?annee=2025&copy=2"
    given = {
        "@type": "Dataset",
        "name": "L&#39;hôpital &amp; ses lits",
        "publisher": {"@type": "Organization", "name": "H&ocirc;pital", "@id": f"{PAGE}#h"},
        "url": url,
    }
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert values(document, "dct:title") == ["L'hôpital & ses lits@fr"]
    assert values(document, "foaf:name") == ["Hôpital@fr"]
    assert values(document, "dcat:landingPage") == [url]


@pytest.mark.parametrize(
    "identifier",
    [
        "https://doi.org/10.57745/REGISTRE",
        "doi:10.57745/REGISTRE",
        ["EDS-1", {"@type": "PropertyValue", "propertyID": "doi", "value": "10.57745/REGISTRE"}],
    ],
)
def test_a_dataset_is_not_named_by_a_doi(identifier: object) -> None:
    """It may be that of the collection; an @id, a url or the page name the dataset."""
    given = {"name": "Lits", "identifier": identifier}
    assert name_dataset(given, PAGE, alone=True) == PAGE
    assert name_dataset({**given, "url": "#lits"}, PAGE, alone=False) == f"{PAGE}#lits"
    assert name_dataset({**given, "@id": "#soins"}, PAGE, alone=True) == f"{PAGE}#soins"
    assert name_dataset(given, PAGE, alone=False) is None
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert any("10.57745/REGISTRE" in one for one in values(document, "dct:identifier"))


@pytest.mark.parametrize(
    "context",
    [
        {"sc": "https://schema.org/"},
        ["https://schema.org", {"sc": "http://schema.org/", "@language": "fr"}],
    ],
)
def test_a_page_may_choose_its_own_prefix(context: object) -> None:
    """One that its context declares for schema.org; another one stays what it is."""
    block = {
        "@context": context,
        "@graph": [
            {"@type": ["sc:Dataset"], "sc:name": "Lits", "sc:hasPart": {"@type": "sc:Dataset"}},
            {"@type": "ex:Dataset", "ex:name": "Rien"},
        ],
    }
    (found,) = find_datasets(html(block)).datasets
    assert found["name"] == "Lits"
    assert "hasPart" in found


def test_a_licence_of_no_european_list_brings_its_class_along() -> None:
    """Pages have no way to say it; one of the list is not described."""
    given = {"@type": "Dataset", "name": "Lits", "license": "https://www.etalab.gouv.fr/licence"}
    lines = map_dataset(given, {}, PAGE, PAGE, "fr").content.decode()
    assert f"<{given['license']}> {RDF_TYPE} {term('dct:LicenseDocument')} ." in lines
    listed = map_dataset({**given, "license": "CC_BY_4_0"}, {}, PAGE, PAGE, "fr")
    assert "LicenseDocument" not in listed.content.decode()


def test_descriptions_are_read_without_their_tags() -> None:
    """Paragraphs are lines; a word between angles that is no tag stays, and so do titles."""
    told = {
        "@type": "Dataset",
        "name": "Séjours <b>courts</b>",
        "description": "&lt;p&gt;Lits &amp;lt;ouverts&amp;gt;&lt;/p&gt;<p>H<sub>2</sub>O</p>",
        "abstract": [{"@value": "Un <em>résumé</em>.", "@language": "fr"}, "<confidentiel>"],
    }
    document = map_dataset(told, {}, PAGE, PAGE, "fr")
    assert values(document, "dct:description") == ["Lits <ouverts>\nH2O@fr"]
    assert values(document, "dct:abstract") == ["<confidentiel>@fr", "Un résumé.@fr"]
    assert values(document, "dct:title") == ["Séjours <b>courts</b>@fr"]


@pytest.mark.parametrize("graph", [False, True])
def test_the_language_of_a_block_comes_before_that_of_the_source(graph: bool) -> None:
    """The page knows better than the option which language it is in; null says nothing."""
    for said, tag in (("en", "en"), (None, "fr"), ("?", "fr"), ({}, "fr")):
        context = ["https://schema.org", {"@language": said}]
        given = {"@type": "Dataset", "name": "Stroke cohort", "@language": 3}
        block = {"@graph": [given]} if graph else given
        found = find_datasets(html({"@context": context, **block}))
        document = map_dataset(found.datasets[0], found.nodes, PAGE, PAGE, "fr")
        assert values(document, "dct:title") == [f"Stroke cohort@{tag}"]
        assert codes(document.defects) == []


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        (["Sur demande au comité", "RESTRICTED"], []),
        ("Sur demande au comité", ["free-is-not-access"]),
    ],
)
def test_what_is_free_is_told_where_no_level_is_stated(conditions: object, told: list[str]) -> None:
    """Not at every harvest to a holder who did what is advised."""
    given = {"name": "Séjours", "isAccessibleForFree": True, "conditionsOfAccess": conditions}
    assert codes(map_dataset(given, {}, PAGE, PAGE, "fr").defects) == told


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        ('<html class="no-js" lang="fr-FR">', "fr-FR"),
        ("<!DOCTYPE html><HTML xml:lang='fr'>", "fr"),
        ('<html data-lang="fr">', ""),
        ('<html lang="">', ""),
        ("<html><body lang='fr'>", ""),
    ],
)
def test_a_page_names_its_language(opening: str, language: str) -> None:
    """As web pages do, for those texts of which nothing else tells it."""
    assert find_datasets(f"{opening}</html>".encode()).language == language


def test_broken_json_is_told_in_one_language_with_its_place() -> None:
    """Line and column, since a block often is one line."""
    page = b'<script type="application/ld+json">{"@type": "Dataset", 5}</script>'
    broken = find_datasets(page).broken
    assert broken == ("ligne 1, colonne 22", "line 1, column 22")
    told = defect("jsonld-broken", None, reason=broken)
    assert "(ligne 1, colonne 22)" in told.message["fr"]
    assert "(line 1, column 22)" in told.message["en"]


def test_each_dataset_of_a_list_has_the_language_of_its_own_context() -> None:
    """A page in two languages holds both; one whose context names none is in no other's."""
    names = {"fr": "Cohorte des AVC", "en": "Stroke cohort", None: "Kohorte"}
    block = [
        {"@context": ["https://schema.org", {"@language": tag}], "@type": "Dataset", "name": name}
        for tag, name in names.items()
    ]
    found = find_datasets(html(block)).datasets
    assert [(one["name"], one["@language"]) for one in found] == [
        ("Cohorte des AVC", "fr"), ("Stroke cohort", "en"), ("Kohorte", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("postal", "name", "value"),
    [
        ({"addressCountry": "FR"}, "dct:spatial", f"{COUNTRY}FRA"),
        (
            {"addressCountry": {"@type": "Country", "name": "France"}},
            "dct:spatial",
            f"{COUNTRY}FRA",
        ),
        ({"addressLocality": "Nantes", "addressCountry": "FR"}, "skos:prefLabel", "Nantes, FR@fr"),
        ({"addressRegion": "Bretagne"}, "skos:prefLabel", "Bretagne@fr"),
    ],
)
def test_a_town_is_not_its_country(postal: object, name: str, value: str) -> None:
    """A place without a name is named by its postal address, whole."""
    given = {"@type": "Dataset", "name": "Lits", "spatialCoverage": {"address": postal}}
    assert values(map_dataset(given, {}, PAGE, PAGE, "fr"), name) == [value]


def test_what_is_not_read_of_a_party_is_told() -> None:
    """Its other addresses and parent bodies; a logo is none of the data."""
    party = {"@type": "Organization", "name": "CHU", "sameAs": "https://ror.org/05c1qsg97"}
    given = {"@type": "Dataset", "name": "Lits", "publisher": {**party, "logo": "/chu.png"}}
    (told,) = map_dataset(given, {}, PAGE, PAGE, "fr").defects
    assert told.message["fr"].endswith("pas repris : publisher.sameAs.")


def test_variables_are_structured_data() -> None:
    """Nobody is asked whether there are any."""
    given = {"@type": "Dataset", "name": "Lits", "variableMeasured": "Âge"}
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert values(document, "healthdcatap:hasStructuredData") == ["true"]


def test_another_order_of_addresses_is_no_other_dataset() -> None:
    """One on the server of the page names it, whether alone there or not."""
    urls = ["https://donnees.exemple.fr/lits", f"{PAGE}/b", f"{PAGE}/a"]
    for order in permutations(urls):
        for alone in (True, False):
            assert name_dataset({"name": "Lits", "url": [*order]}, PAGE, alone=alone) == f"{PAGE}/a"
    assert name_dataset({"name": "Lits", "url": urls[:1]}, PAGE, alone=True) == PAGE
    assert name_dataset({"name": "Lits", "url": urls[:1]}, PAGE, alone=False) == urls[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (182331, ["182331"]),
        ("182331", ["182331"]),
        ("345 KB", ["345000"]),
        ("1,2 Mo", ["1200000"]),
        ("2 MiB", ["2097152"]),
        ("12 octets", ["12"]),
        ("12 feuilles", []),
        ("345,678 bytes", []),
        ("1,234 KB", []),
        ("1.5 octets", []),
    ],
)
def test_a_size_may_have_its_unit(written: object, read: list[str]) -> None:
    """As schema.org has it."""
    file = {"contentUrl": f"{PAGE}.csv", "contentSize": written}
    document = map_dataset({"name": "Lits", "distribution": [file]}, {}, PAGE, PAGE, "fr")
    assert values(document, "dcat:byteSize") == read
    assert codes(document.defects) == ([] if read else ["value-unmapped"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("lits, urgences", ["lits@fr", "urgences@fr"]),
        (["lits, urgences"], ["lits@fr", "urgences@fr"]),
        (["Médecine, santé et vie", "lits"], ["Médecine, santé et vie@fr", "lits@fr"]),
    ],
)
def test_keywords_of_a_list_keep_their_commas(written: object, read: list[str]) -> None:
    """One text that stands alone holds several."""
    document = map_dataset({"name": "Lits", "keywords": written}, {}, PAGE, PAGE, "fr")
    assert values(document, "dcat:keyword") == read


def test_the_address_of_a_keyword_is_what_the_dataset_is_about() -> None:
    """A term of a thesaurus has one."""
    mesh = "http://id.nlm.nih.gov/mesh/D020521"
    given = {"name": "Lits", "keywords": [{"@type": "DefinedTerm", "name": "AVC", "@id": mesh}]}
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert values(document, "dcat:keyword") == ["AVC@fr"]
    assert values(document, "dct:subject") == [mesh]


def test_who_is_creator_and_author_is_named_once() -> None:
    """Dataverse gives the same people under both names."""
    irset, chu = ({"@type": "Organization", "name": name} for name in ("Irset", "CHU de Rennes"))
    given = {"name": "Lits", "creator": [irset], "author": [irset, chu]}
    document = map_dataset(given, {}, PAGE, PAGE, "fr")
    assert values(document, "foaf:name") == ["CHU de Rennes@fr", "Irset@fr"]
    assert len(values(document, "dct:creator")) == 2
