"""ISO 19139: whom to write to, which date counts, numbers as given, records of another kind."""

import pytest

from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import find_all, parse_xml
from red_catalog.model import Defect, Document, Source, Unreadable
from tests.harvesters.protocols import codes, recorded, values

SOURCE = Source("ors", "ors", "csw", "https://geo.ors.exemple.fr/csw")
RECORD = recorded("csw/qualite-air.xml").decode()
PARTY = (
    "<gmd:pointOfContact><gmd:CI_ResponsibleParty>"
    "<gmd:organisationName><gco:CharacterString>{}</gco:CharacterString></gmd:organisationName>"
    "<gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address><gmd:electronicMailAddress>"
    "<gco:CharacterString>{}</gco:CharacterString></gmd:electronicMailAddress></gmd:CI_Address>"
    '</gmd:address></gmd:CI_Contact></gmd:contactInfo><gmd:role><gmd:CI_RoleCode codeListValue="{}"'
    "/></gmd:role></gmd:CI_ResponsibleParty></gmd:pointOfContact>"
)
COUNTRIES = "http://publications.europa.eu/resource/authority/country/"
POINT = ("Observatoire régional de santé exemple", "donnees@ors.exemple.fr", "pointOfContact")
PUBLISHER = ("Agence exemple de l'air", "contact@air.exemple.fr", "publisher")
OWNER = ("", "proprietaire@air.exemple.fr", "owner")
USER = ("Cabinet exemple d'urbanisme", "etudes@cabinet.exemple.fr", "user")
FUNDER = ("Agence exemple de financement", "", "funder")
SELLER = ("Plateforme exemple", "ventes@plateforme.exemple.fr", "distributor")


def read(text: str) -> Document | Unreadable:
    """What becomes of a record."""
    root = parse_xml(text.encode())
    assert not isinstance(root, Defect)
    return describe(root, SOURCE, "fr-ors-exemple-0001", "fr-ors-exemple-0001")


def dataset(text: str) -> Document:
    """The description that a record becomes."""
    found = read(text)
    assert isinstance(found, Document)
    return found


def with_parties(*parties: tuple[str, str, str]) -> str:
    """The record with these parties and no others."""
    start, end = RECORD.index("<gmd:pointOfContact>"), RECORD.rindex("</gmd:pointOfContact>")
    made = "".join(PARTY.format(*one) for one in parties)
    return RECORD[:start] + made + RECORD[end + len("</gmd:pointOfContact>") :]


@pytest.mark.parametrize(
    ("parties", "names", "mailboxes"),
    [
        ((POINT, PUBLISHER, USER), [POINT[0]], [POINT[1]]),
        ((OWNER, PUBLISHER, USER), [PUBLISHER[0]], [PUBLISHER[1]]),
        ((OWNER, USER, FUNDER, SELLER), [], [OWNER[1]]),
        (((POINT[0], "", POINT[2]), PUBLISHER), [PUBLISHER[0], POINT[0]], [PUBLISHER[1]]),
        ((USER, FUNDER, SELLER), [], []),
    ],
)
def test_those_who_answer_for_the_data_are_written_to(
    parties: tuple[tuple[str, str, str], ...], names: list[str], mailboxes: list[str]
) -> None:
    """The point of contact, else publisher, owner or custodian; never a mere user or funder."""
    document = dataset(with_parties(*parties))
    assert values(document, "vcard:fn") == [f"{name}@fr" for name in names]
    assert values(document, "vcard:hasEmail") == [f"mailto:{one}" for one in mailboxes]


@pytest.mark.parametrize(
    ("role", "person", "reached"),
    [("publisher", "", True), ("custodian", "", True), ("publisher", "Mme Exemple", False),
     ("author", "", False)],
)  # fmt: skip
def test_the_mailbox_of_an_organisation_is_its_contact_point(
    role: str, person: str, reached: bool
) -> None:
    """Of the publisher and the custodian, unless it may be a person's."""
    named = f"<gmd:individualName>{person}</gmd:individualName>" if person else ""
    record = with_parties(POINT, (*PUBLISHER[:2], role))
    at = record.rindex("<gmd:organisationName>")
    document = dataset(record[:at] + named + record[at:])
    assert values(document, "cv:email") == [PUBLISHER[1]] * reached
    assert len(values(document, "cv:contactPoint")) == reached


