"""The two engines say the same, of every profile."""

from collections.abc import Sequence

import pytest

from red_catalog.errors import RedError
from red_catalog.model import Level, Triple
from red_catalog.validation import background, engines, levels, profiles
from red_catalog.validation.compiled.data import Index, read_canonical
from red_catalog.validation.engines import Chosen
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import describe
from tests.bench.generator import generate


@pytest.mark.parametrize("profile", profiles.names())
def test_both_engines_say_the_same_of_generated_records(profile: str) -> None:
    """No result of one engine is missing in the other, at the record's own level."""
    for record in generate(5, seed=11):
        triples = background.drop_axioms(read_canonical(record.canonical))
        level, _ = levels.level(describe(triples, record.iri))
        assert engines.compare(Chosen(profile, level), triples) == []


def test_a_difference_is_told_by_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only one engine says is named, with the engine that says it."""
    (record,) = generate(1, seed=11)
    triples = [t for t in read_canonical(record.canonical) if "dc/terms/title" not in t[1]]

    def find_nothing(
        chosen: Chosen, triples: Sequence[Triple], index: Index | None = None
    ) -> list[Result]:
        return []

    monkeypatch.setattr(engines, "ENGINES", {**engines.ENGINES, "pyshacl": find_nothing})
    told = engines.compare(Chosen("healthdcat-ap-8", Level.PUBLIC), triples)
    assert any(
        line.startswith(f"only compiled: <{record.iri}>") and "MinCountConstraintComponent" in line
        for line in told
    )


def test_an_unknown_engine_is_refused() -> None:
    """A slip in the engine's name is told with the names there are."""
    with pytest.raises(RedError, match="known: compiled, pyshacl"):
        engines.run("jena", Chosen("healthdcat-ap-8", Level.PUBLIC), [])
