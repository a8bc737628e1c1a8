"""Dublin Core: which date is taken for that of publication, and what is not told twice."""

import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from red_catalog.harvesters import dublin_core
from red_catalog.harvesters.description import Description, begin
from red_catalog.harvesters.dublin_core import map_dublin_core
from red_catalog.harvesters.naming import name
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Source
from red_catalog.publish.record.properties import NAMES
from tests.harvesters.protocols import codes, recorded, values

SOURCE = Source("chu", "chu", "oaipmh", "https://chu.exemple.fr/oai")
ANNUAL = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
RECORD = recorded("oaipmh/oai_dc.xml").decode()


@pytest.mark.parametrize(
    ("second", "issued"),
    [
        ("", ["2026-05-04"]),
        ("<dc:date/>", ["2026-05-04"]),
        ("<dc:date>2026-05-04</dc:date>", ["2026-05-04"]),
        ("<dc:date>2027</dc:date>", []),
    ],
)
def test_a_single_date_is_that_of_publication(second: str, issued: list[str]) -> None:
    """The same one given twice is one; of two others nobody knows which is which."""
    root = parse_xml(RECORD.replace("<dc:date>2027</dc:date>", second).encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    assert values(found.document("x"), "dct:issued") == issued
    expected = ["map-nowhere", "map-one"] if issued else ["map-dates", "map-nowhere", "map-one"]
    assert codes(found.defects) == expected


def test_what_is_merely_missing_is_for_the_checks_to_tell() -> None:
    """A record without title and level of access gets no word of its own on either."""
    kept = re.sub(r"<dc:(title|rights)\b.*?</dc:\1>", "", RECORD, flags=re.DOTALL)
    root = parse_xml(kept.encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    assert values(found.document("x"), "dct:title") == []
    assert set(codes(found.defects)) <= {"map-nowhere", "map-dates", "map-one"}


def covering(*written: str) -> Description:
    """A record of a repository that covers these places and times."""
    coverage = "".join(f"<coverage xml:lang='fr'>{one}</coverage>" for one in written)
    root = parse_xml(f"<dc><title>Offre de soins</title>{coverage}</dc>".encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    return found


def test_a_country_may_be_covered_by_its_code() -> None:
    """In capitals, in two letters or three; a place that has other words keeps its name."""
    document = covering("FR", "BEL", "Pays de la Loire").document("x")
    country = "http://publications.europa.eu/resource/authority/country"
    assert {f"{country}/FRA", f"{country}/BEL"} <= set(values(document, "dct:spatial"))
    assert values(document, "skos:prefLabel") == ["Pays de la Loire@fr"]


def test_a_dcmi_box_is_a_place_with_a_rectangle() -> None:
    """Its name is kept; in units of its own, or broken, it is told."""
    box = "northlimit=48.9; southlimit=47.2; westlimit=-5.1; eastlimit=-1; name=Bretagne"
    document = covering(box).document("x")
    (place,) = values(document, "dcat:bbox")
    assert place == "POLYGON((-5.1 47.2, -1 47.2, -1 48.9, -5.1 48.9, -5.1 47.2))"
    assert values(document, "skos:prefLabel") == ["Bretagne@fr"]
    for written, code in ((f"{box}; units=m", "map-nowhere"), (box[17:], "map-degrees")):
        found = covering(written)
        assert code in codes(found.defects)
        assert values(found.document("x"), "dcat:bbox") == []
        assert values(found.document("x"), "skos:prefLabel") == ["Bretagne@fr"]


def test_a_dcmi_point_is_a_place_with_a_centre() -> None:
    """The place is called by the name in it, and not by all of the text."""
    found = covering("name=Rennes; east=-1,68; north=48.11;", "name=Brest; east=480; north=48")
    document = found.document("x")
    assert values(document, "skos:prefLabel") == ["Brest@fr", "Rennes@fr"]
    assert values(document, "dcat:centroid") == ["POINT(-1.68 48.11)"]
    assert codes(found.defects) == ["map-degrees", "map-minted-here"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("urgences ; grippe, suivi;", ["grippe, suivi@fr", "urgences@fr"]),
        ("diabète (type 1 ; type 2)", ["diabète (type 1 ; type 2)@fr"]),
        ("soins (ville) ; R&amp;amp;D", ["R&D@fr", "soins (ville)@fr"]),
    ],
)
def test_keywords_that_share_a_field_are_each_one(written: str, read: list[str]) -> None:
    """Semicolons part them, but in brackets; a comma may be of one."""
    found = holding(f"<subject>{written}</subject>")
    assert values(found.document("x"), "dcat:keyword") == read


@pytest.mark.parametrize(
    "name", ["isPartOf", "hasPart", "isVersionOf", "replaces", "isReplacedBy", "conformsTo"]
)
def test_related_works_are_taken_over_by_their_address(name: str) -> None:
    """What is no address of one is told."""
    found = holding(f"<{name}>doi:10.57745/registre</{name}><{name}>Le registre</{name}>")
    assert values(found.document("x"), f"dct:{name}") == ["https://doi.org/10.57745/registre"]
    assert codes(found.defects) == ["map-minted-here", "map-nowhere"]


def test_a_second_value_is_told_by_the_name_of_its_property() -> None:
    """In the holder's language, not as a mapping writes it."""
    root = parse_xml(RECORD.encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    (one,) = [d.message for d in found.defects if d.code == "map-one"]
    assert one["fr"].startswith("Éditeur : HealthDCAT-AP n'admet qu'une valeur ; « ")
    assert one["en"].startswith("Publisher: HealthDCAT-AP admits only one value; “")
    said = tell("map-code", what="dct:language", value="breton").message
    assert "(langue)" in said["fr"]
    assert "(language)" in said["en"]
    assert tell("map-nowhere", what="collDate", value="2024").message["fr"].startswith("collDate ")


def test_every_property_that_a_mapping_speaks_of_has_a_name() -> None:
    """No prefixed name reaches a holder."""
    sources = Path(dublin_core.__file__).parent.glob("*.py")
    spoken = {
        one
        for file in sources
        for line in re.findall(
            r"(?m)^.*(?:what=|_date\(|_DATES|_SINGLE).*(?:\n    .*)?", file.read_text()
        )
        for one in re.findall(r'"([a-z]+:[A-Za-z]+)"', line)
    }
    assert len(spoken) > 8
    assert [one for one in sorted(spoken) if name(one) == (one, one)] == []
    elsewhere = {one: NAMES[one] for one in spoken if one in NAMES}
    assert {one: name(one) for one in elsewhere} == {
        one: (fr.lower(), en.lower()) for one, (fr, en) in elsewhere.items()
    }


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("Dataset", True),
        ("http://purl.org/dc/dcmitype/Dataset", True),
        ("clinical data", True),
        ("Données d'enquête", True),
        ("Données d’enquête", True),
        ("jeu de donnees de recherche", True),
        ("Registre", True),
        ("Cohorte de naissance", True),
        ("Plan de gestion de données", False),
        ("Rapport d'enquête", False),
        ("data paper", False),
        ("info:eu-repo/semantics/article", False),
        ("Thèse", False),
        ("Enquête (rapport)", False),
        ("Données personnelles (article)", False),
        ("Registre paroissial numérisé", False),
        ("Registre du cancer (Hérault)", True),
        ("Données de thèse", True),
    ],
)
def test_a_kind_of_data_in_free_words_is_a_dataset(kind: str, kept: bool) -> None:
    """Repositories take what depositors write as the type of the record; articles are none."""
    root = parse_xml(f"<dc><title>Séjours</title><type>{kind}</type></dc>".encode())
    assert not isinstance(root, Defect)
    assert isinstance(map_dublin_core(root, SOURCE, "x"), Description) is kept


LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"


def holding(elements: str) -> Description:
    """A record of a repository with these elements."""
    root = parse_xml(f"<dc xml:lang='fr'><title>Séjours</title>{elements}</dc>".encode())
    assert not isinstance(root, Defect)
    found = map_dublin_core(root, SOURCE, "x")
    assert isinstance(found, Description)
    return found


@pytest.mark.parametrize(
    ("elements", "name", "value"),
    [
        ("<provenance>Dossiers patients</provenance>", "rdfs:label", "Dossiers patients@fr"),
        ("<rightsHolder>CHU</rightsHolder>", "foaf:name", "CHU@fr"),
        *(
            (f"<accrualPeriodicity>{one}</accrualPeriodicity>", "dct:accrualPeriodicity", ANNUAL)
            for one in ("Annual", "annuel", "annuelle", "http://purl.org/cld/freq/annual", ANNUAL)
        ),
        (f"<license>{LICENCE}</license>", "dct:license", CC_BY),
        (f"<rights>{LICENCE}</rights>", "dct:license", CC_BY),
        *(
            (f"<{one}>Creative Commons Attribution 4.0 International</{one}>", "dct:license", CC_BY)
            for one in ("license", "rights")
        ),
        (f"<rights>{LICENCE}</rights><license>{LICENCE}</license>", "dct:license", CC_BY),
    ],
)
def test_terms_of_dcterms_are_taken_over(elements: str, name: str, value: str) -> None:
    """Provenance, holder of rights, frequency by code or name, licence by its address."""
    found = holding(elements)
    assert values(found.document("x"), name) == [value]
    assert not {"map-nowhere", "map-code", "map-one"} & set(codes(found.defects))


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("description", "dct:description"),
        ("abstract", "dct:description"),
        ("rights", "rdfs:label"),
        ("provenance", "rdfs:label"),
    ],
)
def test_a_text_is_without_the_tags_that_lay_it_out(element: str, name: str) -> None:
    """Zenodo and DSpace write HTML, which becomes words: powers stay powers."""
    words = (
        "&lt;p&gt;Passages aux &lt;em&gt;urgences&lt;/em&gt;, 10&lt;sup&gt;6&lt;/sup&gt;&lt;/p&gt;"
    )
    found = holding(f"<{element}>{words}</{element}>")
    assert values(found.document("x"), name) == ["Passages aux urgences, 10⁶@fr"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("info:eu-repo/semantics/openAccess", []),
        (LICENCE, []),
        ("Accès restreint", ["Accès restreint@fr"]),
        ("Citer le registre", ["Citer le registre@fr"]),
    ],
)
def test_an_address_that_names_licence_or_level_is_no_statement(
    words: str, shown: list[str]
) -> None:
    """Each has a property of its own; words are for people."""
    assert values(holding(f"<rights>{words}</rights>").document("x"), "rdfs:label") == shown


