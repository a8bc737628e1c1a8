"""DDI codebooks: words of elements that hold codes, links, paragraphs or HTML; who is left out."""

import pytest

from red_catalog.harvesters.ddi_text import read_line, read_name, read_text
from red_catalog.harvesters.payload import describe
from red_catalog.harvesters.xmltree import parse_xml
from red_catalog.model import Defect, Document, Source
from tests.harvesters.protocols import recorded, values

SOURCE = Source("ined", "ined", "ddi", "https://ined.exemple.fr/enquete.xml")
CODEBOOK = recorded("ddi/codebook.xml").decode()
ROR = "https://ror.org/02vjkv261"
LINK = f'<ExtLink URI="{ROR}" title="ROR">{ROR}</ExtLink>'


def read(text: str) -> Document:
    """The description that a codebook becomes."""
    root = parse_xml(text.encode())
    assert not isinstance(root, Defect)
    found = describe(root, SOURCE, "enquete", "enquete.xml")
    assert isinstance(found, Document)
    return found


def losses(document: Document, what: str) -> list[str]:
    """What is told to have no place, of one element."""
    said = [d.message["fr"] for d in document.defects if d.code == "map-nowhere"]
    return [one.split("« ")[1].split(" »")[0] for one in said if one.lower().startswith(what)]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("Face à face<concept>Interview.FaceToFace</concept>", "Face à face"),
        ("<concept>Interview.FaceToFace</concept>", "Interview.FaceToFace"),
        ("<p>Premier.</p><p>Second.</p>", "Premier.\nSecond."),
        ("Trois <hi>vagues</hi><list><itm>2020</itm><itm>2022</itm></list>",
         "Trois vagues\n2020\n2022"),
        ("Enquête<txt>menée en 2020</txt>", "Enquête\nmenée en 2020"),
        ("&lt;p&gt;Du &lt;b&gt;sang&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;L&amp;#39;étude&lt;/p&gt;",
         "Du sang.\nL'étude"),
        ("H<hi>2</hi>O, l'<ExtLink>étude</ExtLink>, voir<ExtLink>le site</ExtLink>.",
         "H2O, l'étude, voir le site."),
        ("10<x:sup xmlns:x='http://www.w3.org/1999/xhtml'>3</x:sup> tubes", "10³ tubes"),
        ("Deux\n lignes  ", "Deux\nlignes"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_are_not_glued_to_what_lies_beside_them(inside: str, expected: str) -> None:
    """Codes are left out, paragraphs and escaped HTML are laid out, links in a text are read."""
    element = parse_xml(f"<abstract>{inside}</abstract>".encode())
    assert not isinstance(element, Defect)
    assert read_text(element) == expected
    assert read_line(element) == " ".join(expected.split())


@pytest.mark.parametrize(
    ("inside", "expected"), [(f"Inserm{LINK}", "Inserm"), (LINK, ROR), ("Inserm\n U1", "Inserm U1")]
)
def test_a_name_is_read_without_the_link_beside_it(inside: str, expected: str) -> None:
    """Unless the link is all there is."""
    element = parse_xml(f"<AuthEnty>{inside}</AuthEnty>".encode())
    assert not isinstance(element, Defect)
    assert read_name(element) == expected


def test_controlled_terms_and_links_of_names_are_told() -> None:
    """They are left out of what is published, from keywords to variables, and not lost."""
    text = CODEBOOK.replace("en santé</AuthEnty>", f"en santé{LINK}</AuthEnty>")
    for words, code in (("Entretien par téléphone", "Interview.Telephone"), ("Santé", "Health"),
                        ("Individu", "Individual"), ("Bretagne", "FR-BRE"),
                        ("Fume actuellement", "Tobacco")):  # fmt: skip
        text = text.replace(f"{words}</", f"{words}<concept>{code}</concept></", 1)
    document = read(text)
    plain = read(CODEBOOK)
    for predicate in ("dcat:keyword", "foaf:name", "rdfs:label", "skos:prefLabel", "csvw:title",
                      "healthdcatap:populationCoverage"):  # fmt: skip
        assert values(document, predicate) == values(plain, predicate)
    assert losses(document, "extlink") == [ROR]
    (told,) = losses(document, "concept")
    assert set(told.split(", ")) == {"Interview.Telephone", "Health", "Individual", "FR-BRE"}


@pytest.mark.parametrize(
    ("clusion", "expected"),
    [("", "Adultes@fr"), (' clusion="I"', "Adultes@fr"),
     (' clusion="E"', "Population exclue : Adultes@fr"),
     (' clusion="E" xml:lang="en"', "Excluded population: Adultes@en")],
)  # fmt: skip
def test_who_is_excluded_is_not_said_to_be_covered(clusion: str, expected: str) -> None:
    """A universe that the study leaves out is named as such."""
    universe = f"<universe{clusion}>Adultes</universe>"
    start = CODEBOOK.index("<universe>")
    end = CODEBOOK.index("</universe>") + len("</universe>")
    document = read(CODEBOOK[:start] + universe + CODEBOOK[end:])
    assert expected in values(document, "healthdcatap:populationCoverage")


def test_the_box_of_a_study_is_a_place() -> None:
    """In degrees, beside the names of places."""
    sides = {"west": "1.4", "east": "3.5", "south": "48.1", "north": "49.2"}
    box = "".join(f"<{side}BL>{one}</{side}BL>" for side, one in sides.items())
    document = read(CODEBOOK.replace("<anlyUnit>", f"<geoBndBox>{box}</geoBndBox><anlyUnit>", 1))
    assert values(document, "dcat:bbox")[0].startswith("POLYGON((1.4 48.1, 3.5 48.1, 3.5 49.2")


def test_publications_are_taken_over_by_their_address() -> None:
    """By a link, or by their DOI; those without either are told."""
    linked = "<relPubl><citation/><ExtLink URI='https://revue.example/1'/></relPubl>"
    by_doi = "<relPubl><citation><titlStmt><IDNo>10.1000/a2</IDNo></titlStmt></citation></relPubl>"
    cited = "Rein, 2025"
    bare = (
        f"<relPubl><citation><titlStmt><titl>{cited}</titl><IDNo>PMID 3</IDNo></titlStmt>"
        "</citation></relPubl>"
    )
    short = "<relPubl><ExtLink URI='revue.example/4'/></relPubl>"
    material = f"<othrStdyMat>{linked}{by_doi}{bare}{short}</othrStdyMat></stdyDscr>"
    document = read(CODEBOOK.replace("</stdyDscr>", material, 1))
    expected = ["https://doi.org/10.1000/a2", "https://revue.example/1"]
    assert values(document, "dct:isReferencedBy") == expected
    assert losses(document, "relpubl") == [f"{cited} PMID 3", "revue.example/4"]


def test_variables_are_those_of_the_file_in_which_they_are_located() -> None:
    """Dataverse names it in `location`; the others do so in `files`."""
    file = '<fileDscr ID="F2"><fileTxt><fileName>suivi.tab</fileName></fileTxt></fileDscr>'
    variable = '<var name="DFG"><location fileid="F2"/></var>'
    text = CODEBOOK.replace("<dataDscr>", f"{file}<dataDscr>{variable}", 1)
    assert "suivi.tab@fr" in values(read(text), "dct:title")


@pytest.mark.parametrize("path", [
    "citation/prodStmt/software", "citation/prodStmt/prodPlac", "method/stdyClas",
    "method/dataColl/collectorTraining", "method/dataColl/sources/srcDocu",
])  # fmt: skip
def test_what_no_property_takes_is_told(path: str) -> None:
    """Wherever a codebook says it."""
    *outer, name = path.split("/")
    opening, closing = ("".join(f"<{mark}{one}>" for one in order) for mark, order in
                        (("", outer), ("/", outer[::-1])))  # fmt: skip
    part = f"{opening}<{name}>REDCap</{name}>{closing}</stdyDscr>"
    assert losses(read(CODEBOOK.replace("</stdyDscr>", part, 1)), name.lower()) == ["REDCap"]


@pytest.mark.parametrize(
    ("tag", "title", "method", "unit"),
    [
        ("fr", "", "Fréquence de collecte : Annuelle@fr", "Unité d'analyse : Individu@fr"),
        ("", "fr", "Fréquence de collecte : Annuelle", "Unité d'analyse : Individu"),
        ("de", "fr", "Annuelle@de", "Unit of analysis: Individu@de"),
        ("", "", "Annuelle", "Unit of analysis: Individu"),
    ],
)
def test_words_on_how_data_were_collected_say_what_they_tell(
    tag: str, title: str, method: str, unit: str
) -> None:
    """In their language, else in that of the title."""
    own, of_title = (f' xml:lang="{one}"' if one else "" for one in (tag, title))
    document = read(
        f"<codeBook><stdyDscr><citation><titlStmt><titl{of_title}>Cohorte</titl></titlStmt>"
        f"</citation><stdyInfo><sumDscr><anlyUnit{own}>Individu</anlyUnit></sumDscr></stdyInfo>"
        f"<method><dataColl><frequenc{own}>Annuelle</frequenc></dataColl></method>"
        "</stdyDscr></codeBook>"
    )
    assert values(document, "rdfs:label") == [method]
    assert values(document, "healthdcatap:populationCoverage") == [unit]
