"""What the plan does with shapes, good and bad, beside what the W3C suite asks."""

from pathlib import Path
from time import perf_counter

import pytest
import rdflib

from red_catalog.errors import RedError
from red_catalog.model import Triple
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.validation.compiled import data as data_module
from red_catalog.validation.compiled.data import Background, read_canonical
from red_catalog.validation.compiled.plan import Plan, compile_shapes
from tests import shared
from tests.bench import generator
from tests.validation.compiled.reference import background, plan

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ex: <https://chu.example.fr/> .
"""
DATASET = "<https://chu.example.fr/d>"


def make_plan(turtle: str, background: Background | None = None) -> Plan:
    """The plan of shapes in Turtle."""
    return compile_shapes(rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle"), background)


def dataset(*statements: tuple[str, str]) -> list[Triple]:
    """A dataset with these properties."""
    said = [(DATASET, term(name), value) for name, value in statements]
    return [(DATASET, RDF_TYPE, term("dcat:Dataset")), *said]


def found(plan: Plan, record: list[Triple]) -> list[tuple[str | None, ...]]:
    """Path, value and component of each result."""
    return [(r.path, r.value, r.component) for r in plan.validate(record)]


def test_a_result_has_all_its_fields() -> None:
    """Focus, path, value, component, severity, shape and messages are those of the shape."""
    shapes = make_plan("""
        ex:S a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property ex:P .
        ex:P sh:path dct:title ; sh:nodeKind sh:Literal ; sh:severity sh:Warning ;
            sh:message "Un titre est un texte."@fr , "A title is a text."@en .
    """)
    (result,) = shapes.validate(dataset(("dct:title", "<https://chu.example.fr/t>")))
    assert result == (
        DATASET, term("dct:title"), "<https://chu.example.fr/t>", "sh:NodeKindConstraintComponent",
        "sh:Warning", "<https://chu.example.fr/P>",
        ('"A title is a text."@en', '"Un titre est un texte."@fr'),
    )  # fmt: skip


def test_axioms_count_in_the_background_and_not_in_the_record() -> None:
    """A holder cannot make a class a kind of another; the background can."""
    turtle = """[] sh:targetClass dcat:Dataset ; sh:property
                   [ sh:path dct:publisher ; sh:class foaf:Agent ] ."""
    record = [
        *dataset(("dct:publisher", "_:b1")),
        ("_:b1", RDF_TYPE, term("foaf:Organization")),
    ]
    axiom = (term("foaf:Organization"), term("rdfs:subClassOf"), term("foaf:Agent"))
    failure = [(term("dct:publisher"), "_:b1", "sh:ClassConstraintComponent")]
    assert found(make_plan(turtle), [*record, axiom]) == failure
    assert found(make_plan(turtle, Background([axiom])), record) == []


def test_shapes_in_a_record_change_nothing() -> None:
    """Shapes that a holder ships are statements like others."""
    shapes = make_plan(
        "[] sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ; sh:minCount 1 ] ."
    )
    smuggled = [
        ("<https://chu.example.fr/s>", term("sh:targetClass"), term("dcat:Dataset")),
        ("<https://chu.example.fr/s>", term("sh:deactivated"), '"true"'),
    ]
    missing = (term("dct:title"), None, "sh:MinCountConstraintComponent")
    assert found(shapes, [*dataset(), *smuggled]) == [missing]


def test_results_about_the_background_are_not_the_records() -> None:
    """A code list that breaks a rule is nobody's finding; a code described anew is."""
    turtle = (
        "[] sh:targetClass skos:Concept ; sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] ."
    )
    code = ("<https://codes.example.org/A>", RDF_TYPE, term("skos:Concept"))
    shapes = make_plan(turtle, Background([code]))
    assert found(shapes, dataset(("dcat:theme", code[0]))) == []
    described = [*dataset(("dcat:theme", code[0])), (code[0], term("skos:notation"), '"A"')]
    assert [r.focus for r in shapes.validate(described)] == [code[0]]


