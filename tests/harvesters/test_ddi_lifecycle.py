"""DDI Lifecycle: organisations by reference, files, countries, and what is told as left out."""

import pytest

from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Document, Source
from tests.harvesters.protocols import codes, examine, values

SOURCE = Source("drees", "drees", "ddi", "https://drees.exemple.fr/enquetes.xml")
EU = "http://publications.europa.eu/resource/authority/"
DREES = """<OrganizationScheme><Organization><URN>urn:ddi:fr.exemple:org1:1</URN>
<OrganizationIdentification><OrganizationName><String>D.E.S.</String></OrganizationName>
<OrganizationName isPreferred="true"><String xml:lang="fr">Direction exemple</String>
<String xml:lang="en">Example directorate</String></OrganizationName></OrganizationIdentification>
<ContactInformation><Email privacy="private"><InternetEmail>nom@exemple.fr</InternetEmail></Email>
<Email><InternetEmail>enquetes@exemple.fr</InternetEmail></Email></ContactInformation>
</Organization></OrganizationScheme>"""


def reference(name: str, item: str = "org1") -> str:
    """A reference to an item, with all that DDI writes into one."""
    return (
        f"<{name}Reference><URN>urn:ddi:fr.exemple:{item}:1</URN><Agency>fr.exemple</Agency>"
        f"<ID>{item}</ID><Version>1</Version><TypeOfObject>Organization</TypeOfObject>"
        f"</{name}Reference>"
    )


def study(cited: str = "", inside: str = "", name: str = "handicap") -> str:
    """A study unit of a survey."""
    return (
        f"<StudyUnit><URN>urn:ddi:fr.exemple:{name}:1</URN><Citation><Title><String>Enquête "
        f"Handicap</String></Title>{cited}</Citation>{inside}</StudyUnit>"
    )


def read(*parts: str) -> Document:
    """The description that a document of these parts becomes."""
    root = parse_xml(f'<DDIInstance xml:lang="fr">{"".join(parts)}</DDIInstance>'.encode())
    assert not isinstance(root, Defect)
    found = describe(root, SOURCE, "enquetes", "enquetes.xml")
    assert isinstance(found, Document)
    return found


def told(document: Document) -> list[str]:
    """What is left out, and why, in short."""
    return [
        f"{d.code} {d.message['en'].split('“')[1].split('”')[0]}"
        for d in document.defects
        if d.code != "map-minted-here"
    ]


@pytest.mark.parametrize("kind", ["Creator", "Contributor", "Publisher"])
def test_who_is_referred_to_is_named(kind: str) -> None:
    """By the preferred name of the organisation, in its languages; never by a URN."""
    role = "<ContributorRole>Conception</ContributorRole>"
    document = read(study(f"<{kind}>{role}{reference(kind)}</{kind}>"), DREES)
    assert values(document, "foaf:name") == ["Direction exemple@fr", "Example directorate@en"]
    assert len(values(document, f"dct:{kind.lower()}")) == 1
    unknown = read(study(f"<{kind}>{role}{reference(kind, 'org9')}</{kind}>"), DREES)
    assert values(unknown, "foaf:name") == []
    assert told(unknown) == ["map-nameless fr.exemple:org9"]


def test_each_study_names_the_organisation_that_all_refer_to() -> None:
    """Which lies outside every study."""
    cited = f"<Publisher>{reference('Publisher')}</Publisher>"
    document = read(study(cited, name="v1"), study(cited, name="v2"), DREES)
    records = examine(document).records
    assert len(records) == 2
    assert all(b"Direction exemple" in one.canonical for one in records)


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("<Creator>Institut exemple</Creator>", "Institut exemple@fr"),
        ("<Creator><String>Institut exemple</String></Creator>", "Institut exemple@fr"),
        (f"<Creator><CreatorName>Institut</CreatorName>{reference('Creator')}</Creator>",
         "Institut@fr"),
    ],
)  # fmt: skip
def test_a_name_in_the_citation_is_taken(cited: str, expected: str) -> None:
    """As DDI 3.1 and 3.2 write it, whatever is referred to beside it."""
    assert values(read(study(cited), DREES), "foaf:name") == [expected]


