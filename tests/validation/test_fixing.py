"""What is told and offered to paste: the holder's own words, and nothing that is not sure."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from red_catalog.model import Document, Report, Severity, Triple
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.validation import checking, installing, shapes_graph
from red_catalog.validation.advice.problems import find_problems
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.documents import Manner, check_rdf, source_of
from tests.test_samples import SAMPLES
from tests.validation.explained import DATASET, TEXT, change, problems

RIGHTS = f"{EU_AUTHORITY}access-right/"
NON_PUBLIC = f"<{RIGHTS}NON_PUBLIC>"
LAW = "dcatap:applicableLegislation <http://data.europa.eu/eli/reg/2025/327/oj>"
GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
PAGE = "<https://www.chu-valmorin.example/recherche/jeux/eds-sejours>"
PUBLISHER = "dct:publisher <https://donnees.chu-valmorin.example/organisation/chu-valmorin> ;"
PROFILES = ("healthdcat-ap-8", "hdh", "dcat-ap-3", "minimum-2026-2098", "red")


def levels(value: str) -> tuple[str, list[str], str]:
    """The advice on a value of access rights, the codes offered, and the correction to paste."""
    (problem,) = problems(change((NON_PUBLIC, value)), "accessRights")
    assert problem.turtle
    return (
        problem.fix["fr"],
        [s.iri.removeprefix(RIGHTS) for s in problem.suggestions],
        problem.turtle["fr"],
    )


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ('"public"@fr', "PUBLIC"),
        ('"PUBLIC"', "PUBLIC"),
        ('"Open access"', "PUBLIC"),
        ('"Accès public"@fr', "PUBLIC"),
        (f"<{RIGHTS.replace('http', 'https', 1)}PUBLIC>", "PUBLIC"),
        (f"<{RIGHTS}public>", "PUBLIC"),
        ('"restreint"@fr', "RESTRICTED"),
        (f"<{RIGHTS}RESTREINT>", "RESTRICTED"),
        ('"non public"', "NON_PUBLIC"),
    ],
)
def test_the_level_that_was_written_is_the_one_suggested(value: str, level: str) -> None:
    """The level that was assumed, to choose the shapes, is not put into the holder's mouth."""
    fix, codes, turtle = levels(value)
    assert codes == [level]
    assert fix.startswith("Vouliez-vous dire")
    assert (
        f"À ajouter à la fin du document :\n<{DATASET}> dct:accessRights <{RIGHTS}{level}>"
        in turtle
    )


@pytest.mark.parametrize(
    "value",
    ['"unrestricted"', '"accord du CHU"', "<http://purl.org/coar/access_right/c_abf2>",
     '"non restreint"', f"<{RIGHTS}SENSITIVE>"],
)  # fmt: skip
def test_all_levels_are_offered_where_none_was_written(value: str) -> None:
    """Public data are not called non-public because nothing else is known."""
    fix, codes, turtle = levels(value)
    assert codes == ["NON_PUBLIC", "RESTRICTED", "PUBLIC"]
    assert fix.startswith("Choisissez : ")
    assert "(exemple" in turtle


def test_a_code_that_is_only_alike_is_asked_about() -> None:
    """Its correction is an example to confirm."""
    (problem,) = problems(change((NON_PUBLIC, '"restrient"')), "accessRights")
    assert problem.fix == {
        "fr": f"Vouliez-vous dire « restreint » ? Si oui, écrivez « {RIGHTS}RESTRICTED ».",
        "en": f"Did you mean “restricted”? If so, write “{RIGHTS}RESTRICTED”.",
    }
    assert problem.turtle
    assert "(exemple" in problem.turtle["fr"]


