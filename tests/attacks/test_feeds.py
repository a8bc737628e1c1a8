"""Hostile feeds, each read by its own kind of source."""

import re

import pytest

from tests.attacks import invariants
from tests.attacks.corpus import Case, cases
from tests.attacks.place import Make, sentences, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled

_EACH = re.compile(r"(?:first|second|third|fourth) ([A-Z]+)")
_ROWS = re.compile(r"rows (\d+)-(\d+) ACCEPT.*row (\d+) reported by line")


@pytest.mark.parametrize("case", cases("feeds"), ids=lambda case: case.file)
def test_attack(make: Make, corpus: Upstream, case: Case) -> None:
    """Refused, held back or published as the manifest says, record by record."""
    if not case.known:
        pytest.skip(f"There is no harvester of the kind `{case.kind}` yet.")
    place = make()
    place.configure(("chu-a", case.kind, url(case.path)))
    if case.kind == "dcat":
        corpus.served[case.path] = (case.body, case.media_type)
    else:
        corpus.anywhere, corpus.root = (case.body, case.media_type), case.path
        # A portal has other exports than its API, which are not what is attacked here.
        corpus.within = "/api/" if case.kind == "ckan" else ""
    done = place.harvest()
    (run,) = done.plain["harvest"]
    assert_reconciled(run)
    said = " ".join(sentences(run))
    each = _EACH.findall(case.outcome)
    if each:
        # A record without a usable identifier has no IRI to be held back under: it is a problem.
        held = run["states"]["quarantined"] + len(run["problems"])
        assert held == each.count("QUARANTINE")
        assert run["states"]["new"] == each.count("ACCEPT")
    elif rows := _ROWS.search(case.outcome):
        assert run["states"]["new"] == int(rows[2]) - int(rows[1]) + 1
        # The file has a heading, and cells of more than one line.
        assert any(p["line"] and p["line"] > int(rows[3]) for p in run["problems"]) or re.search(
            r"line \d+|row \d+", said
        )
    else:
        assert case.ends == {"REJECT-DOC"}
        assert run["problems"]
        assert run["read"] == 0
    assert all(words.lower() in said.lower() for words in case.said)
    if most := re.search(r"at most (\d+) requests", case.outcome):
        assert len([p for p in corpus.asked if p != "/robots.txt"]) <= int(most[1])
    invariants.check_again(place)