@pytest.mark.parametrize(
    ("written", "mailboxes", "told"),
    [
        ("jean dupont@ors.example", [], {"map-email": "jean dupont@ors.example"}),
        ("donnees @ors.example", [], {"map-email": "donnees @ors.example"}),
        ("a@ors.example; b@ors.example", ["a@ors.example"], {"map-one": "b@ors.example"}),
        ('"Dupont, Jean" <a@ors.example>', ["a@ors.example"], {}),
        ("a@ors.example.", ["a@ors.example"], {}),
        ("Accueil : a@ors.example", ["a@ors.example"], {}),
        ("Accueil : a@ors.example (secrétariat).", ["a@ors.example"], {}),
        ("a@ors.example b@ors.example", ["a@ors.example"], {"map-one": "b@ors.example"}),
        (
            "courriel : jean dupont@ors.example",
            [],
            {"map-email": "courriel : jean dupont@ors.example"},
        ),
        ("poste 12 : a@ors.example", [], {"map-email": "poste 12 : a@ors.example"}),
        ("voir le site, a@ors.example", ["a@ors.example"], {"map-email": "voir le site"}),
        ("Service <mailto:a@ors.example>", ["a@ors.example"], {}),
    ],
)
def test_a_mailbox_is_taken_whole_or_told(
    written: str, mailboxes: list[str], told: dict[str, str]
) -> None:
    """No address is made of a part of a text; a second one, and what is none, is told."""
    escaped = written.replace("<", "&lt;").replace(">", "&gt;")
    document = dataset(with_parties((POINT[0], escaped, POINT[2])))
    assert values(document, "vcard:hasEmail") == [f"mailto:{one}" for one in mailboxes]
    found = [d for d in document.defects if d.code in {"map-email", "map-one", "map-url"}]
    assert {d.code: d.message["fr"] for d in found}.keys() == told.keys()
    assert all(told[d.code] in d.message["fr"] and "adresse web" not in d.fix["fr"] for d in found)


def test_a_party_of_two_mailboxes_gives_the_first_and_tells_the_other() -> None:
    """In elements of their own, too; where nothing else is known of it as well."""
    box = "<gco:CharacterString>{}</gco:CharacterString></gmd:electronicMailAddress>"
    twice = box.format("a@ors.example") + "<gmd:electronicMailAddress>" + box.format("b @ors")
    record = with_parties(("", "a@ors.example", POINT[2])).replace(
        box.format("a@ors.example"), twice
    )
    document = dataset(record)
    assert values(document, "vcard:hasEmail") == ["mailto:a@ors.example"]
    assert "map-email" in codes(document.defects)
    assert "map-email" in codes(dataset(with_parties(("", "b @ors", POINT[2]))).defects)


def test_parties_without_a_place_are_told() -> None:
    """Roles that DCAT does not have, and an owner of whom only the mailbox is known."""
    document = dataset(with_parties(POINT, OWNER, USER, FUNDER, SELLER))
    said = [d.message["en"].split(":")[0] for d in document.defects if d.code == "map-nowhere"]
    assert sorted(said) == ["funder", "purpose", "user"]
    (nameless,) = (d for d in document.defects if d.code == "map-nameless")
    assert OWNER[1] in nameless.message["fr"]
    assert len(values(document, "geodcatap:distributor")) == 1
    assert f"{SELLER[0]}@fr" in values(document, "foaf:name")


def beside(*parties: tuple[str, str, str], cited: bool = True) -> str:
    """The record without a publisher of its own, and these who are cited, or distribute it."""
    text = with_parties(POINT)
    made = "".join(PARTY.format(*one) for one in parties)
    if cited:
        made = made.replace("gmd:pointOfContact>", "gmd:citedResponsibleParty>")
        return text.replace("</gmd:CI_Citation></gmd:citation>", f"{made}</gmd:CI_Citation>"
                            "</gmd:citation>", 1)  # fmt: skip
    made = made.replace("gmd:pointOfContact>", "gmd:distributorContact>")
    made = f"<gmd:distributor><gmd:MD_Distributor>{made}</gmd:MD_Distributor></gmd:distributor>"
    return text.replace("<gmd:transferOptions>", f"{made}<gmd:transferOptions>", 1)


def test_who_is_cited_has_the_role_that_is_said() -> None:
    """A publisher named in the citation alone is the publisher; one named twice is said once."""
    document = dataset(beside(PUBLISHER, (PUBLISHER[0], "", "publisher"), POINT, (*USER[:2], "")))
    assert len(values(document, "dct:publisher")) == 1
    assert f"{PUBLISHER[0]}@fr" in values(document, "foaf:name")
    assert values(document, "vcard:hasEmail") == [f"mailto:{POINT[1]}"]
    said = [d.message["fr"] for d in document.defects if USER[0] in d.message["fr"]]
    assert [one.split(" ")[0] for one in said] == ["citedResponsibleParty"]
    assert "map-one" not in codes(document.defects)


def test_who_is_cited_is_no_contact() -> None:
    """The mailbox of an author who is cited as point of contact is not published as one."""
    document = dataset(beside(("Dr Exemple", "dr.exemple@courriel.example", "pointOfContact")))
    assert values(document, "vcard:hasEmail") == [f"mailto:{POINT[1]}"]


@pytest.mark.parametrize("first", [True, False])
def test_a_telephone_counts_wherever_it_stands(first: bool) -> None:
    """One contact that is given twice, once with its telephone, has it in either order."""
    phone = (
        "<gmd:phone><gmd:CI_Telephone><gmd:voice><gco:CharacterString>+33 2 00 00 00 00"
        "</gco:CharacterString></gmd:voice></gmd:CI_Telephone></gmd:phone>"
    )
    parts = with_parties(POINT, POINT).split("<gmd:CI_Contact>")
    at = 1 if first else 2
    parts[at] = phone + parts[at]
    document = dataset("<gmd:CI_Contact>".join(parts))
    assert len(values(document, "vcard:tel")) == 1


