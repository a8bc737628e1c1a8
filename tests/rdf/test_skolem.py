"""Blank nodes as IRIs of what is published, shared by the datasets that say the same."""

from hypothesis import given
from hypothesis import strategies as st

from red_catalog.model import Triple
from red_catalog.rdf.canonical import canonicalise
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.writing import triples

BASE = "https://red.exemple.fr/"
GENID = f"<{BASE}.well-known/genid/"
REGISTRY, CLINIC = "<https://registre.exemple.fr/1>", "<https://clinique.exemple.fr/jeu/7>"
AGENCY = "<https://ars.exemple.fr/organisme>"
NODES = [f"_:n{i}" for i in range(4)]


def publish(dataset: str, *said: Triple) -> list[Triple]:
    """What is published of a dataset that says this."""
    return triples(skolemise(dataset, canonicalise(dataset, said), BASE))


def contact(node: str, email: str = '"acces@ars.exemple.fr"') -> list[Triple]:
    """An agency with a contact point that has no name."""
    return [(AGENCY, "<p:contact>", node), (node, "<p:email>", email)]


def named(statements: list[Triple]) -> set[str]:
    """The nodes that got a name."""
    return {one for s, _, o in statements for one in (s, o) if one.startswith(GENID)}


def test_blank_nodes_get_a_name_and_nothing_else_does() -> None:
    """Blank nodes become IRIs; the same words in a text stay."""
    lines = (
        b"<https://chu.exemple.fr/1> <http://purl.org/dc/terms/creator> _:b12 .\n"
        b'<https://chu.exemple.fr/1> <http://purl.org/dc/terms/title> "Registre _:b12 ."@fr .\n'
        b'_:b12 <http://xmlns.com/foaf/0.1/name> "CHU" .\n'
    )
    written = skolemise("<https://chu.exemple.fr/1>", lines, BASE)
    assert written.count(b"<https://red.exemple.fr/.well-known/genid/b12>") == 2
    assert b'"Registre _:b12 ."@fr' in written


def test_a_contact_point_of_an_organisation_is_one_for_all_datasets() -> None:
    """Two datasets of an agency give it one contact point, and each its own to itself."""
    one, two = (
        publish(
            dataset,
            (dataset, "<p:publisher>", AGENCY),
            (dataset, "<p:rights>", "_:r"),
            ("_:r", "<p:label>", '"Sur demande"@fr'),
            *contact("_:c"),
        )
        for dataset in (REGISTRY, CLINIC)
    )
    assert len(named(one)) == len(named(two)) == 2
    (shared,) = named(one) & named(two)
    assert (AGENCY, "<p:contact>", shared) in one


def test_what_differs_is_not_merged() -> None:
    """Another address of the same agency is another contact point."""
    one = publish(REGISTRY, (REGISTRY, "<p:publisher>", AGENCY), *contact("_:c"))
    two = publish(CLINIC, (CLINIC, "<p:publisher>", AGENCY), *contact("_:c", '"x@ars.exemple.fr"'))
    assert not named(one) & named(two)


def test_two_that_are_alike_stay_two() -> None:
    """An organisation with two contact points that say the same has two in every dataset."""
    one, two = (publish(d, *contact("_:c"), *contact("_:d")) for d in (REGISTRY, CLINIC))
    assert len(named(one)) == 2
    assert named(one) == named(two)


def test_what_a_dataset_leads_to_as_well_is_its_own() -> None:
    """A contact point of the agency that is the dataset's, too, is not that of another one."""
    one, two = (publish(d, (d, "<p:contact>", "_:c"), *contact("_:c")) for d in (REGISTRY, CLINIC))
    assert not named(one) & named(two)


def test_what_leads_to_a_dataset_s_own_is_its_own() -> None:
    """A node of the agency that tells of one of the dataset's nodes is not merged either."""
    one, two = (
        publish(d, (d, "<p:part>", "_:p"), ("_:c", "<p:of>", "_:p"), *contact("_:c"))
        for d in (REGISTRY, CLINIC)
    )
    assert not named(one) & named(two)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([REGISTRY, AGENCY, CLINIC, *NODES]),
            st.sampled_from(["<p:a>", "<p:b>"]),
            st.sampled_from([*NODES, AGENCY, '"a"']),
        ),
        max_size=12,
    )
)
def test_what_is_published_reads_back_as_the_same_description(graph: list[Triple]) -> None:
    """With blank nodes again for its names, it has the same canonical form."""
    canonical = canonicalise(REGISTRY, graph)
    published = triples(skolemise(REGISTRY, canonical, BASE))
    back = {one: f"_:x{n}" for n, one in enumerate(sorted(named(published)))}
    again = [(back.get(s, s), p, back.get(o, o)) for s, p, o in published]
    assert canonicalise(REGISTRY, again) == canonical
