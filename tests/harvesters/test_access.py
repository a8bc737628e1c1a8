"""Access levels: taken where a source states one, never where a condition takes it back."""

from time import process_time

import pytest

from red_catalog.harvesters.access import conclude, find_licences
from red_catalog.harvesters.description import Description
from red_catalog.harvesters.iso19139 import map_iso19139
from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.webpage_mapping import map_dataset
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Document, Source
from tests.harvesters.protocols import codes, recorded, values

SOURCE = Source("chu", "chu", "oaipmh", "https://chu.exemple.fr/oai")
PAGE = "https://www.chu-rennes.example/donnees/avc"
LEVEL = "http://publications.europa.eu/resource/authority/access-right/"
LISTS = "http://inspire.ec.europa.eu/metadata-codelist/"
INSPIRE = f"{LISTS}LimitationsOnPublicAccess/"
NO_CONDITIONS = f"{LISTS}ConditionsApplyingToAccessAndUse/noConditionsApply"
RESERVED = "Données de santé : accès réservé aux équipes habilitées, après avis du CESREES"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["Open Access"], "PUBLIC"),
        (["Public access"], "PUBLIC"),
        (["Open Access", "accès libre"], "PUBLIC"),
        (["Open Access", RESERVED], None),
        (["Libre", "Accès au CASD après accord du comité du secret statistique"], None),
        (["Open Access", "accès restreint"], None),
        (["accès restreint", "Sur présentation d'un projet de recherche"], "RESTRICTED"),
        ([f"{INSPIRE}INSPIRE_Directive_Article13_1f"], "RESTRICTED"),
        ([f"{INSPIRE}INSPIRE_Directive_Article13_1f", "Données ouvertes"], None),
        ([f"{INSPIRE}noLimitations"], "PUBLIC"),
        ([], None),
    ],
)
def test_open_access_is_believed_where_nothing_else_is_said(
    said: list[str], expected: str | None
) -> None:
    """A sentence beside it may be the condition that takes it back."""
    assert conclude(said) == expected


@pytest.mark.parametrize(
    "licence",
    [
        "Licence Ouverte / Open Licence version 2.0",
        "etalab-2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        "Creative Commons Attribution - Pas d’utilisation commerciale",
        "Attribution 4.0 International",
        "Attribution-NonCommercial-ShareAlike 4.0 International",
        "Attribution - Pas d’Utilisation Commerciale 3.0 France",
        "Open Data Commons Open Database License (ODbL) v1.0",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "https://github.com/etalab/licence-ouverte/blob/master/LO.md",
        "<p>Licence Ouverte</p>",
        '<a href="https://www.etalab.gouv.fr/licence-ouverte">Licence <b>Ouverte</b></a><br/>',
        "license",
    ],
)
def test_a_licence_takes_nothing_back(licence: str) -> None:
    """It says what may be done with the data, not who may have them."""
    assert conclude(["Open Access", licence]) == "PUBLIC"
    assert conclude([licence]) is None


@pytest.mark.parametrize(
    "nothing",
    [
        NO_CONDITIONS,
        "Aucune condition ne s’applique à l’accès et à l’utilisation",
        "No conditions apply to access and use",
        "unrestricted",
        "Aucune",
        "Aucune restriction.",
        "No restrictions",
        "none",
        "-",
        "<p>–</p>",
    ],
)
def test_what_says_that_nothing_limits_access_takes_nothing_back(nothing: str) -> None:
    """Nor does it state a level by itself, or open what is restricted."""
    assert conclude([f"{INSPIRE}noLimitations", nothing]) == "PUBLIC"
    assert conclude([nothing]) is None
    assert conclude(["accès restreint", nothing]) == "RESTRICTED"


@pytest.mark.parametrize(
    "condition",
    [
        "Sous licence CC-BY après accord du comité",
        "CC-BY, accès réservé",
        "Licence fermée",
        "<p>Licence Ouverte</p><p>Accès réservé</p>",
        "Licence Ouverte <confidentiel>",
        "https://github.com/etalab/licence-ouverte-reservee",
        "Aucune diffusion sans accord du comité",
        "Aucune restriction pour les équipes habilitées",
        "No conditions apply to access and use by accredited teams",
        f"{LISTS}ConditionsApplyingToAccessAndUse/conditionsUnknown",
    ],
)
def test_a_condition_beside_a_licence_is_a_condition(condition: str) -> None:
    """The name of a licence, or “none” at the start, excuses no other words."""
    assert conclude(["Open Access", condition]) is None


def oai_dc() -> bytes:
    """Open access, and the condition that takes it back."""
    level = "<dc:rights>info:eu-repo/semantics/restrictedAccess</dc:rights>"
    both = f"<dc:rights>Open Access</dc:rights><dc:rights>{RESERVED}</dc:rights>"
    return recorded("oaipmh/oai_dc.xml").replace(level.encode(), both.encode())


def codebook() -> bytes:
    """Open access, and what the codebook says of projects and a committee."""
    return recorded("ddi/codebook.xml").replace("Accès restreint".encode(), b"Libre")


def permit() -> bytes:
    """Open access, after a permission that is needed."""
    needed = "<specPerm>Accord du comité de l'enquête</specPerm>"
    access = f"<setAvail><avlStatus>Libre</avlStatus></setAvail><useStmt>{needed}</useStmt>"
    title = "<citation><titlStmt><titl>Enquête</titl></titlStmt></citation>"
    study = f"<stdyDscr>{title}<dataAccs>{access}</dataAccs></stdyDscr>"
    return f"<codeBook>{study}</codeBook>".encode()