@pytest.mark.parametrize("role", ["distributor", "pointOfContact", ""])
def test_whom_to_ask_for_the_data_is_their_distributor(role: str) -> None:
    """Not a contact for the dataset, whatever the role says."""
    document = dataset(beside((*SELLER[:2], role), cited=False))
    assert len(values(document, "geodcatap:distributor")) == 1
    assert f"{SELLER[0]}@fr" in values(document, "foaf:name")
    assert values(document, "vcard:hasEmail") == [f"mailto:{POINT[1]}"]


def test_a_place_may_be_the_code_of_a_country() -> None:
    """As ISO 3166 has it; another code is the name of a place."""
    code = "<gco:CharacterString>{}</gco:CharacterString>"
    place = (
        "<gmd:EX_GeographicDescription><gmd:geographicIdentifier><gmd:MD_Identifier><gmd:code>"
        f"{code}</gmd:code></gmd:MD_Identifier></gmd:geographicIdentifier>"
        "</gmd:EX_GeographicDescription></gmd:geographicElement>"
    )
    end = "</gmd:geographicElement>"
    start = "<gmd:geographicElement>"
    both = f"{end}{start}{place.format('FXX')}{start}{place.format('Bretagne')}"
    document = dataset(RECORD.replace(end, both, 1))
    assert f"{COUNTRIES}FXX" in values(document, "dct:spatial")
    assert values(document, "skos:prefLabel") == ["Bretagne@fr"]


def test_the_address_of_the_dataset_is_an_identifier() -> None:
    """As the record gives it, beside those of the citation."""
    uri = "https://ors.exemple.fr/jeu/particules"
    said = f"<gmd:dataSetURI><gco:CharacterString>{uri}</gco:CharacterString></gmd:dataSetURI>"
    document = dataset(
        RECORD.replace("<gmd:identificationInfo>", f"{said}<gmd:identificationInfo>")
    )
    assert uri in values(document, "dct:identifier")


def test_the_latest_revision_is_the_one_that_counts() -> None:
    """In whatever order; a date that cannot be read is told and takes no other's place."""
    revision = "<gco:Date>2028-03-01</gco:Date></gmd:date>"
    block = RECORD[: RECORD.index("</gmd:CI_Date></gmd:date>", RECORD.index(revision))]
    block = block[block.rindex("<gmd:date><gmd:CI_Date>") :] + "</gmd:CI_Date></gmd:date>"
    more = "".join(block.replace("2028-03-01", one) for one in ("hier", "2028-11-30", "2027"))
    document = dataset(RECORD.replace(block, block + more))
    assert [one.split("^")[0] for one in values(document, "dct:modified")] == ["2028-11-30"]
    assert codes(document.defects).count("map-one") == 2
    assert codes(document.defects).count("map-date") == 1


def test_the_semicolon_of_an_entity_parts_no_keywords() -> None:
    """Entities of HTML stay as they are written."""
    document = dataset(RECORD.replace("pollution de l'air", "Sant&amp;eacute; publique"))
    assert "Sant&eacute; publique@fr" in values(document, "dcat:keyword")


@pytest.mark.parametrize("written", ["-5.1412345678", "-5.0", "-5"])
def test_a_bounding_box_keeps_its_digits(written: str) -> None:
    """Six of them are some hundred metres."""
    document = dataset(RECORD.replace("-5.14<", f"{written}<"))
    (box,) = values(document, "dcat:bbox")
    assert box.startswith(f"POLYGON(({written} 47.27, -1.01 47.27,")


@pytest.mark.parametrize("written", ["1_0", "nan", "1e2", "-181", ""])
def test_a_bounding_box_that_is_none_is_told(written: str) -> None:
    """Numbers that are none, or lie beyond the earth."""
    document = dataset(RECORD.replace("-5.14<", f"{written}<"))
    assert values(document, "dcat:bbox") == []
    assert "map-degrees" in codes(document.defects)


def test_a_record_that_names_no_resource_is_not_gone() -> None:
    """It is told by its name, so that the harvest is incomplete and nothing counts as gone."""
    root = parse_xml(RECORD.encode())
    assert not isinstance(root, Defect)
    for one in list(find_all(root, "identificationInfo")):
        root.remove(one)
    found = describe(root, SOURCE, "x", "fr-ors-exemple-0001")
    assert isinstance(found, Unreadable)
    assert (found.location, found.problem.code) == ("fr-ors-exemple-0001", "iso-no-resource")


def test_the_newer_standard_is_told_by_its_name() -> None:
    """ISO 19115-3 calls its root as ISO 19139 does, and little else."""
    found = read('<m:MD_Metadata xmlns:m="http://standards.iso.org/iso/19115/-3/mdb/2.0"/>')
    assert isinstance(found, Unreadable)
    assert found.problem.code == "xml-unknown"
    assert "MD_Metadata (ISO 19115-3)" in found.problem.message["en"]