def test_what_is_remembered_of_the_background_ends_where_a_record_describes_it() -> None:
    """An answer about a code is not used for a record that says more of the code."""
    code, listed = "<https://codes.example.org/A>", "<https://codes.example.org/list>"
    turtle = f"""[] sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:theme ; sh:node
                    [ sh:property [ sh:path skos:inScheme ; sh:hasValue {listed} ] ] ] ."""
    label = (code, term("skos:prefLabel"), '"A"')
    shapes = make_plan(turtle, Background([label]))
    record = dataset(("dcat:theme", code))
    failure = [(term("dcat:theme"), code, "sh:NodeConstraintComponent")]
    assert found(shapes, record) == failure
    assert found(shapes, [*record, (code, term("skos:inScheme"), listed)]) == []
    assert found(shapes, record) == failure


def test_the_background_is_followed_backward() -> None:
    """An inverse path finds subjects in the background and in the record."""
    broader = (
        "<https://codes.example.org/A>",
        term("skos:broader"),
        "<https://codes.example.org/B>",
    )
    turtle = """[] sh:targetObjectsOf dcat:theme ; sh:property
                   [ sh:path [ sh:inversePath skos:broader ] ; sh:maxCount 0 ] ."""
    shapes = make_plan(turtle, Background([broader]))
    record = dataset(("dcat:theme", broader[2]))
    assert [r.path for r in shapes.validate(record)] == [f"^{term('skos:broader')}"]


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("ex:S a sh:NodeShape ; sh:property [ sh:path dct:relation ; sh:node ex:S ] .", "itself"),
        ("ex:S sh:targetClass dcat:Dataset ; sh:or ( ex:T ) . ex:T sh:not ex:S .", "itself"),
        ("ex:S sh:targetClass dcat:Dataset ; sh:property [ sh:or ( ex:T ) ] .", "no sh:path"),
        ("ex:S a sh:PropertyShape .", "no sh:path"),
        ('[] sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount "un" ] .', "integer"),
        ("[] sh:targetClass ex:C ; sh:minCount 1 .", "no sh:path"),
        ("[] sh:targetClass ex:C ; sh:datatype xsd:date , xsd:string .", "one is allowed"),
        ('[] sh:targetClass ex:C ; sh:pattern "(" .', "regular expression"),
        ("[] sh:targetClass ex:C ; sh:nodeKind ex:Kind .", "sh:nodeKind"),
        ("[] sh:targetClass ex:C ; sh:in ex:notAList .", "list"),
        ("ex:S sh:targetClass ex:C ; sh:and _:l . _:l rdf:first ex:T ; rdf:rest _:l .", "list"),
        (
            "ex:S sh:targetClass ex:C ; sh:node " + "[ sh:node " * 50 + "ex:T" + "]" * 50 + ".",
            "deep",
        ),
        ("ex:S sh:targetClass ex:C ; sh:and () .", "empty list"),
        ("ex:S sh:targetClass ex:C ; sh:languageIn ( 1 ) .", "texts"),
        ("[] sh:targetClass ex:C ; sh:property [ sh:path [ ex:p ex:q ] ] .", "property path"),
        (
            "[] sh:targetClass ex:C ; sh:property [ sh:path _:a ] . _:a sh:inversePath _:a .",
            "circle",
        ),
    ],
)
def test_faulty_shapes_are_refused_in_one_sentence(turtle: str, words: str) -> None:
    """Shapes that are not well formed, or lead back to themselves, are refused by name."""
    with pytest.raises(RedError) as caught:
        make_plan(turtle)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_deactivated_shape_may_lead_back_to_itself() -> None:
    """What is never run is not recursive."""
    shapes = make_plan("""ex:S sh:targetClass dcat:Dataset ; sh:deactivated true ;
        sh:property [ sh:path dct:relation ; sh:node ex:S ] .""")
    assert (found(shapes, dataset()), shapes.unsupported) == ([], ())


def test_an_exploding_pattern_ends_in_time() -> None:
    """A pattern that backtracks for years fails the value within seconds."""
    file = shared.attack("shapes/90-redos.ttl")
    shapes = compile_shapes(rdflib.Graph().parse(Path(file)))
    hostile = dataset(*(("dct:description", f'"{"mot" * 20}{n}!"') for n in range(50)))
    start = perf_counter()
    results = shapes.validate(hostile)
    assert perf_counter() - start < 10
    assert {r.component for r in results} == {"sh:PatternConstraintComponent"}
    assert found(shapes, dataset(("dct:description", '"des mots simples"'))) == []


