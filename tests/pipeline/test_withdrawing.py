"""What becomes of datasets whose source or holder is taken out of `red.toml`."""

from pathlib import Path

import pytest

from red_catalog.model import Run
from red_catalog.pipeline.desk.withdrawing import withdraw
from red_catalog.register.ledger import Change, Register
from tests import catalogue
from tests.publish import records
from tests.register.test_copies import NOW, identified

SOURCE = "clinique-tamaris-tableurs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The clinic and the hospital, harvested."""
    folder = catalogue.copy_samples(tmp_path / "c", ["clinique-tamaris", "chu-valmorin"])
    catalogue.red_catalog(folder, "harvest")
    return folder


def take_out_clinic(folder: Path) -> str:
    """Takes the clinic's source out of the configuration; returns what that was before."""
    before = (folder / "red.toml").read_text("utf-8")
    kept = before[: before.index(f'[[source]]\nid = "{SOURCE}"')]
    (folder / "red.toml").write_text(kept, encoding="utf-8")
    return before


def ill(folder: Path) -> dict[str, str]:
    """What the doctor says is ill with sources and holders; nothing is published here."""
    found = catalogue.json_of(folder, "doctor")
    about = ("source ", "holder ")
    return {d["subject"]: d["seen"] for d in found if not d["well"] and d["subject"][:7] in about}


def test_a_source_taken_out_is_told_and_withdrawn_on_request(folder: Path) -> None:
    """`doctor` and `status` name it; `withdraw` takes its datasets, and it can be put back."""
    assert ill(folder) == {}
    refused = catalogue.red_catalog(folder, "withdraw", SOURCE)
    assert (refused.returncode, "take it out first" in refused.stderr) == (2, True)
    before = take_out_clinic(folder)
    told = f"4 datasets of the source {SOURCE}, which red.toml no longer has, stay published: "
    advice = f"put the source back, or run `red-catalog withdraw {SOURCE}`"
    assert told + advice in ill(folder)[f"source {SOURCE}"]
    assert told in catalogue.red_catalog(folder, "status").stdout
    *_, last = catalogue.json_of(folder, "status")
    assert (last["abandoned"], last["id"], last["datasets"]) == ("source", SOURCE, 4)
    assert told in last["message"]
    refused = catalogue.red_catalog(folder, "withdraw", "clinique-tamaris")
    assert (refused.returncode, f"there are some of: {SOURCE}." in refused.stderr) == (2, True)
    done = catalogue.json_of(folder, "withdraw", SOURCE)
    assert done["states"]["withdrawn"] == 4
    assert ill(folder) == {}
    assert catalogue.red_catalog(folder, "withdraw", SOURCE).returncode == 2
    (folder / "red.toml").write_text(before, encoding="utf-8")
    (run,) = catalogue.json_of(folder, "harvest", SOURCE)
    assert run["states"]["new"] == 4


def test_history_tells_of_a_withdrawal_once_the_dataset_is_back(folder: Path) -> None:
    """Between the version that left and the one that came again."""
    before = take_out_clinic(folder)
    catalogue.red_catalog(folder, "withdraw", SOURCE)
    (folder / "red.toml").write_text(before, encoding="utf-8")
    catalogue.red_catalog(folder, "harvest", SOURCE)
    (first, *_) = catalogue.json_of(folder, "report", "clinique-tamaris")["datasets"]
    told = catalogue.json_of(folder, "history", first["iri"])
    assert [one["event"] for one in told] == ["version", "withdrawn", "version"]


def test_a_holder_taken_out_is_told(folder: Path) -> None:
    """Where its source stays under another holder, the former id is asked for, and helps."""
    text = (folder / "red.toml").read_text("utf-8")
    renamed = text.replace('id = "clinique-tamaris"', 'id = "clinique-des-tamaris"')
    renamed = renamed.replace('holder = "clinique-tamaris"', 'holder = "clinique-des-tamaris"')
    (folder / "red.toml").write_text(renamed, encoding="utf-8")
    said = ill(folder)["holder clinique-tamaris"]
    assert 'write former = ["clinique-tamaris"] in the holder that takes over' in said
    assert "put the holder back before a harvest gives what their sources describe to the" in said
    own = 'id = "clinique-des-tamaris"\n'
    taken_over = renamed.replace(own, own + 'former = ["clinique-tamaris"]\n')
    (folder / "red.toml").write_text(taken_over, encoding="utf-8")
    (run,) = catalogue.json_of(folder, "harvest", SOURCE)
    assert not [one for one in run["held"] if one["state"] == "updated"]
    assert ill(folder) == {}
    assert len(catalogue.json_of(folder, "report", "clinique-des-tamaris")["datasets"]) == 4


def test_what_moves_to_another_holder_is_told(folder: Path) -> None:
    """Without the former id the next harvest moves what a source gives, and says whose it was."""
    text = (folder / "red.toml").read_text("utf-8")
    renamed = text.replace('id = "clinique-tamaris"', 'id = "clinique-des-tamaris"')
    renamed = renamed.replace('holder = "clinique-tamaris"', 'holder = "clinique-des-tamaris"')
    (folder / "red.toml").write_text(renamed, encoding="utf-8")
    (run,) = catalogue.json_of(folder, "harvest", SOURCE)
    assert ill(folder) == {}
    told = [one["reason"] for one in run["held"] if one["state"] == "updated"]
    assert len(told) == 4
    for one in told:
        assert (
            "détenteur clinique-tamaris ; il appartient désormais à clinique-des-tamaris"
            in one["fr"]
        )
        assert (
            "belonged to the holder clinique-tamaris; it now belongs to clinique-des-tamaris"
            in one["en"]
        )


def test_a_source_put_back_is_read_whole(tmp_path: Path) -> None:
    """Its harvest does not go on from where the last one ended, so that all comes again."""
    run = Run(0, "chu-fichiers", NOW, NOW, "ok")
    with Register.open(tmp_path / "register.db") as register:
        given = (identified("sejours"),)
        register.commit(Change(run, accepted=given, bookmark="2029-03-26", stand="a"))
        assert register.bookmark("chu-fichiers", "a") == "2029-03-26"
        withdraw(records.config(tmp_path), register, "chu-fichiers", lambda: NOW)
        assert not register.bookmark("chu-fichiers", "a")
