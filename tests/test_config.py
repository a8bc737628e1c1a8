"""What `red.toml` may say, and how a mistake in it is told."""

from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.errors import RedError

MINIMAL = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire", en = "Register" }
publisher = "Agence du numérique"
contact = "mailto:catalogue@agence.example"
[[holder]]
id = "chu-exemple"
name = { fr = "CHU d'Exemple" }
namespaces = ["https://chu.exemple.fr/"]
[[holder]]
id = "registre-exemple"
name = "Registre d'Exemple"
namespaces = ["https://registre.exemple.fr/"]
[[source]]
id = "chu-fichiers"
holder = "chu-exemple"
kind = "file"
location = "chu"
"""


def load(folder: Path, text: str) -> config.Config:
    """The configuration with this text."""
    path = folder / "red.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_a_minimal_file_gets_the_designs_defaults(tmp_path: Path) -> None:
    """What a file leaves out has the value that the design names."""
    settings = load(tmp_path, MINIMAL)
    assert settings.publication.gate == "flag"
    assert (settings.guards.max_removed_share, settings.guards.max_removed) == (0.2, 50)
    assert (settings.sparql.seconds, settings.sparql.rows) == (30.0, 10_000)
    assert settings.holder("chu-exemple").name == {"fr": "CHU d'Exemple", "en": "CHU d'Exemple"}


def test_a_source_knows_the_namespaces_of_the_others(tmp_path: Path) -> None:
    """A source may not describe what lies in another holder's namespace."""
    source = load(tmp_path, MINIMAL).source("chu-fichiers")
    assert source.namespaces == ("https://chu.exemple.fr/",)
    assert source.foreign == ("https://registre.exemple.fr/",)


def test_a_path_is_taken_from_the_configurations_folder(tmp_path: Path) -> None:
    """The catalogue works from whatever folder the command is run in."""
    assert load(tmp_path, MINIMAL).source("chu-fichiers").location == str(tmp_path / "chu")


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("publisher =", "publishr =", "did you mean `publisher`?"),
        ('kind = "file"', 'kynd = "file"', "did you mean `kind`?"),
        ('holder = "chu-exemple"', 'holder = "chu-exempl"', "did you mean `chu-exemple`?"),
        ('"https://red.example.fr/"', '"red.example.fr"', "must be an http(s) IRI"),
        ('id = "registre-exemple"', 'id = "chu-exemple"', "two holders have the id"),
        ('id = "registre-exemple"', 'id = "Registre !"', "lower-case letters"),
        ("[[holder]]", "[holder]", "not valid TOML"),
        ('contact = "mailto:catalogue@agence.example"', "", "`contact` is missing"),
        ("[[source]]", '[publication]\ngate = "open"\n[[source]]', 'must be "flag" or "strict"'),
        ("[[source]]", "[guards]\nmax_removed = -1\n[[source]]", "zero or more"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    """Each mistake names the file, what is wrong, and where it can the right spelling."""
    with pytest.raises(RedError) as raised:
        load(tmp_path, MINIMAL.replace(wrong, right))
    assert said in str(raised.value)
    assert "red.toml" in str(raised.value) or "called" in str(raised.value)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    """An operator without a configuration is told of `init`."""
    with pytest.raises(RedError, match="red-catalog init DIR"):
        config.load(tmp_path / "red.toml")


def test_only_one_process_writes(tmp_path: Path) -> None:
    """A second harvest on the same catalogue is refused while the first goes on."""
    settings = load(tmp_path, MINIMAL)
    with (
        settings.locked(),
        pytest.raises(RedError, match="Another red-catalog is writing"),
        settings.locked(),
    ):
        pass
