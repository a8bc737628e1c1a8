import random

from hypothesis import given
from hypothesis import strategies as st

from red_catalog.model import Triple
from red_catalog.rdf.canonical import canonicalise

DATASET = "<https://chu.exemple.fr/1>"
NODES = [f"_:n{i}" for i in range(5)]
TERMS = st.sampled_from([*NODES, '"a"', "<urn:x>"])
GRAPHS = st.lists(
    st.tuples(st.sampled_from([DATASET, *NODES]), st.sampled_from(["<p:a>", "<p:b>"]), TERMS),
    max_size=12,
)


@given(GRAPHS, st.randoms())
def test_labels_and_order_do_not_count(graph: list[Triple], chance: random.Random) -> None:
    """Renaming the blank nodes and shuffling the lines give the same bytes."""
    others = chance.sample([f"_:z{i}" for i in range(9)], len(NODES))
    names = dict(zip(NODES, others, strict=True))
    renamed = [(names.get(s, s), p, names.get(o, o)) for s, p, o in graph]
    chance.shuffle(renamed)
    assert canonicalise(DATASET, renamed) == canonicalise(DATASET, graph)


@given(GRAPHS)
def test_no_statement_and_no_node_is_lost(graph: list[Triple]) -> None:
    """As many lines and as many blank nodes come out as went in."""
    blank = {t for s, _, o in graph for t in (s, o) if t.startswith("_")}
    lines = canonicalise(DATASET, graph).decode().splitlines()
    out = {t for line in lines for t in line.split(" ") if t.startswith("_")}
    assert (len(lines), len(out)) == (len(set(graph)), len(blank))


def test_changing_one_node_leaves_the_labels_of_others() -> None:
    """A changed contact renames itself, not the distribution beside it."""
    one: list[Triple] = [
        (DATASET, "<p:contact>", "_:a"), ("_:a", "<p:name>", '"Service DIM"'),
        (DATASET, "<p:distribution>", "_:b"), ("_:b", "<p:format>", "<urn:csv>"),
    ]  # fmt: skip
    two = [*one[:1], ("_:a", "<p:name>", '"DIM"'), *one[2:]]
    kept = set(canonicalise(DATASET, one).splitlines()) & set(
        canonicalise(DATASET, two).splitlines()
    )
    assert len(kept) == 2


def test_identical_siblings_stay_two() -> None:
    """Two nodes that say the same are two nodes, without asking RDFC-1.0."""
    graph = [(DATASET, "<p:d>", n) for n in NODES] + [(n, "<p:f>", '"CSV"') for n in NODES]

    def never(_: bytes) -> bytes:
        raise AssertionError

    assert len(canonicalise(DATASET, graph, never).splitlines()) == 10
