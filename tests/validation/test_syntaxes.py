"""A fix fits the syntax of the document that it is for."""

import pyoxigraph as ox
import pytest

from red_catalog.model import Document, Problem
from red_catalog.rdf.limits import Limits
from red_catalog.validation.advice.ntriples import write_lines
from red_catalog.validation.advice.pasting import paste, paste_choice, paste_inside
from red_catalog.validation.advice.syntaxes import suit_problems
from red_catalog.validation.documents import Manner, check_rdf
from tests.test_samples import SAMPLES
from tests.validation.explained import change, problems

CONTACT = "<http://www.w3.org/2006/vcard/ns#hasEmail>"
# Without a distribution and a described contact; with a yes that is text.
CHANGED = change(
    ("dcat:distribution ici:dist-1, ici:dist-2 ;", ""),
    ("dcat:contactPoint ici:contact", 'dcat:contactPoint "eds@chu-valmorin.example"'),
    ("healthdcatap:hasStructuredData true ;", 'healthdcatap:hasStructuredData "oui" ;'),
)


def as_lines(turtle: str) -> str:
    """The same document as N-Triples."""
    found = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    written = ox.serialize((q.triple for q in found), format=ox.RdfFormat.N_TRIPLES)
    assert written
    return written.decode()


def told_of(name: str, content: bytes) -> list[Problem]:
    """The problems of a document."""
    (checked,) = check_rdf(Document(name, content), ("healthdcat-ap-8",), Limits(), Manner())
    assert checked.unreadable is None
    assert checked.quarantined == ()
    return [problem for dataset in checked.datasets for problem in dataset.problems]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_fixes_of_ntriples_can_be_pasted_into_them(lang: str) -> None:
    """Whole statements: the document with all of them is read, and what they correct is gone."""
    lines = as_lines(CHANGED)
    before = told_of("export.nt", lines.encode())
    pasted = [p for p in before if p.turtle and p.severity == "violation"]
    assert {p.kind for p in pasted} == {"missing", "value"}
    removed = set()
    for turtle in [p.turtle[lang] for p in pasted if p.turtle]:
        assert "@prefix" not in turtle
        removed |= {line[4:] for line in turtle.splitlines() if line.startswith("# - ")}
        lines += turtle
    assert removed <= set(lines.splitlines())
    kept = "\n".join(line for line in lines.splitlines() if line not in removed)
    after = told_of("export.nt", kept.encode())
    assert [p.message["fr"] for p in after if p.severity == "violation"] == []


def test_two_fixes_of_ntriples_name_nothing_alike() -> None:
    """What is described in one is not described by the other."""
    named = [
        {word for word in write_lines(fix["fr"]).split() if word.startswith("_:")}
        for subject in ("<urn:a>", "<urn:b>")
        if (fix := paste((), [(subject, "<urn:p>", {"fr": "[ a [] ]", "en": "[ a [] ]"})]))
    ]
    assert [len(names) for names in named] == [2, 2]
    assert named[0].isdisjoint(named[1])


def test_what_is_in_no_bracket_of_ntriples_is_named_by_the_document() -> None:
    """What to write of a thing without an address, with `_:…` in its place."""
    mail = {"fr": "<mailto:eds@chu.example>", "en": "<mailto:eds@chu.example>"}
    written = write_lines(paste_inside(CONTACT, '"eds"', mail, (), sure=True)["fr"])
    assert written == (
        "# À retirer, « _:… » étant le nom que le document lui donne :\n"
        f'# - _:… {CONTACT} "eds" .\n'
        "# À la place, écrivez :\n"
        f"#   _:… {CONTACT} <mailto:eds@chu.example> .\n"
    )
    choices = [{"fr": "[ … « EDS » … ]", "en": ""}, {"fr": "[ … ]", "en": ""}]
    chosen = write_lines(paste_choice("<urn:a>", "<urn:p>", choices, 1)["fr"])
    assert chosen.splitlines()[1:] == [
        "#   <urn:a> <urn:p> _:… .  # « EDS »",
        "#   <urn:a> <urn:p> _:… .",
    ]


def test_words_of_the_holder_stay_as_they_are() -> None:
    """Signs in a text that mean something of ours elsewhere; however many they are."""
    for said in (
        '"Séjours\u2028hospitaliers\x85"',
        '"Séjours [ … ] MCO"',
        '"[ … « MCO » … ]"',
        f'"{"[ … " * 20_000}"',
    ):
        title = {"fr": f"{said}@fr", "en": f"{said}@fr"}
        fix = paste([("<urn:a>", "<urn:p>", said)], [("<urn:a>", "<urn:p>", title)])
        assert fix
        told = [line for line in write_lines(fix["fr"]).split("\n") if "<urn:a>" in line]
        assert told == [f"# - <urn:a> <urn:p> {said} .", f"<urn:a> <urn:p> {said}@fr ."]


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("essais-cedre/cedre-diabete-1.jsonld", "en JSON-LD, propriété « {} » de l'objet dont "
         "l'@id est « {} »"),
        ("registre-cancers-dauphinois/catalogue.rdf", "en RDF/XML, propriété « {} » de l'élément "
         "dont le rdf:about est « {} »"),
    ],
)  # fmt: skip
def test_fixes_of_json_and_xml_say_where_they_belong(file: str, where: str) -> None:
    """They are Turtle, which no such document takes at its end: its object and property do."""
    path = SAMPLES / file
    found = [p for p in told_of(path.name, path.read_bytes()) if p.turtle]
    assert found
    for problem in found:
        assert problem.turtle
        turtle = problem.turtle["fr"]
        assert "# En Turtle, à écrire " in turtle
        assert "fin du document" not in turtle
        assert "end of the document" not in problem.turtle["en"]
        subject, *others = problem.subjects
        if turtle.count("\n<") == 1 and not others:
            verb = turtle.partition(f"\n{subject} ")[2].partition(" ")[0]
            assert where.format(verb, subject.strip("<>")) in turtle