def test_a_second_publisher_is_told_by_name() -> None:
    """Not by what its reference is made of."""
    first = "<Publisher><PublisherName>Institut</PublisherName></Publisher>"
    document = read(study(f"{first}<Publisher>{reference('Publisher')}</Publisher>"), DREES)
    assert told(document) == ["map-one Direction exemple"]


@pytest.mark.parametrize(("kind", "mailboxes"), [("Publisher", 1), ("Creator", 0)])
def test_the_publisher_is_reached_at_its_mailbox_for_all(kind: str, mailboxes: int) -> None:
    """Not at a private one; of who made the data nothing is asked."""
    document = read(study(f"<{kind}>{reference(kind)}</{kind}>"), DREES)
    assert values(document, "cv:email") == ["enquetes@exemple.fr"] * mailboxes


def test_the_organisation_to_ask_is_the_contact() -> None:
    """With a mailbox for all; an organisation that is not described is told."""
    access = f"<Access>{reference('ContactOrganization') * 2}</Access>"
    document = read(study(inside=access), DREES)
    assert values(document, "vcard:fn") == ["Direction exemple@fr"]
    assert values(document, "vcard:hasEmail") == ["mailto:enquetes@exemple.fr"]
    unknown = read(study(inside=f"<Access>{reference('ContactOrganization', 'org9')}</Access>"))
    assert told(unknown) == ["map-nameless fr.exemple:org9"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<Country_2>FR</Country_2>", ["FRA"]),
        ("<Country_3>BEL</Country_3>", ["BEL"]),
        ("<CountryCode>FR</CountryCode>", ["FRA"]),
        ("<Country_N>250</Country_N>", []),
    ],
)
def test_countries_are_read_in_every_list(written: str, expected: list[str]) -> None:
    """A number names none in the European list: it is told."""
    place = f"<Coverage><SpatialCoverage>{written}</SpatialCoverage></Coverage>"
    document = read(study(inside=place))
    assert values(document, "dct:spatial") == [f"{EU}country/{one}" for one in expected]
    assert told(document) == ([] if expected else ["map-code 250"])


def test_the_box_of_a_study_is_a_place() -> None:
    """In degrees."""
    sides = {"West": "-5", "East": "9", "South": "41", "North": "51"}
    names = {one: "Longitude" if one in {"West", "East"} else "Latitude" for one in sides}
    box = "".join(f"<{one}{names[one]}>{n}</{one}{names[one]}>" for one, n in sides.items())
    place = f"<SpatialCoverage><BoundingBox>{box}</BoundingBox></SpatialCoverage>"
    document = read(study(inside=f"<Coverage>{place}</Coverage>"))
    assert values(document, "dcat:bbox")[0].startswith("POLYGON((-5 41, 9 41, 9 51")


def file(url: str, cases: str = "", public: str = "true") -> str:
    """A file of the data."""
    uri = f'<DataFileURI isPublic="{public}">{url}</DataFileURI>'
    count = f"<GrossFileStructure><CaseQuantity>{cases}</CaseQuantity></GrossFileStructure>"
    return (
        "<PhysicalInstance><Citation><Title><String>Individus</String></Title></Citation>"
        f"<DataFileIdentification>{uri}</DataFileIdentification>{count if cases else ''}"
        "</PhysicalInstance>"
    )


def test_files_are_distributions() -> None:
    """Each address once, with its title; what is no address for all is told."""
    url = "https://drees.exemple.fr/handicap.csv"
    hidden, bare = file("https://srv.exemple.fr/brut.sas", public="false"), file("brut.sas")
    document = read(study(inside=file(url, "29000") + file(url) + hidden + bare))
    assert values(document, "dcat:accessURL") == [url]
    assert "Individus@fr" in values(document, "dct:title")
    assert values(document, "healthdcatap:numberOfRecords") == ["29000"]
    assert told(document) == ["map-nowhere https://srv.exemple.fr/brut.sas", "map-url brut.sas"]


@pytest.mark.parametrize("public", ["0", "False"])
def test_a_file_that_is_not_public_has_no_address(public: str) -> None:
    """However the record spells that it is not."""
    url = "https://intranet.exemple.fr/sejours.csv"
    document = read(study(inside=file(url, public=public)))
    assert values(document, "dcat:accessURL") == []
    assert told(document) == [f"map-nowhere {url}"]


