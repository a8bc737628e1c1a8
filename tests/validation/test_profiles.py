"""Loading profiles."""

import shutil
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.validation import profiles

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