def test_two_levels_are_one_problem_and_a_choice() -> None:
    """Which of the two is right is the holder's to say: nothing is removed, nothing is added."""
    two = f"<{RIGHTS}PUBLIC>, <{RIGHTS}RESTRICTED>"
    (problem,) = problems(change((NON_PUBLIC, two)), "accessRights")
    assert problem.message["fr"].endswith("a 2 valeurs ; il en faut une au plus.")
    assert (problem.kind, problem.removed, problem.suggestions) == ("many", (), ())
    assert problem.turtle == {
        "fr": "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "# Gardez une seule de ces lignes, retirez les autres :\n"
        f"#   <{DATASET}> dct:accessRights <{RIGHTS}PUBLIC> .\n"
        f"#   <{DATASET}> dct:accessRights <{RIGHTS}RESTRICTED> .\n",
        "en": "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "# Keep one of these lines, remove the others:\n"
        f"#   <{DATASET}> dct:accessRights <{RIGHTS}PUBLIC> .\n"
        f"#   <{DATASET}> dct:accessRights <{RIGHTS}RESTRICTED> .\n",
    }


def test_of_too_many_values_none_is_removed_for_the_holder() -> None:
    """The order of terms tells nothing: also what stands between brackets can be chosen."""
    several = (
        'dct:publisher [ a foaf:Agent ; foaf:name "Institut Z"@fr ], <https://orad.example/>, '
    )
    (problem,) = [
        p
        for p in problems(
            change((PUBLISHER, several + PUBLISHER.removeprefix("dct:publisher "))), "publisher"
        )
        if p.kind == "many"
    ]
    assert problem.turtle
    assert problem.removed == ()
    lines = [one for one in problem.turtle["en"].splitlines() if not one.startswith("@")]
    assert lines[0] == "# Keep one of these lines, remove the others:"
    assert sorted(line.rsplit("dct:publisher ")[1] for line in lines[1:]) == [
        "<https://donnees.chu-valmorin.example/organisation/chu-valmorin> .",
        "<https://orad.example/> .",
        "[ … « Institut Z » … ] .",
    ]


def test_of_texts_of_one_language_those_alone_are_the_choice(tmp_path: Path) -> None:
    """Where a shape of others asks for one text a language, the other languages stay."""
    shapes = """@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] a sh:NodeShape ; sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ; sh:property [
            sh:path <http://purl.org/dc/terms/alternative> ; sh:uniqueLang true ] ."""
    installing.install(shapes.encode(), "langues", tmp_path)
    titles = '"EDS Valmorin – séjours"@fr, "Séjours"@fr, "Stays"@en'
    text = change(('"EDS Valmorin – séjours"@fr', titles)).encode()
    checks = check_rdf(
        Document("essai.ttl", text), ["langues"], Limits(), Manner(installed=tmp_path)
    )
    ((problem,),) = (dataset.problems for checked in checks for dataset in checked.datasets)
    assert problem.message["fr"].endswith(
        "a plusieurs valeurs dans une même langue ; il en faut une au plus par langue."
    )
    assert problem.fix["en"] == "Keep one value per language."
    assert problem.turtle
    assert problem.turtle["fr"].endswith(
        "# Gardez une seule de ces lignes par langue, retirez les autres :\n"
        f'#   <{DATASET}> dct:alternative "EDS Valmorin – séjours"@fr .\n'
        f'#   <{DATASET}> dct:alternative "Séjours"@fr .\n'
    )


def test_a_text_without_its_language_keeps_its_words() -> None:
    """The keyword of the holder is not replaced by an example of ours."""
    (problem,) = problems(change(('"PMSI"@fr', '"PMSI"')), "keyword", ("red",))
    assert problem.turtle
    assert problem.turtle["fr"].endswith(
        "# À ajouter à la fin du document, avec la langue du texte (« fr » par exemple) :\n"
        f'<{DATASET}> dcat:keyword "PMSI"@fr .\n'
    )
    assert problem.turtle["en"].endswith(f'<{DATASET}> dcat:keyword "PMSI"@en .\n')


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ('dct:issued "2021-06-15"^^xsd:date', 'dct:issued "2021-06-15"',
         "Écrivez plutôt « 2021-06-15 », avec le type « date »."),
        ('dct:issued "2021-06-15"^^xsd:date', 'dct:issued "15/06/2021"',
         "Écrivez plutôt « 2021-06-15 », avec le type « date »."),
        ('"PMSI"@fr', '"PMSI"@fra', "Donnez à ce texte la langue « fr » : « PMSI »."),
    ],
)  # fmt: skip
def test_our_own_rules_say_what_is_right(old: str, new: str, fix: str) -> None:
    """Not to declare a value as a value."""
    (problem,) = problems(change((old, new)), profiles=("red",))
    assert problem.fix["fr"] == fix


