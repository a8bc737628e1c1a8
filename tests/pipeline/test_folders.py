"""Addresses below the catalogue's own: each holder has a folder there, for harvests as well."""

from dataclasses import replace

import pytest

from red_catalog.model import State
from tests.pipeline.test_reconciling import SOURCE, decide, known, reading, record

BASE = "https://red.exemple.fr/declared/"
PLACED = replace(
    SOURCE,
    foreign=("https://red.exemple.fr/", BASE),
    own=("https://chu.exemple.fr/", f"{BASE}chu-exemple/", f"{BASE}clinique-exemple/"),
    declared=BASE,
)


@pytest.mark.parametrize("folder", ["chu-exemple/", "clinique-exemple/"])
def test_a_source_describes_what_lies_in_its_holders_folder(folder: str) -> None:
    """Under its id and under a former one."""
    one = record("sejours", base=BASE + folder)
    decision = decide(reading(one), source=PLACED)
    assert decision.changed == ((one, State.NEW),)


@pytest.mark.parametrize("folder", ["registre-exemple/", ""])
def test_another_holders_folder_is_out_of_a_sources_reach(folder: str) -> None:
    """So is what lies in no folder: whoever came first would have it."""
    decision = decide(reading(record("sejours", base=BASE + folder)), source=PLACED)
    (held,) = decision.held
    assert held.state is State.CONFLICT
    assert held.reason is not None
    assert f"namespace {BASE}" in held.reason["en"]


def test_what_a_holder_has_outside_of_folders_stays() -> None:
    """The form once gave addresses without one: they are the holder's that has them."""
    iri = f"{BASE}EDS-SEJOURS"
    before = {iri: replace(known("a")["https://chu.exemple.fr/jeu/a"], iri=iri)}
    one = record("EDS-SEJOURS", "d2", BASE)
    decision = decide(reading(one), register=before, source=PLACED)
    assert decision.changed == ((one, State.UPDATED),)
