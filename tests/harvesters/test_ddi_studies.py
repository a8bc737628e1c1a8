"""DDI documents of several studies, and the files of a codebook."""

from xml.etree.ElementTree import Element

import pytest

from red_catalog.harvesters import ddi_lifecycle, ddi_studies, xmltree
from red_catalog.harvesters.payload import describe, describe_all
from red_catalog.harvesters.xmltree import local, parse_xml
from red_catalog.model import Defect, Document, Source, Unreadable
from red_catalog.namespaces import term
from red_catalog.rdf.writing import triples
from tests.harvesters.protocols import codes, examine, recorded, values

SOURCE = Source("ined", "ined", "ddi", "https://ined.exemple.fr/vagues.xml")
CODEBOOK = recorded("ddi/codebook.xml").decode()
BY = "http://creativecommons.org/licenses/by/4.0"
NC = "http://creativecommons.org/licenses/by-nc/4.0"
CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
FILES = """<fileDscr ID="f1" URI="https://dv.exemple.fr/api/access/datafile/1"><fileTxt>
  <fileName>adultes.csv</fileName><fileType>text/csv</fileType></fileTxt></fileDscr>
<fileDscr ID="f2" URI="adultes.Nesstar?Index=0"/>
<otherMat ID="f3" URI="https://dv.exemple.fr/api/access/datafile/3" level="datafile">
  <labl>dictionnaire.pdf</labl><txt>Dictionnaire des variables</txt>
  <notes level="file" type="DATAVERSE:CONTENTTYPE">application/pdf</notes></otherMat>
<otherMat URI="https://dv.exemple.fr/questionnaire" level="study"/>
"""
TERMS = f'<notes type="DVN:TOU">CC BY 4.0 &lt;a href="{BY}"&gt;texte&lt;/a&gt;</notes>'


def read(text: str) -> Document | Unreadable:
    """What becomes of a DDI document."""
    root = parse_xml(text.encode())
    assert not isinstance(root, Defect)
    return describe(root, SOURCE, "vagues", "vagues.xml")


def study(number: int, inside: str = "") -> str:
    """The study unit of one wave of a survey."""
    return (
        f"<StudyUnit><URN>urn:ddi:fr.ined:vague{number}:1</URN><Citation><Title><String>Vague "
        f"{number}</String></Title></Citation>{inside}</StudyUnit>"
    )


def variable(name: str) -> str:
    """A variable of its own."""
    urn = f"<URN>urn:ddi:fr.ined:{name}:1</URN>"
    return f"<Variable>{urn}<VariableName><String>{name}</String></VariableName></Variable>"


def said(text: str, predicate: str) -> dict[str, list[str]]:
    """By the ends of the IRIs, what the records of a document say under a predicate."""
    document = read(text)
    assert isinstance(document, Document)
    return {
        record.iri[-6:]: sorted(
            o.strip('"') for _, p, o in triples(record.canonical) if p == term(predicate)
        )
        for record in examine(document).records
    }


def test_each_study_of_a_document_is_a_dataset() -> None:
    """With the variables inside it, and the name that its own identifier gives."""
    waves = "".join(study(n, variable(f"AGE_V{n}")) for n in (1, 2, 3))
    text = f"<DDIInstance><Group>{waves}</Group></DDIInstance>"
    expected = {f"vague{n}": [f"AGE_V{n}"] for n in (1, 2, 3)}
    assert said(text, "csvw:name") == expected
    assert said(text, "dct:identifier") == {f"vague{n}": [f"fr.ined:vague{n}"] for n in (1, 2, 3)}


def test_what_a_study_refers_to_is_its_own() -> None:
    """Near or far, in whatever order the fragments come; a variable of nobody is told."""
    scheme = (
        "<VariableScheme><URN>urn:ddi:fr.ined:s{0}:1</URN><VariableReference><Agency>fr.ined"
        "</Agency><ID>AGE_V{0}</ID></VariableReference></VariableScheme>"
    )
    refers = "<LogicalProductReference><URN>urn:ddi:fr.ined:s{0}:1</URN></LogicalProductReference>"
    parts = [
        *(variable(name) for name in ("AGE_V1", "AGE_V2", "PERDUE")),
        *(scheme.format(n) for n in (1, 2)),
        *(study(n, refers.format(n)) for n in (1, 2)),
    ]
    for ordered in (parts, parts[::-1]):
        fragments = "".join(f"<Fragment>{one}</Fragment>" for one in ordered)
        text = f"<FragmentInstance>{fragments}</FragmentInstance>"
        assert said(text, "csvw:name") == {"vague1": ["AGE_V1"], "vague2": ["AGE_V2"]}
        document = read(text)
        assert isinstance(document, Document)
        assert codes(document.defects) == [
            "ddi-whose",
            "ddi-whose",
            "map-minted-here",
            "map-minted-here",
        ]