def test_what_only_the_holder_knows_has_no_correction_to_paste() -> None:
    """A wrong number, or a date out of order, is not replaced by an example of ours."""
    wrong = change(("SIREN 999412075", "SIREN 999412076"), ('"2012-01-01"', '"2032-01-01"'))
    found = problems(wrong, profiles=("red",))
    assert [(p.rule or "").rpartition("#")[2] for p in found] == ["start-after-end", "wrong-siren"]
    assert [p.turtle for p in found] == [None, None]


def test_a_whole_text_is_not_replaced_for_a_word_that_was_left_in_it() -> None:
    """What a template left behind is replaced by an example; a description is the holder's."""
    left = change(("Ensemble des séjours", "[à compléter] Ensemble des séjours"))
    short = change(('"EDS Valmorin – séjours"@fr', '"à compléter"@fr'))
    (description,), (title,) = (problems(text, profiles=("red",)) for text in (left, short))
    assert (description.turtle, description.removed) == (None, ())
    assert [removed[2] for removed in title.removed] == ['"à compléter"@fr']


def test_an_example_within_a_block_says_that_it_is_one() -> None:
    """An address of ours is not to be copied as it is; the same value in its right form is."""
    person = change(('cv:email "entrepot-donnees@', 'cv:email "jean.dupont@'))
    period = '[ a dct:PeriodOfTime ; dcat:startDate "2013-01-01" ]'
    typed = change(("dct:temporal ici:periode", f"dct:temporal {period}"))
    (example,) = problems(person, "email", ("red",))
    (sure,) = problems(typed, "startDate", ("red",))
    assert example.turtle
    assert sure.turtle
    assert "# À la place, écrivez (exemple à adapter) :" in example.turtle["fr"]
    assert "# In its place, write (an example to adapt):" in example.turtle["en"]
    assert "# À la place, écrivez :" in sure.turtle["fr"]


def test_what_the_holder_wrote_stays_in_the_example() -> None:
    """The e-mail address of the contact, the name of the organisation."""
    text = change(("dcat:contactPoint ici:contact", 'dcat:contactPoint "dpo@chu.example"'),
                  (PUBLISHER, 'dct:publisher "CHU de \\\\ Valmorin"@fr ;'))  # fmt: skip
    (contact,), (publisher,) = problems(text, "dcat#contactPoint"), problems(text, "publisher")
    assert contact.turtle
    assert publisher.turtle
    assert "vcard:hasEmail <mailto:dpo@chu.example> ]" in contact.turtle["fr"]
    assert "vcard:hasEmail <mailto:dpo@chu.example> ]" in contact.turtle["en"]
    assert 'foaf:name "CHU de \\\\ Valmorin"@fr' in publisher.turtle["en"]


def test_a_misnamed_value_is_moved_where_it_will_do() -> None:
    """Every subject must have one, of the kind that the right property takes."""
    licence = "<http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>"
    one = change(
        ("a dcat:Distribution ;", f"a dcat:Distribution ; <https://schema.org/license> {licence} ;")
    )
    (problem,) = problems(one, "license")
    assert problem.removed == ()
    named = change((PUBLISHER, '<https://schema.org/publisher> "CHU de Valmorin"@fr ;'))
    (problem,) = problems(named, "publisher")
    assert problem.removed == ()