LINK = f'&lt;a class="lien" href="{LICENCE}"&gt;CC BY&lt;/a&gt;'


@pytest.mark.parametrize(
    ("words", "licences"),
    [
        (f"Sauf accord, {LICENCE} ne vaut pas ici.", []),
        (f"Réservé à la recherche ; les images seules sont sous {LINK}", []),
        (f"Données non ouvertes (la notice est sous {LINK})", []),
        (f"{LINK} pour la notice, {LINK}", []),
        (LINK, [CC_BY]),
    ],
)
@pytest.mark.parametrize("element", ["license", "rights"])
def test_a_sentence_on_a_licence_is_no_licence(
    element: str, words: str, licences: list[str]
) -> None:
    """It stays a statement on rights, as the words of a link do that is all of the text."""
    found = holding(f"<{element}>{words}</{element}>")
    assert values(found.document("x"), "dct:license") == licences
    assert len(values(found.document("x"), "dct:rights")) == 1


@pytest.mark.parametrize("written", ["Parfois", "hebdomadaire/mensuelle"])
def test_a_frequency_of_no_list_is_told(written: str) -> None:
    """Nothing is guessed of a word that no list has, nor of two."""
    told = holding(f"<accrualPeriodicity>{written}</accrualPeriodicity>").defects
    assert "map-code" in codes(told)


