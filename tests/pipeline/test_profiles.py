"""Which profiles a harvest runs, and which of them decide, through the real command."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from red_catalog import config
from red_catalog.http import Http
from red_catalog.model import Severity
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.rdf.limits import Limits
from red_catalog.register.ledger import Register
from red_catalog.validation import fingerprints
from red_catalog.validation.checking import validate
from tests import catalogue
from tests.bench.generator import generate

RECORD = next(
    r for r in generate(100) if not validate(r.iri, r.canonical).count(Severity.VIOLATION)
)
USUAL = 'profiles = ["healthdcat-ap-8", "minimum-2026-2098", "red"]'
GATE = 'gating = ["healthdcat-ap-8"]'
# Every title needs "lits": a rule of this catalogue alone.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://exemple.fr/regles#Jeu> a sh:NodeShape ;
    sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ;
    sh:property <https://exemple.fr/regles#titre> .
<https://exemple.fr/regles#titre> sh:path dct:title ; sh:pattern "^lits" .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue that `init` writes, with a conformant description in it."""
    assert catalogue.red_catalog(tmp_path, "init", "red").returncode == 0
    place = tmp_path / "red" / "holders" / "mon-etablissement"
    for file in place.iterdir():
        file.unlink()
    (place / "jeu.nt").write_bytes(RECORD.canonical)
    return tmp_path / "red"


def blunder(folder: Path) -> None:
    """Puts a period that makes no sense into the description: only our own checks see it."""
    file = folder / "holders" / "mon-etablissement" / "jeu.nt"
    text = file.read_text("utf-8")
    end = re.search(r'<http://www.w3.org/ns/dcat#endDate> "(\d{4})', text)
    assert end
    file.write_text(text.replace(end[0], end[0][:-4] + "1900"), encoding="utf-8")


def configure(folder: Path, old: str, new: str) -> None:
    """Changes the configuration."""
    text = (folder / "red.toml").read_text("utf-8")
    assert old in text
    (folder / "red.toml").write_text(text.replace(old, new), encoding="utf-8")


def dataset(folder: Path) -> Any:
    """The one dataset in the holder's report."""
    (found,) = catalogue.json_of(folder, "report", "mon-etablissement")["datasets"]
    return found


def states(folder: Path) -> dict[str, int]:
    """What became of the records of a harvest, as far as there were any."""
    (run,) = catalogue.json_of(folder, "harvest")
    return {state: count for state, count in run["states"].items() if count}


def test_a_harvest_runs_three_profiles_and_one_decides(folder: Path) -> None:
    """The official profile decides; what ours finds stands beside it, in the report and a page."""
    blunder(folder)
    assert catalogue.red_catalog(folder, "run").returncode == 0
    found = dataset(folder)
    assert [r["profile"] for r in found["others"]] == ["minimum-2026-2098", "red"]
    assert found["verdict"] == "conformant"
    shapes = {f["shape"] for f in found["others"][1]["findings"]}
    assert "<https://red-catalog.org/shapes/red#start-after-end>" in shapes
    written = catalogue.red_catalog(folder, "report", "mon-etablissement").stdout
    said = " ".join(written.split())  # it is wrapped
    assert "la période finit avant d'avoir commencé." in said
    assert "éléments minimaux applicables sont renseignés" in said
    assert "sans tester les adresses" in said
    (page,) = (folder / "public/current/site/dataset").glob("*.html")
    text = page.read_text("utf-8")
    assert "Contrôles propres à ce catalogue" in text
    assert "la période finit avant d’avoir commencé." in text


def test_the_profiles_that_decide_are_chosen(folder: Path) -> None:
    """Another choice judges anew what did not change; a strict gate leaves what is published."""
    blunder(folder)
    assert states(folder) == {"new": 1}
    configure(folder, GATE, 'gating = ["healthdcat-ap-8", "red"]')
    assert states(folder) == {"unchanged": 1}
    assert dataset(folder)["verdict"] == "flagged"
    assert catalogue.red_catalog(folder, "publish").returncode == 0
    (page,) = (folder / "public/current/site/dataset").glob("*.html")
    assert "que les autres contrôles ci-dessous ont trouvés" in page.read_text("utf-8")
    configure(folder, 'gate = "flag"', 'gate = "strict"')
    configure(folder, USUAL, 'profiles = ["healthdcat-ap-8", "red"]')
    assert states(folder) == {"unchanged": 1}
    assert dataset(folder)["verdict"] == "flagged"
    configure(folder, 'gating = ["healthdcat-ap-8", "red"]', GATE)
    assert states(folder) == {"unchanged": 1}
    assert dataset(folder)["verdict"] == "conformant"


