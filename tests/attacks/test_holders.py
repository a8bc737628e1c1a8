"""Holders who speak of what is not theirs."""

import re

import pytest

from tests.attacks import invariants
from tests.attacks.corpus import Case, series
from tests.attacks.place import Make, owner, sentences, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled

GROUPS = [(first, other) for first, *others in series("holders") for other in others]
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


@pytest.mark.parametrize(("first", "case"), GROUPS, ids=lambda case: case.file.replace("/", "-"))
def test_attack(make: Make, corpus: Upstream, first: Case, case: Case) -> None:
    """The first holder's datasets stay as they are; the other learns what was left out."""
    place = make()
    mine, other = (owner(one.body.decode(), "dcat:Catalog") for one in (first, case))
    corpus.served[first.path] = (first.body, first.media_type)
    place.configure((mine, "dcat", url(first.path)))
    assert place.harvest().code == 0
    before = place.entries()
    corpus.served[case.path] = (case.body, case.media_type)
    place.configure((mine, "dcat", url(first.path)), (other, "dcat", url(case.path)))
    again, second = place.harvest().plain["harvest"]
    assert_reconciled(again)
    assert_reconciled(second)
    assert again["states"]["unchanged"] == len(before) == again["read"]
    entries = place.entries()
    assert {iri: entry for iri, entry in entries.items() if iri in before} == before
    theirs = {iri for iri, entry in entries.items() if entry.holder == other}
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
