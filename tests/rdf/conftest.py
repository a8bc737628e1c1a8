"""Where the corpora lie, and short ways to read a document in tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests import shared

Take = Callable[..., Reading | Unreadable]
_SHARED = Path(__file__).parents[2].parent / "shared"
_SOURCE = Source(
    id="chu-exemple-dcat",
    holder="chu-exemple",
    kind="dcat",
    location="https://chu.exemple.fr/catalogue",
    namespaces=("https://chu.exemple.fr/",),
    foreign=("https://registre.exemple.fr/",),
)
_PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


def _corpus(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable, _SHARED / name))
    if not folder.is_dir():
        shared.lack(f"the corpus {name} is absent: name its folder with {variable}")
    return folder


@pytest.fixture
def real() -> Path:
    """The folder of real descriptions."""
    return _corpus("RED_REAL", "real")


@pytest.fixture
def attacks() -> Path:
    """The folder of hostile documents."""
    return _corpus("RED_ATTACKS", "attacks")


@pytest.fixture
def source() -> Source:
    """A source of a hospital, beside another holder's namespace."""
    return _SOURCE


@pytest.fixture
def take() -> Take:
    """Reads one document; Turtle gets the usual prefixes at its head."""

    def take(
        content: str | bytes,
        media_type: str | None = "text/turtle",
        base: str | None = "https://chu.exemple.fr/",
        location: str = "https://chu.exemple.fr/catalogue",
        limits: Limits | None = None,
    ) -> Reading | Unreadable:
        raw = content if isinstance(content, bytes) else (_PREFIXES + content).encode()
        return read(Document(location, raw, media_type, base), _SOURCE, limits or Limits())

    return take
