"""Fingerprints: what makes a validation out of date, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import red_catalog
from red_catalog import vocabulary
from red_catalog.namespaces import HEALTH_AUTHORITY
from red_catalog.validation.fingerprints import CODE, basis, fingerprint
from tests import codelists
from tests.publish import records

IRI = f"{records.CHU}urgences"
PROFILES = ("healthdcat-ap-8",)


@pytest.fixture(autouse=True)
def _copied(tmp_path: Path) -> Iterator[None]:
    """Code lists that may be changed."""
    with pytest.MonkeyPatch.context() as patch:
        codelists.copy(tmp_path / "vocab", patch)
        yield
    codelists.forget()


def of(*values: str) -> str:
    """The fingerprint of a dataset with these values."""
    more = [("dct:subject", value) for value in values]
    return fingerprint(records.poor(IRI, "Urgences", *more), basis(PROFILES))


@pytest.mark.parametrize(
    "value",
    [
        records.health("coding-system/ATC"),
        records.health("coding-system/CIM-DIX"),
        f"<{HEALTH_AUTHORITY}coding-system>",
        "<http://13.81.34.152:1101/resource/authority/coding-system/ICD-10>",
    ],
)
def test_a_list_is_referred_to_by_codes_old_ones_and_wrong_ones(value: str) -> None:
    """A code, an unknown code, the list itself and a code under an earlier base all count."""
    before = of(value)
    codelists.touch("frequencies.ttl")
    assert of(value) == before
    codelists.touch("coding-systems.ttl")
    assert of(value) != before


def test_a_law_is_its_own_list() -> None:
    """What is in no list changes with its own words alone."""
    law = "<http://data.europa.eu/eli/reg/2016/679/oj>"
    before = of(law)
    codelists.touch("legislation.ttl", "2025/327", "2025/0327")
    assert of(law) == before
    codelists.touch("legislation.ttl", '2016/679"@fr', '2016-679"@fr')
    assert of(law) != before


def test_words_refer_to_nothing() -> None:
    """A record without codes depends on no list."""
    before = of()
    for path in sorted(vocabulary._FOLDER.glob("*.ttl")):
        codelists.touch(path.name, '"@', ' (bis)"@')
    assert of() == before


def test_other_profiles_give_another_fingerprint() -> None:
    """The digests of all profiles count."""
    content = records.poor(IRI, "Urgences")
    both = (*PROFILES, "minimum-2026-2098")
    assert fingerprint(content, basis(PROFILES)) != fingerprint(content, basis(both))


def test_all_code_that_judging_imports_counts() -> None:
    """What validation imports is in the digest of the program, but for what operators are told."""
    home = Path(red_catalog.__file__).parent
    files = [p for place in CODE for p in (place.rglob("*.py") if place.is_dir() else [place])]
    imported = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "") == "red_catalog":
                imported |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("red_catalog"):
                imported.add((node.module or "").split(".")[1])
    assert imported - {"errors"} == {place.relative_to(home).stem for place in CODE}