def test_a_law_under_another_address_is_told_alike_by_every_profile() -> None:
    """The correction of one profile leaves nothing for another to say."""
    text = change((LAW, f"{LAW}, <{GDPR}>"))
    ours, both = (
        problems(text, "applicableLegislation", p) for p in (("red",), ("healthdcat-ap-8", "red"))
    )
    assert [p.severity.value for p in both] == ["violation"]
    assert ours[0].turtle == both[0].turtle
    assert ours[0].turtle
    assert "<http://data.europa.eu/eli/reg/2016/679/oj>" in ours[0].turtle["fr"]


def test_a_value_that_a_graver_rule_asks_for_is_kept() -> None:
    """DCAT-AP 3 warns of the codes that it demands elsewhere: one word more would be wrong."""
    found = problems(TEXT, "adms#status", ("dcat-ap-3",))
    assert {p.fix["fr"] for p in found} == {
        "Gardez cette valeur : une règle plus forte du même profil la demande."
    }
    assert {p.turtle for p in found} == {None}


@pytest.mark.parametrize(
    ("written", "said", "fix", "turtle"),
    [
        ('"vrai"', "« vrai » n'est pas true (vrai) ou false (faux), sans guillemets.",
         "Écrivez true, sans guillemets.", "hasStructuredData true ."),
        ('"false"', "« false » est écrit entre guillemets, comme un texte.",
         "Écrivez false, sans guillemets.", "hasStructuredData false ."),
    ],
)  # fmt: skip
def test_true_and_false_are_told_as_they_are_written(
    written: str, said: str, fix: str, turtle: str
) -> None:
    """A French word for one of them is told what to write."""
    text = change(("hasStructuredData true", f"hasStructuredData {written}"))
    (problem,) = problems(text, "hasStructuredData")
    assert problem.message["fr"].endswith(f": {said}")
    assert problem.fix["fr"] == fix
    assert problem.turtle
    assert turtle in problem.turtle["fr"]


def test_hours_and_identifiers_have_their_own_grammar() -> None:
    """Hours are several in both languages, and an identifier is no other one."""
    hours = change(
        ("a cv:ContactPoint ;", "a cv:ContactPoint ; cv:openingHours <http://x.example/h> ;"),
        text=f'{TEXT}\n<http://x.example/h> rdfs:label "8 h - 18 h"@fr .\n',
    )
    (opening,) = (p for p in problems(hours) if "8 h" in p.message["fr"])
    assert opening.message == {
        "fr": "« Horaires d'ouverture » du point de contact de l'organisme « Centre hospitalier "
        "universitaire de Valmorin » : rien ne dit que « 8 h - 18 h » désigne des horaires.",
        "en": "“Opening hours” of the contact point of the organisation “Valmorin University "
        "Hospital”: nothing says that “8 h - 18 h” stands for opening hours.",
    }
    assert opening.fix == {
        "fr": "Précisez-le, avec le type « time:TemporalEntity » et ce qu'il faut en dire "
        "(« Description »), si ce sont bien des horaires, ou changez la valeur.",
        "en": "Say so, with the type “time:TemporalEntity” and what must be said of it "
        "(“Description”), if they are opening hours, or change the value.",
    }
    (other,) = problems(change(("a adms:Identifier ;", 'rdfs:label "z"@fr ;')), "#type")
    assert other.message["en"] == (
        "“Other identifier” of the dataset: nothing says that “z” is an identifier."
    )


def test_a_missing_element_has_a_remedy_besides_its_message() -> None:
    """The same sentence is not told twice, as what is wrong and as what to do."""
    (problem,) = problems(change((PUBLISHER, "")), "publisher", ("minimum-2026-2098",))
    assert problem.message["fr"].startswith("Élément minimal manquant : indiquez")
    assert problem.fix == {
        "fr": "Ajoutez « Éditeur » à la description du jeu de données.",
        "en": "Add “Publisher” to the description of the dataset.",
    }


