"""A holder with another id: what it handed in under the former one is still its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from red_catalog.config import load
from red_catalog.register.desk import Desk
from tests import catalogue
from tests.serve.conftest import Client
from tests.serve.test_declaring import agreed, send
from tests.serve.test_ingest import Holder, describe, key_of

CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire d'essai", en = "Test register" }
publisher = { fr = "Agence d'essai", en = "Test agency" }
contact = "contact@red.example.fr"
[publication]
rules = []
[[holder]]
id = "clinique-tamaris"
name = { fr = "Clinique des Tamaris", en = "Tamaris Clinic" }
[[source]]
id = "depot"
holder = "clinique-tamaris"
kind = "ingest"
[[holder]]
id = "chu-cypres"
name = { fr = "CHU des Cyprès", en = "Cypress University Hospital" }
[[source]]
id = "depot-cypres"
holder = "chu-cypres"
kind = "ingest"
"""
NEW = "clinique-tamaris-nouvelle"
FOLDER = "https://red.example.fr/declared/clinique-tamaris/"
NAMES = ("urgences", "sejours", "bloc")


class Place:
    """The catalogue's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def config(self) -> Any:
        """The configuration that lies in it."""
        return load(self.root / "red.toml")

    def harvest(self) -> dict[str, int]:
        """What a harvest of what the clinic handed in gives."""
        (run,) = catalogue.json_of(self.root, "harvest", "depot")
        assert run["status"] == "ok", run
        states: dict[str, int] = run["states"]
        return {state: count for state, count in states.items() if count}


@pytest.fixture
def renamed(tmp_path: Path, run_server: Callable[[Any], Client]) -> tuple[Place, Holder]:
    """Three descriptions handed in and harvested; then the clinic has another id, and a key."""
    place = Place(tmp_path)
    (tmp_path / "red.toml").write_text(CONFIG, "utf-8")
    before = Holder(run_server(place), key_of(tmp_path, "clinique-tamaris"))
    for name in NAMES:
        path = f"ingest/datasets/origin?originalId={name}"
        assert before.send("PUT", path, describe(FOLDER + name)).status_code == 200
    assert place.harvest() == {"new": 3}
    text = CONFIG.replace('"clinique-tamaris"', f'"{NEW}"')
    text = text.replace(f'id = "{NEW}"\n', f'id = "{NEW}"\nformer = ["clinique-tamaris"]\n', 1)
    (tmp_path / "red.toml").write_text(text, "utf-8")
    return place, Holder(run_server(place), key_of(tmp_path, NEW))


@pytest.mark.parametrize("harvested", [False, True])
def test_a_renamed_holder_keeps_what_it_handed_in(
    renamed: tuple[Place, Holder], *, harvested: bool
) -> None:
    """Before and after the next harvest it attests, changes and takes back by all names."""
    place, clinic = renamed
    if harvested:
        assert place.harvest() == {"updated": 3}
    for name in ("urgences", FOLDER + "sejours"):
        assert clinic.send("POST", f"ingest/attestations?dataset={name}").status_code == 200
    again = describe(FOLDER + "urgences", "Urgences, autrement")
    path = "ingest/datasets/origin?originalId=urgences"
    assert clinic.send("PUT", path, again).status_code == 200
    for name in ("sejours", FOLDER + "bloc"):
        assert clinic.send("DELETE", f"ingest/datasets/{name}").status_code == 200
    assert clinic.send("DELETE", "ingest/datasets/sejours").status_code == 404
    assert place.harvest() == {"updated": 1, "withdrawn": 2}
    with Desk.open(place.config.register) as desk:
        holders = {e.iri.rpartition("/")[2]: e.holder for e in desk.register.entries()}
    assert holders["urgences"] == NEW


def test_what_it_checked_before_counts(renamed: tuple[Place, Holder]) -> None:
    """A yearly check under the former id is still the dataset's, and is among its evidence."""
    place, clinic = renamed
    iri = FOLDER + "urgences"
    assert clinic.send("POST", f"ingest/attestations?dataset={iri}").status_code == 200
    place.harvest()
    with Desk.open(place.config.register) as desk:
        found = desk.register.entry(iri)
        (made,) = desk.register.attestations(iri)
    assert found is not None
    assert found.reviewed is not None
    assert (found.holder, made.holder) == (NEW, "clinique-tamaris")
    key = key_of(place.root, NEW, "--scope", "read")
    told = Holder(clinic.client, key).send("GET", "api/dashboard?output=evidence-csv")
    assert iri in told.text


def test_a_harvest_hands_everything_over(renamed: tuple[Place, Holder]) -> None:
    """Names too: then nothing hangs on the former id any more. A dry run changes nothing."""
    place, _ = renamed
    (tried,) = catalogue.json_of(place.root, "harvest", "depot", "--dry-run")
    assert (tried["status"], tried["states"]["updated"]) == ("ok", 3)
    with Desk.open(place.config.register) as desk:
        assert len(desk.documents("clinique-tamaris")) == 3
    place.harvest()
    with Desk.open(place.config.register) as desk:
        assert (len(desk.documents(NEW)), desk.documents("clinique-tamaris")) == (3, [])
        rows = desk._db.execute("SELECT DISTINCT holder FROM handed_name").fetchall()
        assert rows == [(NEW,)]
        assert {e.holder for e in desk.register.entries()} == {NEW}


def test_the_form_keeps_the_address_of_before(renamed: tuple[Place, Holder]) -> None:
    """The same identifier is the same dataset, in the folder of the former id, and asked about."""
    _, clinic = renamed
    for name, folder, status in (("sejours", "clinique-tamaris", 409), ("labo", NEW, 200)):
        given = {"do": "submit", "key": clinic.key, "datasets.0.identifier": name}
        answer = send(clinic.client, "en/declare/form", **given)
        assert answer.status_code == status
        told = send(clinic.client, "en/declare/form", **given, **agreed(answer)).text
        assert "Handed in." in told
        assert "is taken back" not in told
        assert f"Its permanent address: https://red.example.fr/declared/{folder}/{name}<" in told


def test_another_holder_gets_nothing_of_it(renamed: tuple[Place, Holder]) -> None:
    """The former id is the renamed holder's alone."""
    place, clinic = renamed
    other = Holder(clinic.client, key_of(place.root, "chu-cypres"))
    iri = FOLDER + "urgences"
    assert other.send("DELETE", "ingest/datasets/urgences").status_code == 404
    assert other.send("DELETE", f"ingest/datasets/{iri}").status_code == 403
    assert other.send("POST", f"ingest/attestations?dataset={iri}").status_code == 403
    assert other.send("POST", "ingest/datasets", describe(iri)).status_code == 403
