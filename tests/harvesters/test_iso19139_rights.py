"""ISO 19139: licences, linked words, resolution, names in other languages, what has no place."""

import pytest

from red_catalog.model import Document
from tests.harvesters.protocols import codes, values
from tests.harvesters.test_iso19139 import RECORD, dataset

ETALAB = "https://spdx.org/licenses/etalab-2.0"
DEED = "http://creativecommons.org/licenses/"
BY = f"{DEED}by/4.0/"
CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
FRENCH = "Licence Ouverte / Open Licence Version 2.0"
PDF = "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"
CONSTRAINTS = "<gmd:resourceConstraints>"


def with_use(code: str, *others: str) -> Document:
    """The record whose use is constrained so."""
    said = "".join(f"<gmd:otherConstraints>{one}</gmd:otherConstraints>" for one in others)
    use = (
        f'<gmd:useConstraints><gmd:MD_RestrictionCode codeListValue="{code}"/></gmd:useConstraints>'
    )
    made = f"{CONSTRAINTS}<gmd:MD_LegalConstraints>{use}{said}</gmd:MD_LegalConstraints>"
    return dataset(RECORD.replace(CONSTRAINTS, f"{made}</gmd:resourceConstraints>{CONSTRAINTS}", 1))


def anchor(address: str, words: str = "") -> str:
    """Words that are linked."""
    return f'<gmx:Anchor xlink:href="{address}">{words}</gmx:Anchor>'


def inside(path: str, text: str) -> Document:
    """The record with this before an element."""
    assert path in RECORD
    return dataset(RECORD.replace(path, text + path, 1))


@pytest.mark.parametrize(
    ("code", "said", "licences"),
    [
        ("otherRestrictions", [anchor(ETALAB, "Licence Ouverte")], [ETALAB]),
        ("license", [anchor(BY)], [CC_BY]),
        ("license", [f"<gco:CharacterString>{BY}</gco:CharacterString>"], [CC_BY]),
        ("license", [f"<gco:CharacterString>{FRENCH} {PDF}</gco:CharacterString>"], [ETALAB]),
        ("license", [f"<gco:CharacterString>{FRENCH}</gco:CharacterString>"], [ETALAB]),
        ("license", [f"<gco:CharacterString>Hors {FRENCH}</gco:CharacterString>"], []),
        ("license", [f"<gco:CharacterString>Hors {BY}</gco:CharacterString>"], []),
        ("license", [anchor("https://ors.exemple.fr/conditions", "Conditions")], []),
        ("license", [anchor(f"{DEED}by/3.0/fr/")], [f"{DEED}by/3.0/fr/"]),
        ("copyright", [anchor(BY, "CC BY")], []),
    ],
)
def test_a_licence_by_its_address_or_name_is_that_of_the_distributions(
    code: str, said: list[str], licences: list[str]
) -> None:
    """Where the record says that it constrains use, by its European code where it has one."""
    document = with_use(code, *said)
    assert values(document, "dct:license") == licences
    assert "map-access" not in codes(document.defects)


def test_a_licence_by_its_name_and_by_its_address_is_one() -> None:
    """As geographic catalogues write it, once in words and once as a link."""
    name = f"<gco:CharacterString>{FRENCH}</gco:CharacterString>"
    document = with_use("license", name, anchor(PDF, "Texte de la licence"))
    assert values(document, "dct:license") == [ETALAB]
    assert "map-one" not in codes(document.defects)


def test_a_second_licence_is_told() -> None:
    """A distribution has one."""
    document = with_use("license", anchor(ETALAB, "Licence Ouverte"), anchor(BY))
    assert values(document, "dct:license") == [ETALAB]
    assert "map-one" in codes(document.defects)


def test_linked_words_keep_their_address() -> None:
    """Beside the words; alone where there are none and it names no licence."""
    terms, charter = "https://ors.exemple.fr/conditions", "https://ors.exemple.fr/charte"
    document = with_use("otherRestrictions", anchor(terms, "Conditions"), anchor(charter))
    assert terms in values(document, "rdfs:seeAlso")
    assert {"Conditions@fr", charter} <= set(values(document, "rdfs:label"))


