"""Reading canonical records, and looking into a record beside the background."""

from red_catalog.model import Triple
from red_catalog.rdf.writing import triples as read_slowly
from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.data import Background, Data, index_triples, read_canonical
from tests.bench import generator

ODD: list[Triple] = [
    ("<https://ex.fr/a\u00a0b>", "<https://ex.fr/p>", '"deux mots . \\n\\" fin"@fr'),
    ("_:b0", "<https://ex.fr/p>", '"\u2028 \u0085 \x1c"'),
    ("_:b0", "<https://ex.fr/q>", "_:b1"),
    ("_:b0", "<https://ex.fr/q>", '""'),
]


def test_canonical_statements_are_read_whole() -> None:
    """Spaces, dots, odd line ends and no-break spaces stay in their terms."""
    canonical = "".join(f"{s} {p} {o} .\n" for s, p, o in ODD).encode()
    assert read_canonical(canonical) == ODD
    assert read_canonical(b"") == []


def test_canonical_records_are_read_as_rdf_reads_them() -> None:
    """The quick reading gives what the reading of the rdf floor gives."""
    for record in generator.generate(20, seed=11):
        assert read_canonical(record.canonical) == read_slowly(record.canonical)


def test_a_statement_made_twice_counts_once() -> None:
    """The index holds each object once."""
    assert index_triples([ODD[0], ODD[0]]) == {ODD[0][0]: {ODD[0][1]: [ODD[0][2]]}}


def test_what_record_and_background_both_say_counts_once() -> None:
    """Objects and subjects are those of both, without doubles."""
    both = ("<https://ex.fr/s>", "<https://ex.fr/p>", "<https://ex.fr/o>")
    only = ("<https://ex.fr/s>", "<https://ex.fr/p>", '"autre"')
    data = Data([both], Background([both, only]))
    assert data.overlaps
    assert list(data.objects(both[0], both[1])) == [both[2], only[2]]
    assert list(data.subjects(both[1], both[2])) == [both[0]]
    assert data.predicates(both[0]) == [both[1]]
    assert (data.has(only[1], only[2]), data.has(only[1], '"rien"')) == (True, False)


def test_a_record_owns_what_it_speaks_of() -> None:
    """Subjects and values of the record are its own; a code that it mentions is not."""
    code = ("<https://codes.example.org/A>", "<https://ex.fr/p>", '"A"')
    record = [("_:b0", "<https://ex.fr/p>", code[0]), ("_:b0", "<https://ex.fr/p>", "_:b1")]
    data = Data(record, Background([code]))
    asked = ("_:b0", "_:b1", code[0], '"A"')
    assert [data.owns(node) for node in asked] == [True, True, False, False]


def test_subclasses_in_a_circle_end() -> None:
    """Axioms that lead back to where they began are followed once."""
    classes = Classes([("B", "A"), ("C", "B"), ("A", "C"), ("E", "D")])
    assert classes.under("A") == {"A", "B", "C"}
    assert classes.under("D") == {"D", "E"}
    assert classes.under("E") == {"E"}