def test_counts_of_several_files_are_told() -> None:
    """Nothing says whether they count the same."""
    url = "https://drees.exemple.fr/{}.csv"
    document = read(study(inside=file(url.format(1), "10") + file(url.format(2), "20")))
    assert values(document, "healthdcatap:numberOfRecords") == []
    assert told(document) == ["map-one 10 + 20"]


def test_files_of_no_study_are_told() -> None:
    """Where a document has several."""
    document = read(study(name="v1"), study(name="v2"), file("https://drees.exemple.fr/1.csv"))
    assert codes(document.defects).count("ddi-whose") == 2


def test_when_data_were_collected_is_what_they_cover_where_nothing_else_is_said() -> None:
    """Beside a covered period it is told."""
    collected = "<DataCollectionDate><SimpleDate>2008-05</SimpleDate></DataCollectionDate>"
    alone = read(study(inside=collected))
    assert values(alone, "dcat:startDate") == values(alone, "dcat:endDate") == ["2008-05"]
    dates = "<ReferenceDate><StartDate>2007</StartDate><EndDate>2008</EndDate></ReferenceDate>"
    covered = f"<Coverage><TemporalCoverage>{dates}</TemporalCoverage></Coverage>"
    both = read(study(inside=covered + collected))
    assert values(both, "dcat:startDate") == ["2007"]
    assert told(both) == ["map-nowhere 2008-05 – 2008-05"]


def test_what_is_not_taken_over_is_told_in_its_words() -> None:
    """Without the identifiers of items; material with an address is a page."""
    names = "<URN>urn:ddi:fr.exemple:w1:1</URN><Agency>fr.exemple</Agency><ID>w1</ID>"
    weights = "<Description><Content>Calage sur marges</Content></Description>"
    tool = "<InstrumentName><String>Questionnaire</String></InstrumentName>"
    page = "https://drees.exemple.fr/questionnaire.pdf"
    document = read(
        study(
            "<Copyright><String>Direction exemple</String></Copyright>",
            f"<DataCollection><Weighting>{names}{weights}</Weighting>"
            f"<Instrument>{names}{tool}{reference('ControlConstruct', 'c1')}</Instrument>"
            f"</DataCollection><OtherMaterial>{names}<ExternalURLReference>{page}"
            f"</ExternalURLReference></OtherMaterial><OtherMaterial>{names}<Description><Content>"
            "Dictionnaire imprimé</Content></Description></OtherMaterial>",
        )
    )
    assert values(document, "foaf:page") == [page]
    assert told(document) == [
        "map-nowhere Dictionnaire imprimé",
        "map-nowhere Direction exemple",
        "map-nowhere Calage sur marges",
        "map-nowhere Questionnaire",
    ]


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [
        ("", "Ménages ordinaires@fr"),
        (' isInclusive="true"', "Ménages ordinaires@fr"),
        (' isInclusive="false"', "Population exclue : Ménages ordinaires@fr"),
    ],
)
def test_who_is_excluded_is_not_said_to_be_covered(inclusive: str, expected: str) -> None:
    """A universe that the study leaves out is named as such."""
    words = "<Label><Content>Ménages ordinaires</Content></Label>"
    inside = f"<UniverseScheme><Universe{inclusive}>{words}</Universe></UniverseScheme>"
    document = read(study(inside=inside))
    assert values(document, "healthdcatap:populationCoverage") == [expected]


@pytest.mark.parametrize(
    "content",
    [
        "<p>Ménages ordinaires.</p><p>Deux vagues.</p>",
        "&lt;p&gt;Ménages ordinaires.&lt;/p&gt;&lt;p&gt;Deux vagues.&lt;/p&gt;",
    ],
)
def test_paragraphs_are_lines_of_their_own(content: str) -> None:
    """As elements, or as escaped HTML."""
    document = read(study(inside=f"<Abstract><Content>{content}</Content></Abstract>"))
    assert values(document, "dct:description") == ["Ménages ordinaires.\nDeux vagues.@fr"]
