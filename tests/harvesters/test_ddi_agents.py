"""DDI codebooks: who publishes, made and distributes a study; its version and dates."""

import pytest

from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Document, Source
from tests.harvesters.protocols import values

SOURCE = Source("chu-rennes", "chu-rennes", "ddi", "https://entrepot.exemple.fr/export.xml")
REPOSITORY = "Entrepôt national exemple"
ARCHIVE = f'<distrbtr source="archive">{REPOSITORY}</distrbtr>'
CONTACT = '<contact email="nephro@chu-rennes.example">Cellule des données</contact>'


def read(citation: str, document: str = "") -> Document:
    """The study of a cohort whose citation, or that of the document, says this."""
    root = parse_xml(
        f"<codeBook xml:lang='fr'><docDscr><citation>{document}</citation></docDscr><stdyDscr>"
        "<citation><titlStmt><titl>Cohorte néphrologie</titl><IDNo>doi:10.57745/NEPHRO</IDNo>"
        f"</titlStmt>{citation}</citation></stdyDscr></codeBook>".encode()
    )
    assert not isinstance(root, Defect)
    found = describe(root, SOURCE, "export", "export.xml")
    assert isinstance(found, Document)
    return found


def named(found: Document, role: str) -> list[str]:
    """The names of those who have a role."""
    lines = [line.split(" ", 2) for line in found.content.decode().split("\n") if line]
    nodes = [o.removesuffix(" .") for _, p, o in lines if p.endswith(f"/{role}>")]
    names = {s: o.split('"')[1] for s, p, o in lines if p.endswith("/name>")}
    return [names[node] for node in nodes]


def test_a_declared_distributor_publishes_and_the_repository_distributes() -> None:
    """The contact of the dataset is no way to reach the repository, which adds itself."""
    chu = "<distrbtr>CHU de Rennes</distrbtr>"
    found = read(f"<distStmt>{ARCHIVE}{chu}{CONTACT}</distStmt>")
    assert named(found, "publisher") == ["CHU de Rennes"]
    assert named(found, "distributor") == [REPOSITORY]
    assert values(found, "cv:email") == ["nephro@chu-rennes.example"]
    alone = read(f"<distStmt>{ARCHIVE}{CONTACT}</distStmt>")
    assert named(alone, "publisher") == [REPOSITORY]
    assert values(alone, "cv:email") == []
    assert values(alone, "vcard:hasEmail") == ["mailto:nephro@chu-rennes.example"]


def test_of_several_producers_without_a_distributor_the_first_publishes() -> None:
    """The others made the data as well; none is lost."""
    found = read(
        "<prodStmt><producer>CHU de Rennes</producer><producer>Inserm</producer></prodStmt>"
    )
    assert named(found, "publisher") == ["CHU de Rennes"]
    assert named(found, "creator") == ["Inserm"]
    assert found.defects == ()


def test_who_is_author_and_producer_is_named_once() -> None:
    """Registries write their own name for both."""
    found = read(
        "<rspStmt><AuthEnty>Registre des cancers</AuthEnty><AuthEnty>Inserm</AuthEnty></rspStmt>"
        "<prodStmt><producer>Registre des cancers</producer></prodStmt>"
        "<distStmt><distrbtr>Registre des cancers</distrbtr></distStmt>"
    )
    assert named(found, "creator") == ["Registre des cancers", "Inserm"]


def test_whom_a_person_belongs_to_is_told() -> None:
    """No property of an agent takes it."""
    found = read("<rspStmt><AuthEnty affiliation='CHU de Rennes'>Irset</AuthEnty></rspStmt>")
    assert [one.message["en"] for one in found.defects] == [
        "affiliation: “CHU de Rennes” is not taken over."
    ]


def test_a_repository_dates_the_study_in_the_citation_of_the_document() -> None:
    """Dataverse tells version and publication there alone."""
    document = (
        f"<distStmt>{ARCHIVE}<distDate>2025-03-14</distDate></distStmt>"
        "<verStmt source='archive'><version date='2026-01-20' type='RELEASED'>2</version></verStmt>"
    )
    found = read("", document)
    assert values(found, "dct:issued") == ["2025-03-14"]
    assert values(found, "dct:modified") == ["2026-01-20"]
    assert values(found, "dcat:version") == ["2@fr"]
    own = "<distStmt><distDate date='2024'/></distStmt><verStmt><version>v1</version></verStmt>"
    assert values(read(own, document), "dct:issued") == ["2024"]
    assert values(read(own, document), "dcat:version") == ["v1@fr"]


@pytest.mark.parametrize("document", [
    "<distStmt><distDate>2025-03-14</distDate></distStmt>",
    "<verStmt><version date='2026-01-20'>1.0</version></verStmt>",
])  # fmt: skip
def test_the_dates_of_the_document_itself_are_not_those_of_the_study(document: str) -> None:
    """Nesstar and NADA date the XML there."""
    found = read("", document)
    for name in ("dct:issued", "dct:modified", "dcat:version"):
        assert values(found, name) == []


def test_a_second_version_is_told() -> None:
    """The profile admits one."""
    found = read("<verStmt><version>v2</version></verStmt><verStmt><version>v1</version></verStmt>")
    assert values(found, "dcat:version") == ["v2@fr"]
    assert [one.code for one in found.defects] == ["map-one"]