def classified() -> bytes:
    """Without limitations, and classified as confidential."""
    code = '<gmd:MD_ClassificationCode codeListValue="confidential"/>'
    secret = (
        f"<gmd:MD_SecurityConstraints><gmd:classification>{code}</gmd:classification>"
        "</gmd:MD_SecurityConstraints></gmd:resourceConstraints>"
    )
    text = recorded("csw/qualite-air.xml").decode()
    block = "<gmd:resourceConstraints>"
    return text.replace(block, f"{block}{secret}{block}", 1).encode()


def iso() -> bytes:
    """Open data, and an article of INSPIRE that limits access."""
    none = f'{INSPIRE}noLimitations">Pas de restriction'
    limited = f'{INSPIRE}INSPIRE_Directive_Article13_1f">Pas de restriction'
    anchor = "<gmd:otherConstraints><gmx:Anchor"
    also = "<gmd:otherConstraints><gco:CharacterString>Données ouvertes</gco:CharacterString>"
    text = recorded("csw/qualite-air.xml").decode()
    assert none in text
    text = text.replace(none, limited)
    return text.replace(anchor, f"{also}</gmd:otherConstraints>{anchor}").encode()


@pytest.mark.parametrize("content", [oai_dc(), codebook(), permit(), iso(), classified()])
def test_a_restricted_record_is_never_published_as_public(content: bytes) -> None:
    """No level is stated, what is unsure is told, and the words stay with the dataset."""
    root = parse_xml(content)
    assert not isinstance(root, Defect)
    document = describe(root, SOURCE, "x", "x")
    assert isinstance(document, Document)
    assert values(document, "dct:accessRights") == []
    assert "map-access" in codes(document.defects)
    assert values(document, "dct:rights")


def test_open_access_is_stated_as_inspire_wants_it() -> None:
    """“No limitations”, and beside it that no conditions apply."""
    anchor = "<gmd:otherConstraints><gmx:Anchor"
    none = f'{anchor} xlink:href="{NO_CONDITIONS}">Aucune condition</gmx:Anchor>'
    text = recorded("csw/qualite-air.xml").decode()
    assert anchor in text
    root = parse_xml(text.replace(anchor, f"{none}</gmd:otherConstraints>{anchor}").encode())
    assert not isinstance(root, Defect)
    found = map_iso19139(root, SOURCE, "x")
    assert isinstance(found, Description)
    assert values(found.document("x"), "dct:accessRights") == [f"{LEVEL}PUBLIC"]


def test_a_permission_that_is_not_required_takes_nothing_back() -> None:
    """DDI says so in an attribute."""
    root = parse_xml(permit().replace(b"<specPerm>", b'<specPerm required="no">'))
    assert not isinstance(root, Defect)
    document = describe(root, SOURCE, "x", "x")
    assert isinstance(document, Document)
    assert values(document, "dct:accessRights") == [f"{LEVEL}PUBLIC"]


@pytest.mark.parametrize(
    ("conditions", "expected", "noted"),
    [
        ("PUBLIC", [f"{LEVEL}PUBLIC"], []),
        (["PUBLIC", "CC BY 4.0"], [f"{LEVEL}PUBLIC"], []),
        (["PUBLIC", RESERVED], [], ["access-doubtful"]),
        (["PUBLIC", {"@value": "Licence Ouverte", "@language": "fr"}], [f"{LEVEL}PUBLIC"], []),
        (["PUBLIC", {"@value": RESERVED, "@language": "fr"}], [], ["access-doubtful"]),
        (["accès restreint", RESERVED], [f"{LEVEL}RESTRICTED"], []),
        (f"{LEVEL}SENSITIVE", [f"{LEVEL}SENSITIVE"], []),
    ],
)
def test_a_web_page_is_read_as_carefully(
    conditions: object, expected: list[str], noted: list[str]
) -> None:
    """Words beside open access are kept as a statement of rights, and told."""
    dataset = {"@type": "Dataset", "name": "Cohorte", "conditionsOfAccess": conditions}
    document = map_dataset(dataset, {}, PAGE, PAGE, "fr")
    assert values(document, "dct:accessRights") == expected
    assert codes(document.defects) == noted


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"@id": "https://creativecommons.org/licenses/by/4.0/"}, [f"{LEVEL}PUBLIC"]),
        (
            {"@type": "CreativeWork", "url": "https://spdx.org/licenses/etalab-2.0"},
            [f"{LEVEL}PUBLIC"],
        ),
        ({"@type": "CreativeWork", "name": "Licence Ouverte"}, [f"{LEVEL}PUBLIC"]),
        ({"@id": "https://creativecommons.org/licenses/by/4.0/", "name": RESERVED}, []),
        ({"name": "Licence Ouverte", "description": {"@value": RESERVED}}, []),
        ({"@type": "CreativeWork"}, []),
    ],
)
def test_a_licence_of_a_web_page_may_be_a_node(node: object, expected: list[str]) -> None:
    """What else the node holds may be a condition, and an empty one says nothing to rely on."""
    dataset = {"@type": "Dataset", "name": "Cohorte", "conditionsOfAccess": ["PUBLIC", node]}
    document = map_dataset(dataset, {}, PAGE, PAGE, "fr")
    assert values(document, "dct:accessRights") == expected
    assert ("access-doubtful" in codes(document.defects)) == (not expected)


def test_one_long_word_takes_no_time_to_search_for_licences() -> None:
    """An address that begins again and again, as in a list without blanks, is looked at once."""
    word = "https://data.gouv.fr/" * 40_000
    began = process_time()
    assert find_licences(word) == []
    assert conclude(["Open Access", word]) is None
    assert process_time() - began < 20
    ours = "https://www.data.gouv.fr/pages/legal/licences/etalab-2.0"
    assert find_licences(f"Voir {ours}.") == [ours]
