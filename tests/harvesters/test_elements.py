"""The elements that advice names: without each, what it is named for is not said."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from red_catalog.harvesters.elements import ELEMENTS, form_of, name_elements
from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Document, Source
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.writing import triples
from tests.harvesters.protocols import recorded
from tests.harvesters.test_iso19139 import PARTY, RECORD

SOURCE = Source("ors", "ors", "oaipmh", "https://ors.exemple.fr/oai")
RELATED = (
    "conformsTo", "hasPart", "isPartOf", "isReferencedBy", "isReplacedBy", "isRequiredBy",
    "isVersionOf", "replaces", "requires",
)  # fmt: skip
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Said = dict[tuple[str, str], list[str]]
"""What is said of all things of a class under a property (terms), and of what has no name."""


def put(text: str, *changes: tuple[str, str]) -> str:
    """A record with more in it: each change is written before the first of what it names."""
    for before, more in changes:
        assert before in text
        text = text.replace(before, more + before, 1)
    return text


def codebooks() -> Iterator[str]:
    """A codebook whose files are nowhere, and the same with their addresses."""
    text = put(
        recorded("ddi/codebook.xml").decode(),
        ("<distStmt>", '<verStmt><version date="2027-03-01">2</version></verStmt>'),
        ("<conditions>", f"<conditions>{LICENCE}</conditions>"),
        ("</distrbtr>", "</distrbtr><distrbtr>Centre exemple de diffusion"),
        (
            "</stdyDscr>",
            "<othrStdyMat><relPubl><ExtLink URI='https://doi.org/10.57745/EXEMPLE3'/>"
            "</relPubl></othrStdyMat>",
        ),
        ("<labl>Volume", "<labl>VEMS</labl><txt>Au meilleur de trois essais.</txt>"),
    ).replace("<contact ", '<contact URI="https://institut.exemple.fr/enquetes" ')
    yield text
    yield put(
        text.replace('<fileDscr ID="F1">', '<fileDscr ID="F1" URI="https://depot.exemple.fr/f1">'),
        ("<dimensns>", "<fileCont>Un adulte par ligne.</fileCont>"),
        ("<varQnty>", ""),
        ("</fileTxt>", "<fileType>CSV</fileType>"),
        ("</codeBook>", '<otherMat URI="https://depot.exemple.fr/guide.pdf"/>'),
    )


def lifecycles() -> Iterator[str]:
    """A study whose publisher is described as an organisation, with a file and a guide."""
    named = "<r:Agency>fr.exemple</r:Agency><r:ID>plateforme</r:ID>"
    organisation = (
        f"<a:Organization>{named}<a:OrganizationName><r:String>Plateforme exemple</r:String>"
        "</a:OrganizationName><a:Email><a:InternetEmail>donnees@plateforme.exemple.fr"
        "</a:InternetEmail></a:Email></a:Organization>"
    )
    file = (
        "<p:PhysicalInstance xmlns:p='ddi:physicalinstance:3_2'><r:Citation><r:Title>"
        "<r:String>Naissances</r:String></r:Title></r:Citation><p:DataFileIdentification>"
        "<p:DataFileURI>https://plateforme.exemple.fr/naissances.csv</p:DataFileURI>"
        "</p:DataFileIdentification><p:GrossFileStructure><p:CaseQuantity>18 300"
        "</p:CaseQuantity></p:GrossFileStructure></p:PhysicalInstance>"
    )
    guide = "<r:ExternalURLReference>https://plateforme.exemple.fr/guide</r:ExternalURLReference>"
    cited = (
        "<r:PublisherName><r:String>Plateforme exemple des cohortes</r:String></r:PublisherName>"
    )
    text = recorded("ddi/lifecycle.xml").decode()
    yield put(
        text.replace(cited, f"<r:PublisherReference>{named}</r:PublisherReference>"),
        ("<r:Citation>", "<r:UserID>cohorte-naissances</r:UserID>"),
        ("<r:Creator>", "<r:AlternateTitle><r:String>CEN</r:String></r:AlternateTitle>"),
        ("<r:PublicationDate>", "<r:Contributor><r:ContributorName><r:String>CHU exemple</r:String>"
         "</r:ContributorName></r:Contributor>"),
        ("</r:Citation>", "<r:Language>fr</r:Language>"),
        ("<l:VariableRepresentation>", "<r:Description><r:Content>En grammes.</r:Content>"
         "</r:Description>"),
        ("</d:Methodology>", "<d:ModeOfCollection><r:Content>Entretien</r:Content>"
         "</d:ModeOfCollection>"),
        ("<a:ArchiveSpecific>", f"{organisation}<r:ContactOrganizationReference>{named}"
         "</r:ContactOrganizationReference>"),
        ("</s:StudyUnit>", f"{file}<r:OtherMaterial>{guide}</r:OtherMaterial>"),
    )  # fmt: skip


def written(words: str) -> str:
    """A text as ISO 19139 writes it."""
    return f"<gco:CharacterString>{words}</gco:CharacterString>"


def isos() -> Iterator[str]:
    """A geographic record with a party of each role, and one that is open under a licence."""
    roles = ("author", "processor", "owner", "custodian", "distributor")
    parties = "".join(
        PARTY.format(f"Organisme {role}", f"{role}@air.exemple.fr", role) for role in roles
    )
    reached = (
        f"<gmd:phone><gmd:CI_Telephone><gmd:voice>{written('+33 2 00 00 00 00')}</gmd:voice>"
        "</gmd:CI_Telephone></gmd:phone>",
        "<gmd:onlineResource><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://ors.exemple.fr/"
        "</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onlineResource>",
    )
    created = (
        "<gmd:date><gmd:CI_Date><gmd:date><gco:Date>2027-01-05</gco:Date></gmd:date>"
        '<gmd:dateType><gmd:CI_DateTypeCode codeListValue="creation"/></gmd:dateType>'
        "</gmd:CI_Date></gmd:date>"
    )
    licence = (
        "<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useLimitation>"
        f"{written('Citer la source.')}</gmd:useLimitation><gmd:useConstraints>"
        '<gmd:MD_RestrictionCode codeListValue="license"/></gmd:useConstraints>'
        f"<gmd:otherConstraints>{written(LICENCE)}</gmd:otherConstraints>"
        "</gmd:MD_LegalConstraints></gmd:resourceConstraints>"
    )
    place = (
        "<gmd:geographicElement><gmd:EX_GeographicDescription><gmd:geographicIdentifier>"
        f"<gmd:MD_Identifier><gmd:code>{written('Bretagne')}</gmd:code></gmd:MD_Identifier>"
        "</gmd:geographicIdentifier></gmd:EX_GeographicDescription></gmd:geographicElement>"
    )
    metres = (
        "<gmd:spatialResolution><gmd:MD_Resolution><gmd:distance><gco:Distance uom='m'>500"
        "</gco:Distance></gmd:distance></gmd:MD_Resolution></gmd:spatialResolution>"
    )
    form = (
        f"<gmd:distributionFormat><gmd:MD_Format><gmd:name>{written('CSV')}</gmd:name>"
        "</gmd:MD_Format></gmd:distributionFormat>"
    )
    size = "<gmd:transferSize><gco:Real>12.5</gco:Real></gmd:transferSize>"
    person = f"<gmd:individualName>{written('Nom de personne')}</gmd:individualName>"
    text = put(
        RECORD.replace(person, ""),
        ("<gmd:resourceMaintenance>", parties),
        ("<gmd:address>", reached[0]),
        ("</gmd:CI_Contact>", reached[1]),
        ("<gmd:identifier>", f"<gmd:alternateTitle>{written('EPF')}</gmd:alternateTitle>{created}"
         f"<gmd:edition>{written('3')}</gmd:edition>"),
        ("<gmd:topicCategory>", licence + metres),
        ("<gmd:temporalElement>", place),
        ("<gmd:transferOptions>", form),
        ("<gmd:onLine>", size),
        ("<gmd:function>", f"<gmd:description>{written('Une ligne par commune')}"
         "</gmd:description>"),
    )  # fmt: skip
    yield text
    # Without an address to have the data from, the licence is the dataset's.
    start, end = text.index("<gmd:transferOptions>"), text.index("</gmd:MD_Distribution>")
    yield text[:start] + text[end:]


def dublin_cores() -> Iterator[str]:
    """A record in the elements of 1.1, and one in those of the terms too."""
    text = recorded("oaipmh/oai_dc.xml").decode().replace("<dc:date>2027</dc:date>", "")
    links = "".join(
        f"<dc:{name}>https://chu.exemple.fr/{name}</dc:{name}>" for name in ("relation", "source")
    )
    yield put(
        text,
        ("</oai_dc:dc>", f"{links}<dc:contributor>Université exemple</dc:contributor>"),
        ("<dc:rights>", f"<dc:rights>{LICENCE}</dc:rights><dc:rights>Sur demande.</dc:rights>"),
        ("<dc:identifier>", "<dc:identifier>https://chu.exemple.fr/jeu/avc</dc:identifier>"),
    )
    said = {
        "alternative": "AVC", "rightsHolder": "CHU exemple", "issued": "2026", "created": "2024",
        "available": "2026", "modified": "2026", "spatial": "Bretagne", "temporal": "1985/2025",
        **dict.fromkeys(RELATED, "https://doi.org/10.57745/EXEMPLE3"),
        "accessRights": "restricted access",
        "license": LICENCE, "provenance": "Registre.", "accrualPeriodicity": "ANNUAL",
    }  # fmt: skip
    more = "".join(f"<dcterms:{name}>{words}</dcterms:{name}>" for name, words in said.items())
    rights = "<dc:rights>info:eu-repo/semantics/restrictedAccess</dc:rights>"
    plain = text.replace("<dc:date>2026-05-04</dc:date>", "").replace(rights, "")
    terms = ' xmlns:dcterms="http://purl.org/dc/terms/">'
    yield put(plain.replace(">", terms, 1), ("</oai_dc:dc>", more))


RECORDS = {
    "DDI Codebook": [*codebooks()], "DDI Lifecycle": [*lifecycles()],
    "ISO 19139": [*isos()], "Dublin Core": [*dublin_cores()],
}  # fmt: skip
NAMED = [
    (form, kind, path, element)
    for form, tables in ELEMENTS.items()
    for kind, table in tables.items()
    for path, elements in table.items()
    for element in elements
]


def read(text: str) -> Said:
    """What a record becomes."""
    root = parse_xml(text.encode())
    assert not isinstance(root, Defect)
    found = describe(root, SOURCE, "fr-exemple-0001", "fr-exemple-0001")
    assert isinstance(found, Document)
    statements = triples(found.content)
    kinds: dict[str, list[str]] = {}
    for subject, predicate, value in statements:
        if predicate == RDF_TYPE:
            kinds.setdefault(subject, []).append(value)
    said: Said = {}
    for subject, predicate, value in statements:
        inside = [o for s, _, o in statements if s == value and o[:2] != "_:"]
        told = f"{inside}" if value[:2] == "_:" else value
        for kind in kinds.get(subject, ()):
            said.setdefault((kind, predicate), []).append(told)
    return said


def without(text: str, element: str) -> str:
    """The record without this element, or attribute, wherever it stands."""
    root = fromstring(text)
    path, _, attribute = element.partition("/@")
    path, _, code = path.partition(" (")
    steps = "//".join("/".join(f"{{*}}{name.rpartition(':')[2]}" for name in part.split("/"))
                      for part in path.split("//"))  # fmt: skip
    parents = {child: parent for parent in root.iter() for child in parent}
    for found in root.findall(f".//{steps}"):
        if attribute:
            found.attrib.pop(attribute, None)
        elif not code or code.removesuffix(")") in codes_in(found):
            parents[found].remove(found)
    return tostring(root, "unicode")


def codes_in(element: Element) -> set[str]:
    """The codes that lie in an element."""
    return {one.get("codeListValue", "") for one in element.iter()}


@pytest.mark.parametrize(("form", "kind", "path", "element"), NAMED)
def test_an_element_says_what_it_is_named_for(
    form: str, kind: str, path: str, element: str
) -> None:
    """Taken out of a record that has it, what the property says of such things changes."""
    changed = (
        read(record).get((kind, path)) != read(without(record, element)).get((kind, path))
        for record in RECORDS[form]
    )
    assert any(changed)


@pytest.mark.parametrize("form", ELEMENTS)
def test_what_formats_can_say_is_never_said_to_be_beyond_them(form: str) -> None:
    """Whatever the mappings make of datasets and their parts has an element."""
    for record in RECORDS[form]:
        made = {one for one in read(record) if one[0] in ELEMENTS[form] and one[1] != RDF_TYPE}
        assert made
        assert [one for one in made if one[1] not in ELEMENTS[form][one[0]]] == []


def source(kind: str, **options: str) -> Source:
    """A source of this kind, with these options."""
    return Source("s", "h", kind, "https://chu.exemple.fr/oai", options=options)


@pytest.mark.parametrize(
    ("kind", "options", "form"),
    [
        ("ddi", {}, "ddi"),
        ("csw", {}, "iso19139"),
        ("csw", {"output_schema": "http://www.isotc211.org/2005/gmd"}, "iso19139"),
        ("csw", {"output_schema": "dublin-core"}, "dublin-core"),
        ("csw", {"output_schema": "dcat"}, ""),
        ("oaipmh", {}, "oaipmh"),
        ("oaipmh", {"metadata_prefix": "oai_ddi25"}, "ddi"),
        ("oaipmh", {"metadata_prefix": "oai_dc"}, "dublin-core"),
        ("oaipmh", {"metadata_prefix": "iso19139"}, "iso19139"),
        ("oaipmh", {"metadata_prefix": "healthdcat_ap"}, ""),
        ("ckan", {}, None),
    ],
)
def test_what_a_source_asks_for_tells_how_its_records_are_written(
    kind: str, options: dict[str, str], form: str | None
) -> None:
    """A repository may have records of several formats; those of RDF have no elements."""
    assert form_of(source(kind, **options)) == form


def test_elements_of_all_formats_are_named_where_the_format_is_not_known() -> None:
    """One that has none is left out; a property that none has, has no place."""
    dataset = term("dcat:Dataset")
    assert name_elements("oaipmh", dataset, term("dct:language")) == {
        "Dublin Core": ("dc:language",),
        "DDI Lifecycle": ("StudyUnit/Citation/Language",),
        "ISO 19139": ("gmd:MD_DataIdentification/gmd:language",),
    }
    assert name_elements("oaipmh", dataset, term("healthdcatap:hdab")) == {}
    assert name_elements("ddi", term("dct:Location"), term("dcat:bbox")) is None
