"""Whose an address is, however it is spelled."""

from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.model import Source
from red_catalog.model.addresses import climbs, respell

_TREE = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire", en = "Register" }
publisher = "Agence du numérique"
contact = "mailto:catalogue@agence.example"
[publication]
rules = []
[[holder]]
id = "chu-bellerive"
name = "CHU de Bellerive"
namespaces = ["https://donnees.chu-bellerive.example/", "https://données.chu-bellerive.example/é/"]
[[holder]]
id = "chu-valmont"
name = "CHU de Valmont"
namespaces = ["https://chu-valmont.example/"]
[[source]]
id = "valmont"
holder = "chu-valmont"
kind = "ingest"
"""
_THEIRS = "https://donnees.chu-bellerive.example/"
_ACCENTED = "https://données.chu-bellerive.example/é/"
_BASE = "https://red.example.fr/"
_DECLARED = "https://red.example.fr/declared/"


@pytest.fixture(scope="module")
def valmont(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Where a hospital hands in, beside another one with namespaces."""
    path: Path = tmp_path_factory.mktemp("tree") / "red.toml"
    path.write_text(_TREE, encoding="utf-8")
    return config.load(path).source("valmont")


@pytest.mark.parametrize(
    ("iri", "namespace"),
    [
        ("https://donnees.chu-bellerive.example/d/1", _THEIRS),
        ("http://donnees.chu-bellerive.example/d/1", _THEIRS),
        ("http://donnees.chu-bellerive.example:80/d/1", _THEIRS),
        ("https://donnees.chu-bellerive.example:443/d/1", _THEIRS),
        ("https://donnees.chu-bellerive.example:/d/1", _THEIRS),
        ("https://Donnees.CHU-bellerive.example:0443/d/1", _THEIRS),
        ("https://donnees.chu-bellerive.example./d/1", _THEIRS),
        ("https://x@donnees.chu-bellerive.example/d/1", _THEIRS),
        ("https://x:y@donnees.chu-bellerive.example/d/1", _THEIRS),
        ("https://donnees%2Echu-bellerive.example/d/1", _THEIRS),
        ("https://donnees.chu-bellerive.example", _THEIRS),
        ("https://xn--donnes-eva.chu-bellerive.example/é/1", _ACCENTED),
        ("https://donne\u0301es.chu-bellerive.example/e\u0301/1", _ACCENTED),
        ("https://DONNÉES.chu-bellerive.example/%C3%A9/1", _ACCENTED),
        ("https://donn%C3%A9es.chu-bellerive.example/%c3%a9/1", _ACCENTED),
        ("https://red.example.fr:443/declared/chu-bellerive/1", _DECLARED),
        ("http://red.example.fr/declared/chu-bellerive/1", _DECLARED),
        ("http://red.example.fr/publisher", _BASE),
        (f"{_DECLARED}chu-valmont/../chu-bellerive/1", _DECLARED),
        (f"{_DECLARED}chu-valmont/%2e%2E/chu-bellerive/1", _DECLARED),
        (f"{_DECLARED}chu-valmont/../../publisher", _BASE),
        (f"{_DECLARED}chu-valmont/./1", _DECLARED),
        ("https://chu-valmont.example/../d/1", None),
        ("http://chu-valmont.example/d/1", None),
        (f"{_DECLARED}chu-valmont/1", None),
        ("http://red.example.fr/declared/chu-valmont/1", None),
        ("https://donnees.chu-bellerive.example:8443/d/1", None),
        ("https://données.chu-bellerive.example/e/1", None),
        ("https://données.chu-bellerive.example%2Fé/1", None),
        ("https://chu-bellerive.example/?u=https://donnees.chu-bellerive.example/d/1", None),
        ("https://[::1]:443/d/1", None),
        ("https://[::1/d", None),
        ("urn:uuid:1", None),
        ("_:b1", None),
    ],
)
def test_a_namespace_is_reserved_in_every_spelling(
    valmont: Source, iri: str, namespace: str | None
) -> None:
    """What leads into another holder's namespace, or to a page of ours, is that one's."""
    assert valmont.foreign_namespace(iri) == namespace


def test_a_dataset_that_a_holder_has_stays_its_own(valmont: Source) -> None:
    """Only as it is written does a namespace take away what another holder had before."""
    assert valmont.foreign_namespace("http://donnees.chu-bellerive.example/d/1", had=True) is None
    assert valmont.foreign_namespace(f"{_THEIRS}d/1", had=True) == _THEIRS


def test_addresses_are_compared_in_one_spelling() -> None:
    """Signs that mean something else when they are escaped stay so, and queries have no folders."""
    assert respell("HTTP://a.example:80/b/./c/../%7Ed%2fe%3F/.?f=/../g#h") == (
        "https://a.example/b/~d%2Fe%3F/?f=/../g#h"
    )
    assert respell("https://a.example:8443//b%") == "https://a.example:8443//b%"
    assert [climbs(f"https://a.example{one}") for one in ("", "/..", "/a/%2e/b", "/a..b/")] == [
        False, True, True, False,
    ]  # fmt: skip