def test_edition_and_resolution_are_mapped() -> None:
    """A resolution in other units of length than metres is told, and so is a second one."""
    distance = '<gmd:spatialResolution><gmd:MD_Resolution><gmd:distance><gco:Distance uom="{}">{}'
    distance += "</gco:Distance></gmd:distance></gmd:MD_Resolution></gmd:spatialResolution>"
    document = inside("<gmd:topicCategory>", distance.format("m", "100"))
    assert values(document, "dcat:spatialResolutionInMeters") == ["100"]
    both = distance.format("km", "1") + distance.format("m", "250")
    found = inside("<gmd:topicCategory>", both)
    assert values(found, "dcat:spatialResolutionInMeters") == ["1000"]
    assert "map-one" in codes(found.defects)
    edition = "<gmd:edition><gco:CharacterString>v2.1</gco:CharacterString></gmd:edition>"
    assert values(inside("<gmd:identifier>", edition), "dcat:version") == ["v2.1"]
    found = inside("<gmd:topicCategory>", distance.format("deg", "0.01"))
    assert "spatialResolution: “0.01 deg” is not taken over." in [
        one.message["en"] for one in found.defects
    ]


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (
            "<gmd:pointOfContact>",
            '<gmd:status><gmd:MD_ProgressCode codeListValue="obsolete"/></gmd:status>',
            "“obsolete”",
        ),
        (
            "<gmd:geographicElement>",
            "<gmd:description><gco:CharacterString>Bretagne</gco:CharacterString></gmd:description>",
            "“Bretagne”",
        ),
        (
            "<gmd:identificationInfo>",
            "<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier>"
            "<gmd:RS_Identifier><gmd:code><gco:CharacterString>EPSG:2154</gco:CharacterString>"
            "</gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier>"
            "</gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>",
            "“EPSG:2154”",
        ),
    ],
)
def test_what_has_no_place_is_told(before: str, text: str, told: str) -> None:
    """Status, extent in words, reference system."""
    messages = [one.message["en"] for one in inside(before, text).defects]
    assert any("not taken over" in one and told in one for one in messages)


def test_a_place_keeps_its_address() -> None:
    """That of a region, with the name that it has here."""
    nuts = "http://data.europa.eu/nuts/code/FRH"
    code = f"<gmd:code>{anchor(nuts, 'Bretagne')}</gmd:code>"
    text = f"<gmd:geographicIdentifier><gmd:MD_Identifier>{code}</gmd:MD_Identifier>"
    text = f"<gmd:EX_GeographicDescription>{text}</gmd:geographicIdentifier>"
    text = f"{text}</gmd:EX_GeographicDescription>"
    document = inside(
        "<gmd:geographicElement>", f"<gmd:geographicElement>{text}</gmd:geographicElement>"
    )
    assert nuts in values(document, "dct:spatial")
    assert "Bretagne@fr" in values(document, "skos:prefLabel")


def test_a_contact_has_a_name_in_each_language() -> None:
    """As other organisations do."""
    name = "<gco:CharacterString>Observatoire régional de santé exemple</gco:CharacterString>"
    english = '<gmd:LocalisedCharacterString locale="#ANG">Example regional observatory'
    free = f"<gmd:PT_FreeText><gmd:textGroup>{english}</gmd:LocalisedCharacterString>"
    text = RECORD.replace(name, f"{name}{free}</gmd:textGroup></gmd:PT_FreeText>")
    expected = ["Example regional observatory@en", "Observatoire régional de santé exemple@fr"]
    assert values(dataset(text), "vcard:fn") == expected


def test_an_organisation_has_a_name_in_each_language() -> None:
    """And a telephone, unless a person answers it."""
    name = "<gco:CharacterString>Agence exemple de l'air</gco:CharacterString>"
    english = '<gmd:LocalisedCharacterString locale="#ANG">Example air agency'
    free = f"<gmd:PT_FreeText><gmd:textGroup>{english}</gmd:LocalisedCharacterString>"
    text = RECORD.replace(name, f"{name}{free}</gmd:textGroup></gmd:PT_FreeText>", 1)
    voice = "<gmd:phone><gmd:CI_Telephone><gmd:voice><gco:CharacterString>+33 2 99 00 00 00"
    voice += "</gco:CharacterString></gmd:voice></gmd:CI_Telephone></gmd:phone>"
    text = text.replace("<gmd:address>", f"{voice}<gmd:address>", 1)
    document = dataset(text)
    assert values(document, "foaf:name") == ["Agence exemple de l'air@fr", "Example air agency@en"]
    assert values(document, "vcard:tel") == []
    start, end = text.index("<gmd:individualName>"), text.index("</gmd:individualName>")
    document = dataset(text[:start] + text[end + len("</gmd:individualName>") :])
    assert values(document, "vcard:tel") == ["+33 2 99 00 00 00"]


@pytest.mark.parametrize("path", ["processStep/gmd:LI_ProcessStep", "source/gmd:LI_Source"])
def test_steps_and_sources_of_the_lineage_are_its_provenance(path: str) -> None:
    """Beside the statement."""
    outer, inner = path.split("/")
    text = "<gco:CharacterString>Jointure avec le SNDS</gco:CharacterString>"
    step = (
        f"<gmd:{outer}><{inner}><gmd:description>{text}</gmd:description></{inner}></gmd:{outer}>"
    )
    document = inside("</gmd:LI_Lineage>", step)
    assert len(values(document, "dct:provenance")) == 2
    assert "Jointure avec le SNDS@fr" in values(document, "rdfs:label")
