"""The code lists there are, and what uses them."""

from pathlib import Path

from red_catalog import vocabulary
from red_catalog.namespaces import EU_AUTHORITY, PREFIXES
from red_catalog.validation import installing
from red_catalog.validation.listing import code_lists

FREQUENCY = f"{EU_AUTHORITY}frequency"
SHAPES = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://chu.example/s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [
  sh:path <https://chu.example/rythme> ; sh:node [ sh:property [ sh:path skos:inScheme ;
    sh:hasValue <http://publications.europa.eu/resource/authority/frequency> ] ] ] .
"""


def test_each_list_tells_which_properties_take_its_codes() -> None:
    """A list is listed once, with its codes, and with each property that the shapes bind to it."""
    found = {one.iri: one for one in code_lists()}
    assert tuple(found) == vocabulary.schemes()
    one = found[FREQUENCY]
    assert (one.name["fr"], one.codes) == ("Fréquences", 23)
    assert set(one.used_by) == {
        ("dcat-ap-3", f"{PREFIXES['dct']}accrualPeriodicity"),
        ("healthdcat-ap-8", f"{PREFIXES['dct']}accrualPeriodicity"),
        ("healthdcat-ap-8", f"{PREFIXES['cv']}frequency"),
    }
    assert found["https://w3id.org/dpv/pd#"].used_by == ()


def test_each_list_has_a_digest_of_its_own() -> None:
    """Two lists, or two editions of one, are told apart."""
    digests = [one.digest for one in code_lists()]
    assert all(len(one) == len("sha256:") + 64 for one in digests)
    assert len(set(digests)) == len(digests)


def test_an_installed_profile_is_among_the_users(tmp_path: Path) -> None:
    """What the catalogue's own shapes ask for is told as well."""
    installing.install(SHAPES, "maison", tmp_path)
    used = {one.iri: one.used_by for one in code_lists(tmp_path)}
    assert ("maison", "https://chu.example/rythme") in used[FREQUENCY]
    assert all(name != "maison" for name, _ in used[f"{EU_AUTHORITY}country"])