def test_what_json_describes_in_place_stands_between_braces() -> None:
    """A block of JSON-LD is an object; what is to be removed is told as Turtle as well."""
    blank = '[ a vcard:Kind ; vcard:fn "EDS"@fr ; vcard:hasEmail "eds@chu-valmorin.example" ]'
    text = change(("dcat:contactPoint ici:contact", f"dcat:contactPoint {blank}"))
    (problem,) = problems(text, "hasEmail")
    (carried,) = suit_problems([problem], "jsonld")
    assert carried.turtle
    assert carried.turtle["fr"] == (
        "# En Turtle, à retirer dans l'objet JSON-LD (entre accolades) qui le décrit :\n"
        '# - vcard:hasEmail "eds@chu-valmorin.example" ;\n'
        "# À la place, écrivez :\n"
        "#   vcard:hasEmail <mailto:eds@chu-valmorin.example> ;\n"
    )
    (carried,) = suit_problems(problems(CHANGED, "hasStructuredData"), "rdf")
    assert carried.turtle
    assert carried.turtle["en"].count("\n# To remove from the document (here in Turtle):\n") == 1


@pytest.mark.parametrize(
    ("syntax", "truth", "link", "text"),
    [
        ("ttl", "Écrivez true, sans guillemets.",
         "Écrivez cette adresse comme un lien, entre chevrons et sans guillemets.",
         "Remplacez cette valeur par un texte entre guillemets."),
        ("nt", "Écrivez true, avec son type : ^^<http://www.w3.org/2001/XMLSchema#boolean>.",
         "Écrivez cette adresse comme un lien, entre chevrons et sans guillemets.",
         "Remplacez cette valeur par un texte entre guillemets."),
        ("jsonld", "Écrivez true, sans guillemets.",
         'Écrivez cette adresse comme un lien : {"@id": "…"}.',
         "Remplacez cette valeur par un texte."),
        ("rdf",
         'Écrivez true, avec rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean".',
         'Écrivez cette adresse comme un lien : rdf:resource="…".',
         "Remplacez cette valeur par un texte."),
        (None, "Écrivez true.", "Écrivez cette adresse comme un lien.",
         "Remplacez cette valeur par un texte."),
    ],
)  # fmt: skip
def test_no_quotes_are_spoken_of_where_none_can_be_written(
    syntax: str | None, truth: str, link: str, text: str
) -> None:
    """A link of JSON-LD is between quotation marks, and XML has none around its texts."""
    changed = change(
        ("healthdcatap:hasStructuredData true ;", 'healthdcatap:hasStructuredData "true" ;'),
        ("dcat:accessURL <https://www.chu-valmorin.example/recherche/acces/eds-sejours> ;",
         'dcat:accessURL "https://www.chu-valmorin.example/acces" ;'),
        ('csvw:name "id_patient" ;', "csvw:name <https://www.chu-valmorin.example/id_patient> ;"),
    )  # fmt: skip
    found = suit_problems([p for p in problems(changed) if p.kind == "value"], syntax)
    told = [one.fix["fr"] for one in found]
    assert {truth, link, text} <= set(told)


def test_what_a_finding_says_fits_the_syntax_as_its_problem_does() -> None:
    """Who reads the findings of a report is told the same."""
    document = Document("jeu.nt", as_lines(CHANGED).encode())
    (checked,) = check_rdf(document, ("healthdcat-ap-8",), Limits(), Manner())
    (dataset,) = checked.datasets
    fixes = {problem.fix["fr"] for problem in dataset.problems}
    assert {f.fix["fr"] for f in dataset.report.findings if f.fix} <= fixes


def test_nobody_is_told_a_syntax_that_is_not_known() -> None:
    """What was harvested may be written in any."""
    (problem,) = problems(
        change(("dcat:distribution ici:dist-1, ici:dist-2 ;", "")), "distribution"
    )
    (neutral,) = suit_problems([problem], None)
    assert neutral.turtle
    assert "# En Turtle, à écrire dans la syntaxe de votre description, " in neutral.turtle["fr"]
    assert suit_problems([problem], "ttl") == (problem,)