def test_any_deciding_profile_closes_a_strict_gate(folder: Path) -> None:
    """A new description that our own checks object to is held back."""
    blunder(folder)
    configure(folder, GATE, 'gating = ["healthdcat-ap-8", "red"]')
    configure(folder, 'gate = "flag"', 'gate = "strict"')
    assert states(folder) == {"rejected": 1}
    assert states(folder) == {"rejected": 1}


def test_an_installed_profile_can_decide(folder: Path) -> None:
    """By the name that it was given; taken away again, its findings go."""
    (folder / "regles.ttl").write_text(SHAPES, encoding="utf-8")
    done = catalogue.red_catalog(folder, "shapes", "install", "regles.ttl", "--name", "regles")
    assert done.returncode == 0, done.stderr
    configure(folder, USUAL, 'profiles = ["healthdcat-ap-8", "regles"]')
    configure(folder, GATE, 'gating = ["regles"]')
    assert states(folder) == {"new": 1}
    found = dataset(folder)
    assert found["verdict"] == "flagged"
    assert {f["component"] for f in found["findings"]} == {"sh:PatternConstraintComponent"}
    assert catalogue.red_catalog(folder, "publish").returncode == 0
    (page,) = (folder / "public/current/site/dataset").glob("*.html")
    assert "au regard du profil regles" in page.read_text("utf-8")
    configure(folder, 'profiles = ["healthdcat-ap-8", "regles"]', USUAL)
    configure(folder, 'gating = ["regles"]', GATE)
    assert states(folder) == {"unchanged": 1}
    assert dataset(folder)["verdict"] == "conformant"


def test_an_unknown_profile_is_told_before_anything_is_fetched(folder: Path) -> None:
    """One sentence with the nearest name and how to install another; nothing is written."""
    configure(folder, USUAL, 'profiles = ["healthdcat-ap-8", "minimum-2026-2098", "redd"]')
    done = catalogue.red_catalog(folder, "harvest")
    assert done.returncode == 2
    for said in ("`redd`", "did you mean `red`?", "red-catalog shapes install"):
        assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    ill = catalogue.json_of(folder, "doctor")
    assert [f["subject"] for f in ill if not f["well"]][:1] == ["profiles"]


def test_another_program_examines_everything_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older program found is not taken for what this one would find."""
    settings = config.load(folder / "red.toml")
    code = tmp_path / "validation"
    shutil.copytree(fingerprints.CODE[0], code, ignore=shutil.ignore_patterns("__pycache__"))
    stamps = []
    for words in ("", "# A rule that says more.\n", ""):
        changed = code / "rules" / "dates.py"
        changed.write_text(changed.read_text("utf-8") + words, encoding="utf-8")
        fingerprints.program.cache_clear()
        monkeypatch.setattr(fingerprints, "CODE", (code, *fingerprints.CODE[1:]))
        with (
            Register.open(settings.register) as register,
            Http(tmp_path / "cache", "red-catalog/0 (test)", Limits()) as http,
        ):
            harvester = Harvester(settings, register, http)
            reviewed = harvester.examine(settings.sources[0]).reviewed
            harvester.harvest(settings.sources[0])
            (known,) = register.known(settings.sources[0].id, ()).values()
            stamps.append((known.fingerprint, len(reviewed)))
    fingerprints.program.cache_clear()
    assert [reviewed for _, reviewed in stamps] == [0, 1, 0]
    assert stamps[0][0] != stamps[1][0] == stamps[2][0]


def test_a_problem_that_two_profiles_see_is_shown_once(folder: Path) -> None:
    """A code under a former address: two findings, one of them marked; one point on the page."""
    file = folder / "holders" / "mon-etablissement" / "jeu.nt"
    now = "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/"
    then = now.replace("data.health", "acceptance.data.health")
    file.write_text(file.read_text("utf-8").replace(now, then), encoding="utf-8")
    assert catalogue.red_catalog(folder, "run").returncode == 0
    found = dataset(folder)
    (ours,) = [
        f for f in found["others"][1]["findings"] if (f["value"] or "").startswith(f"<{then}")
    ]
    assert ours["repeats"] is True
    assert [f for f in found["findings"] if f["value"] == ours["value"]]
    (page,) = (folder / "public/current/site/dataset").glob("*.html")
    for text in (
        page.read_text("utf-8"),
        catalogue.red_catalog(folder, "report", "mon-etablissement").stdout,
    ):
        assert "ancienne version de la liste" not in text