def test_imports_and_scripts_are_not_followed() -> None:
    """owl:imports and sh:js cause no request and no result."""
    shapes = compile_shapes(rdflib.Graph().parse(shared.attack("shapes/91-imports.ttl")))
    assert (found(shapes, dataset()), shapes.unsupported) == ([], ())


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "matches"),
    [
        (r"^\\w+$", "", "été", True),
        (r"^\\d+$", "", "12", True),
        ("chu", "i", "Le CHU", True),
        ("^b$", "m", "a\\nb", True),
        ("^b$", "", "a\\nb", False),
        (r"^(?!\\s*$).+", "", "  ", False),
        (r"^(?!\\s*$).+", "", "Titre", True),
        (r"(a)\\1", "", "aa", True),
    ],
)
def test_ordinary_patterns_mean_what_they_mean_to_python(
    pattern: str, flags: str, text: str, matches: bool
) -> None:
    """Letters with accents, flags, look-ahead and back-references are read as by Python."""
    shapes = make_plan(f"""[] sh:targetClass dcat:Dataset ; sh:property
        [ sh:path dct:title ; sh:pattern "{pattern}" ; sh:flags "{flags}" ] .""")
    assert (found(shapes, dataset(("dct:title", f'"{text}"'))) == []) == matches


def test_a_record_of_6000_variables_costs_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the variables, twice the look-ups; the results are one for each fault."""
    shapes = plan("NON_PUBLIC")
    lookups = {size: count_lookups(shapes, size, monkeypatch) for size in (1500, 3000, 6000)}
    assert lookups[3000] / lookups[1500] < 2.1
    assert lookups[6000] / lookups[3000] < 2.1


def count_lookups(plan: Plan, columns: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many times a wide record and its parts are looked into."""
    count = 0

    class Counted(dict[str, dict[str, list[str]]]):
        def get(self, *args: object) -> object:  # type: ignore[override]
            nonlocal count
            count += 1
            return super().get(*args)  # type: ignore[call-overload]

    original = data_module.index_triples
    with monkeypatch.context() as patched:
        patched.setattr(data_module, "index_triples", lambda triples: Counted(original(triples)))
        plan.validate(generator.make_wide(columns))
    return count


def test_the_same_record_gives_the_same_list() -> None:
    """Results come in one order, whatever the order of the statements."""
    record = read_canonical(next(generator.generate(1, seed=3)).canonical)[:-20]
    shapes = plan("PUBLIC")
    assert shapes.validate(record) == shapes.validate(record[::-1]) != []


def test_official_shapes_need_no_fallback() -> None:
    """The plan takes all of Release 8, its SPARQL guard included."""
    assert plan("PUBLIC").unsupported == ()


def test_the_guard_asks_for_a_dataset() -> None:
    """A document without any dataset meets the guard's finding, and no other does."""
    guard = "<urn:x-shacl:guard>"
    shapes = plan("PUBLIC")
    agent = [("_:b1", RDF_TYPE, term("foaf:Agent"))]
    assert [r.component for r in shapes.validate(agent) if r.focus == guard] == [
        "sh:SPARQLConstraintComponent"
    ]
    assert [r for r in shapes.validate(dataset()) if r.focus == guard] == []


def test_generated_records_are_as_announced() -> None:
    """60 to 120 triples, the same for the same seed, about 15 % at fault, all three levels."""
    records = list(generator.generate(300, seed=5))
    assert records == list(generator.generate(300, seed=5))
    sizes = [record.canonical.count(b"\n") for record in records]
    assert (min(sizes) >= 55, max(sizes) <= 120) == (True, True)
    faulty = 0
    for record in records:
        level = generator.level_of(record)
        results = plan(level.value).validate(read_canonical(record.canonical))
        faulty += any(r.severity == "sh:Violation" for r in results)
    assert 0.10 <= faulty / 300 <= 0.20
    assert background().index
