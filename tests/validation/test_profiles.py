"""Loading profiles."""

import shutil
from pathlib import Path

import pytest
from rdflib import Literal
from rdflib.namespace import SH

from red_catalog import vocabulary
from red_catalog.errors import RedError
from red_catalog.model import Level
from red_catalog.validation import background, profiles, pyshacl_engine, shapes_graph
from red_catalog.validation.compiled.data import Background
from red_catalog.validation.compiled.plan import compile_shapes
from red_catalog.validation.rules.table import RULES
from tests.validation.test_same_as_official import EVERY_CLASS, mutant, triples_of

NAME = "healthdcat-ap-8"


def test_a_profile_tells_its_release_and_digest() -> None:
    """What every report names."""
    profile = profiles.load(NAME)
    assert (profile.name, profile.release) == (NAME, "8")
    assert set(profile.title) == {"fr", "en"}
    assert profile.digest.startswith("sha256:")
    assert len(profile.digest) == len("sha256:") + 64


def test_a_profile_is_loaded_once() -> None:
    """The same object, so that a process reads the files once."""
    assert profiles.load(NAME) is profiles.load(NAME)


def test_an_unknown_profile_is_told_with_the_nearest_name() -> None:
    """One sentence that suggests the right name."""
    with pytest.raises(RedError, match="did you mean `healthdcat-ap-8`"):
        profiles.load("healthdcat-ap8")


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    """A copy has the same digest; one more character gives another."""
    folder = tmp_path / NAME
    shutil.copytree(Path(profiles.__file__).parents[1] / "shapes" / NAME, folder)
    assert profiles.read(folder).digest == profiles.load(NAME).digest
    with (folder / "public.ttl").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert profiles.read(folder).digest != profiles.load(NAME).digest


def test_every_profile_of_the_software_is_there() -> None:
    """Each can be loaded by name, says what it is in both languages, and has its shapes."""
    assert profiles.names() == ("dcat-ap-3", "hdh", NAME, "minimum-2026-2098", "red")
    for name in profiles.names():
        profile = profiles.load(name)
        assert (profile.name, set(profile.title)) == (name, {"fr", "en"})
        assert all(file.is_file() for files in profile.files.values() for file in files)


def test_every_shape_and_rule_speaks_both_languages() -> None:
    """A name for each; a message for each that can be broken, except parts of a choice."""
    for name in profiles.names():
        for level in Level:
            graph = shapes_graph.shapes(name, level)
            for predicate in (SH.name, SH.message):
                for node in set(graph.subjects(predicate)):
                    texts = list(graph.objects(node, predicate))
                    languages = sorted(str(t.language) for t in texts if isinstance(t, Literal))
                    assert languages == ["en", "fr"], (name, node, predicate)


def test_a_profile_can_use_the_files_of_another() -> None:
    """The digest covers them."""
    theirs = set(profiles.load(NAME).files[Level.PUBLIC])
    shared = theirs & set(profiles.load("dcat-ap-3").files[Level.PUBLIC])
    assert len(shared) == 8


def test_a_profile_cannot_use_files_from_elsewhere(tmp_path: Path) -> None:
    """Not even where its manifest asks for them."""
    folder = tmp_path / "shapes" / "curieux"
    folder.mkdir(parents=True)
    (tmp_path / "secret.ttl").write_text("")
    (folder / "profile.toml").write_text(
        'name = "curieux"\nrelease = "1"\n[title]\nfr = ""\nen = ""\n'
        '[files]\ncommon = ["../../secret.ttl"]\n'
    )
    with pytest.raises(RedError, match="outside"):
        profiles.read(folder)


def test_rules_are_part_of_the_digest() -> None:
    """A rule that changes makes records be validated again."""
    folder = Path(profiles.__file__).parent / "rules"
    profile = profiles.load("red")
    assert profile.rules == ("red",)
    assert set(profile.rules) <= RULES.keys()
    assert profile.digest != profiles.load("minimum-2026-2098").digest
    assert any(folder.glob("*.py"))


@pytest.mark.parametrize("name", profiles.names())
def test_the_compiled_engine_takes_every_shape(name: str) -> None:
    """Nothing is left to pySHACL, and both find the same."""
    described = triples_of(EVERY_CLASS)
    assert described
    shapes = shapes_graph.shapes(name, Level.NON_PUBLIC)
    plan = compile_shapes(shapes, Background(vocabulary.whole_background()))
    assert plan.unsupported == ()
    for triples in (described, mutant(described, 7)):
        expected = pyshacl_engine.run(shapes, triples, background.gather(triples))
        assert {r[:5] for r in expected} == {r[:5] for r in plan.validate(triples)}