def test_studies_that_share_too_much_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many that each refer to all variables would take without end; nothing counts as gone."""
    refers = "<VariableSchemeReference><ID>tout</ID></VariableSchemeReference>"
    waves = "".join(study(n, refers) for n in range(20))
    scheme = f"<VariableScheme><ID>tout</ID>{variable('AGE') * 20}</VariableScheme>"
    text = f"<DDIInstance>{waves}{scheme}</DDIInstance>"
    assert isinstance(read(text), Document)
    monkeypatch.setattr(ddi_studies, "_ROOM", 1000)
    found = read(text)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "ddi-too-large"


def test_conditions_of_a_group_are_those_of_each_of_its_studies() -> None:
    """Open access that a study states is not believed where the group limits it."""
    access = "<AccessConditions><Content>{}</Content></AccessConditions>"
    waves = study(1, access.format("Accès libre")) + study(2)
    text = f"<Group>{access.format('Sur projet, après avis du comité')}{waves}</Group>"
    text = f"<DDIInstance>{text}</DDIInstance>"
    assert said(text, "dct:accessRights") == {"vague1": [], "vague2": []}
    assert [len(found) for found in said(text, "dct:rights").values()] == [2, 1]


def test_each_study_of_a_codebook_is_a_dataset() -> None:
    """Files and variables, of which nothing says whose they are, are told."""
    second = CODEBOOK[CODEBOOK.index("<stdyDscr>") : CODEBOOK.index("</stdyDscr>")]
    second = second.replace("10.57745/EXEMPLE1", "10.57745/EXEMPLE2") + "</stdyDscr>"
    document = read(CODEBOOK.replace("<fileDscr", f"{second}<fileDscr", 1))
    assert isinstance(document, Document)
    iris = [record.iri for record in examine(document).records]
    assert iris == [f"https://doi.org/10.57745/EXEMPLE{n}" for n in (1, 2)]
    told = [d.message["en"] for d in document.defects if d.code == "ddi-whose"]
    assert len(told) == 2
    assert "left out (5)" in told[0]
    again = read(CODEBOOK.replace("<fileDscr", f"{second}{second}<fileDscr", 1))
    assert isinstance(again, Document)
    assert [record.iri for record in examine(again).records] == iris
    assert "ddi-same-name" in codes(again.defects)


def titled(*names: str) -> str:
    """A codebook of studies with these identifiers; some may be empty."""
    studies = "".join(
        "<stdyDscr><citation><titlStmt><titl>Vague</titl>"
        f"{name and f'<IDNo>{name}</IDNo>'}</titlStmt></citation></stdyDscr>"
        for name in names
    )
    return f"<codeBook>{studies}</codeBook>"


@pytest.mark.parametrize(
    "text",
    [
        titled("inst-1", "", "inst-2"),
        f"<DDIInstance>{study(1)}<StudyUnit/>{study(2)}</DDIInstance>",
    ],
)
def test_a_study_without_a_name_keeps_no_other_from_being_read(text: str) -> None:
    """It is told, and that the document is not whole, so that nothing of it counts as gone."""
    root = parse_xml(text.encode())
    assert not isinstance(root, Defect)
    document, rest = describe_all(root, SOURCE, "vagues", "vagues.xml")
    assert isinstance(document, Document)
    assert [one.iri[-1] for one in examine(document).records] == ["1", "2"]
    assert "ddi-nameless" not in codes(document.defects)
    assert isinstance(rest, Unreadable)
    assert rest.problem.code == "ddi-nameless"


@pytest.mark.parametrize("kind", ["codebook", "lifecycle"])
def test_studies_without_names_are_not_read(kind: str) -> None:
    """Nobody knows which they are, so that nothing of the document counts as gone."""
    text = {
        "codebook": titled("", ""),
        "lifecycle": "<DDIInstance><StudyUnit/><StudyUnit/></DDIInstance>",
    }[kind]
    found = read(text)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "ddi-nameless"


def test_files_of_a_codebook_are_distributions() -> None:
    """Title, format and the licence of the study; documents are pages; no address is told."""
    text = CODEBOOK.replace("<dataDscr>", f"{FILES}<dataDscr>", 1)
    document = read(text.replace("</dataAccs>", f"{TERMS}</dataAccs>"))
    assert isinstance(document, Document)
    urls = [f"https://dv.exemple.fr/api/access/datafile/{n}" for n in (1, 3)]
    types = "http://publications.europa.eu/resource/authority/file-type/"
    expected = {
        "dcat:accessURL": urls,
        "dct:format": [f"{types}CSV", f"{types}PDF"],
        "dct:license": [CC_BY, CC_BY],
        "foaf:page": ["https://dv.exemple.fr/questionnaire"],
    }
    assert expected == {predicate: values(document, predicate) for predicate in expected}
    assert "dictionnaire.pdf@fr" in values(document, "dct:title")
    assert "Dictionnaire des variables@fr" in values(document, "dct:description")
    assert "CC BY 4.0 texte (http://creativecommons.org/licenses/by/4.0)@fr" in values(
        document, "rdfs:label"
    )
    assert "map-url" in codes(document.defects)


def test_the_licence_of_a_codebook_without_files_is_that_of_the_study() -> None:
    """It is not lost."""
    document = read(CODEBOOK.replace("</dataAccs>", f"{TERMS}</dataAccs>"))
    assert isinstance(document, Document)
    assert values(document, "dct:license") == [CC_BY]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (BY, [CC_BY]),
        (f"Conditions : &lt;a class='lien' href='{BY}'&gt;CC BY 4.0&lt;/a&gt;", [CC_BY]),
        (f"Hors images : &lt;a href='{BY}'&gt;CC BY 4.0&lt;/a&gt;", []),
        (f"Ces données ne sont pas sous &lt;a href='{BY}'&gt;licence libre&lt;/a&gt;.", []),
        (f"&lt;a href='{NC}'&gt;Attribution - Non Commercial&lt;/a&gt;", [f"{CC_BY[:-4]}NC_4_0"]),
        (f"Ces données ne sont pas sous licence {BY} : accès sur projet.", []),
        (f"{BY}, sauf les données individuelles", []),
    ],
)
def test_a_licence_that_a_sentence_names_is_told_and_not_taken(
    terms: str, expected: list[str]
) -> None:
    """It may say that the licence does not apply; an address alone is the licence, or a link."""
    notes = f"<notes>{terms}</notes></dataAccs>"
    document = read(CODEBOOK.replace("</dataAccs>", notes))
    assert isinstance(document, Document)
    assert values(document, "dct:license") == expected
    assert ("map-licence" in codes(document.defects)) is not bool(expected)


@pytest.mark.parametrize("kind", ["codebook", "lifecycle"])
def test_what_lies_outside_the_studies_is_looked_through_once(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for each study anew: twice as much of all is twice the work."""
    looks: list[int] = []

    def count(element: Element) -> str:
        looks[-1] += 1
        return local(element)

    for module in (xmltree, ddi_studies, ddi_lifecycle):
        monkeypatch.setattr(module, "local", count, raising=False)
    for number in (50, 100):
        looks.append(0)
        text = {
            "codebook": titled(*map(str, range(number))).replace(
                "</codeBook>", f"<dataDscr>{'<var/>' * number}</dataDscr></codeBook>"
            ),
            "lifecycle": f"<DDIInstance>{''.join(map(study, range(number)))}"
            f"{variable('AGE') * number}</DDIInstance>",
        }[kind]
        assert isinstance(read(text), Document)
    assert looks[1] < 2.5 * looks[0]


def test_studies_with_many_conditions_outside_them_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each condition would be said of each study, without end."""
    access = "<AccessConditions><Content>Sur projet</Content></AccessConditions>" * 20
    text = f"<DDIInstance>{''.join(map(study, range(20)))}{access}</DDIInstance>"
    assert isinstance(read(text), Document)
    monkeypatch.setattr(ddi_studies, "_REPEATED", 700)
    found = read(text)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "ddi-too-large"
