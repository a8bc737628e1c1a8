"""Sources that change from one harvest to the next."""

import re

import pytest

from tests.attacks import invariants
from tests.attacks.corpus import Case, series
from tests.attacks.place import Make, owner, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled


@pytest.mark.parametrize("steps", series("sequence"), ids=lambda steps: steps[0].file)
def test_attack(make: Make, corpus: Upstream, steps: list[Case]) -> None:
    """What was published stays until the operator lets it go; the same again changes nothing."""
    place = make()
    holder = owner(steps[0].body.decode(), "dcat:Catalog")
    place.configure((holder, "dcat", url("/catalogue.ttl")))
    for step in steps:
        corpus.served["/catalogue.ttl"] = (step.body, step.media_type)
        before = invariants.digests(place.site) if place.site.exists() else {}
        known = set(place.entries())
        done = place.harvest()
        (run,) = done.plain["harvest"]
        assert_reconciled(run)
        if "GUARD" in step.ends:
            assert (done.code, run["status"]) == (4, "guarded")
            assert "--accept-removals" in done.err
            assert set(place.entries()) == known
            assert (
                invariants.digests(place.site / "dataset").items()
                <= {
                    name.removeprefix("dataset/"): digest for name, digest in before.items()
                }.items()
            )
            accepted = place.harvest("--accept-removals")
            assert accepted.code == 0
            assert accepted.plain["harvest"][0]["states"]["absent"] > 0
        else:
            assert done.code == 0
            if count := re.search(r"\((\d+) datasets\)", step.outcome):
                assert len(place.entries()) == int(count[1])
            if "0 changed" in step.outcome:
                assert run["states"]["new"] == run["states"]["updated"] == 0
                assert invariants.digests(place.site) == before
    invariants.check_again(place, "--accept-removals")