def test_places_have_examples_of_places() -> None:
    """A bounding box is no text to adapt."""
    for name, kind in (("bbox", "POLYGON(("), ("centroid", "POINT(")):
        (problem,) = problems(TEXT, f"dcat#{name}")
        assert problem.turtle
        assert kind in problem.turtle["fr"]
        assert "#wktLiteral>" in problem.turtle["fr"]


def as_lines(triples: list[Triple]) -> bytes:
    """Statements as N-Triples."""
    return "".join(f"{s} {p} {o} .\n" for s, p, o in dict.fromkeys(triples)).encode()


def violations(report: Report) -> set[tuple[str | None, ...]]:
    """What tells the violations of a report apart."""
    grave = (f for f in report.findings if f.severity is Severity.VIOLATION)
    return {(f.focus, f.path, f.value, f.component) for f in grave}


CHANGED = {
    "contact.ttl": change(("dcat:contactPoint ici:contact", 'dcat:contactPoint "dpo@chu.example"')),
    "page.ttl": change((f"dcat:landingPage {PAGE}", f'dcat:landingPage "{PAGE[1:-1]}"')),
    "law.ttl": change((LAW, f"{LAW}, <{GDPR}>")),
    "publisher.ttl": change((PUBLISHER, '<https://schema.org/publisher> "CHU"@fr ;')),
    "rights.ttl": change((NON_PUBLIC, '"restricted"')),
    "status.ttl": change((NON_PUBLIC, f"<{RIGHTS}SENSITIVE>")),
}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_pasted_correction_adds_no_violation(profile: str) -> None:
    """Every correction to paste, once for each rule, of the samples and of some changes of one."""
    files = [
        p for p in sorted(SAMPLES.rglob("*")) if p.suffix in {".ttl", ".jsonld", ".rdf", ".nt"}
    ]
    documents = [Document(p.name, p.read_bytes()) for p in files]
    documents += [Document(name, text.encode()) for name, text in CHANGED.items()]
    tried = set()
    for document in documents:
        found = read(document, source_of(document.location), Limits())
        for record in getattr(found, "records", ()):
            triples = list(read_canonical(record.canonical))
            report = checking.validate(record.iri, record.canonical, profile)
            shapes = shapes_graph.shapes(profile, report.level)
            for problem in find_problems(report, shapes, triples, record.iri):
                key = (
                    document.location in CHANGED,
                    problem.kind,
                    problem.path,
                    problem.rule,
                    problem.fix["fr"],
                )
                if problem.turtle is None or key in tried:
                    continue
                tried.add(key)
                for turtle in problem.turtle.values():
                    added = [
                        (str(q.subject), str(q.predicate), str(q.object))
                        for q in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
                    ]
                    kept = [t for t in triples if t not in problem.removed]
                    after = checking.validate(record.iri, as_lines([*kept, *added]), profile)
                    if after.level is report.level:
                        assert violations(after) <= violations(report), turtle
    assert len(tried) > {"minimum-2026-2098": 5, "red": 5}.get(profile, 15)


def test_a_duration_that_lacks_its_type_alone_is_kept() -> None:
    """What reads as a duration is declared as one; what does not is replaced."""
    said = {}
    for value in ("P1D", "un jour"):
        text = change(
            ('dcat:temporalResolution "P1D"^^xsd:duration', f'dcat:temporalResolution "{value}"')
        )
        (said[value],) = problems(text, "temporalResolution")
    assert (
        said["P1D"]
        .message["fr"]
        .endswith("« P1D » est lisible, mais n'est pas déclaré comme une durée.")
    )
    assert said["P1D"].fix["en"] == "Keep the value and declare it as a duration."
    assert said["P1D"].turtle
    assert '"P1D"^^xsd:duration' in said["P1D"].turtle["fr"]
    assert (
        said["un jour"]
        .message["fr"]
        .endswith("« un jour » n'est pas une durée comme P1M (un mois) ou P1Y (un an).")
    )
