"""Holders who speak of what is not theirs."""

import re

import pytest

from tests.attacks import invariants
from tests.attacks.corpus import Case, cases
from tests.attacks.place import Make, sentences, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled

FIRST, *OTHERS = cases("holders")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case.file)
def test_attack(make: Make, corpus: Upstream, case: Case) -> None:
    """The first holder's datasets stay as they are; the other learns what was left out."""
    place = make()
    corpus.served[FIRST.path] = (FIRST.body, FIRST.media_type)
    place.configure(("chu-a", "dcat", url(FIRST.path)))
    assert place.harvest().code == 0
    before = place.entries()
    corpus.served[case.path] = (case.body, case.media_type)
    place.configure(("chu-a", "dcat", url(FIRST.path)), ("chu-b", "dcat", url(case.path)))
    first, second = place.harvest().plain["harvest"]
    assert_reconciled(first)
    assert_reconciled(second)
    entries = place.entries()
    assert {iri: entry for iri, entry in entries.items() if iri in before} == before
    theirs = {iri for iri, entry in entries.items() if entry.holder == "chu-b"}
    if "QUARANTINE" in case.ends:
        assert theirs == set()
        assert second["states"]["conflict"] + second["states"]["quarantined"] > 0
    else:
        assert "ACCEPT" in case.ends
        assert theirs
    if told := re.search(r'told "[^"]*by ([\w-]+)"', case.outcome):
        assert told[1] in " ".join(sentences(second))
    if "dropped" in case.outcome:
        least = next((n for word, n in _NUMBERS.items() if f" {word} " in case.outcome), 1)
        assert sum(second["dropped"].values()) >= least
    invariants.check_again(place)