@pytest.mark.parametrize(
    ("identifiers", "iri"),
    [
        (
            ("http://hdl.handle.net/1/2", "doi:10.57745/AB", "sejours"),
            "http://hdl.handle.net/1/2",
        ),
        (("https://b.exemple.fr/2", "urn:x:1", "https://a.exemple.fr/3"), "https://a.exemple.fr/3"),
    ],
)
def test_another_order_of_the_identifiers_is_no_other_dataset(
    identifiers: tuple[str, ...], iri: str
) -> None:
    """What is no DOI names it before a DOI, and leads to its page; all of them are kept."""
    for order in permutations(identifiers):
        found = holding("".join(f"<identifier>{one}</identifier>" for one in order))
        assert found.iri == iri
        assert values(found.document("x"), "dcat:landingPage") == [iri]
        assert values(found.document("x"), "dct:identifier") == sorted(identifiers)


@pytest.mark.parametrize("own", ["https://depot.chu.fr/{}", "urn:uuid:{}"])
def test_a_shared_doi_makes_no_two_records_one(own: str) -> None:
    """It may be that of an article or a collection; without another name it names the record."""
    doi = "https://doi.org/10.1234/revue.5"
    both = f"<identifier>{own}</identifier><identifier>{doi}</identifier>"
    assert [holding(both.format(n)).iri for n in (1, 2)] == [own.format(n) for n in (1, 2)]
    edition = (
        "<identifier>urn:ddi:fr.chu:sejours:2</identifier><identifier>URN:ISSN:1-2</identifier>"
    )
    assert holding(f"{edition}<identifier>{doi}</identifier>").iri == doi


def test_an_identifier_under_the_namespaces_of_the_holder_names_the_dataset() -> None:
    """Be it a DOI; one that comes later from elsewhere is no other dataset."""
    source = replace(SOURCE, namespaces=("https://doi.org/10.57745/", "https://chu.exemple.fr/"))
    for own in ("https://doi.org/10.57745/AB", "https://chu.exemple.fr/2"):
        for other in ("https://a.exemple.fr/1", "https://doi.org/10.1234/revue.5"):
            found = begin(source, [other, own], "x")
            assert found.iri == own
