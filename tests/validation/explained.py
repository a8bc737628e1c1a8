"""What people are told of a sample, with something changed in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from red_catalog.model import Document, Problem
from red_catalog.rdf.limits import Limits
from red_catalog.validation.documents import Manner, check_rdf

SAMPLE: Final = Path(__file__).parents[2] / "samples/chu-valmorin/eds-sejours.ttl"
TEXT: Final = SAMPLE.read_text("utf-8")
DATASET: Final = "https://donnees.chu-valmorin.example/jeu/eds-sejours"


def change(*changes: tuple[str, str], text: str = TEXT) -> str:
    """The sample with each of these replaced once."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(
    text: str, about: str = "", profiles: Sequence[str] = ("healthdcat-ap-8",), syntax: str = "ttl"
) -> list[Problem]:
    """The problems of a document whose path ends so, gravest first."""
    document = Document(f"essai.{syntax}", text.encode())
    return [
        problem
        for checked in check_rdf(document, profiles, Limits(), Manner())
        for dataset in checked.datasets
        for problem in dataset.problems
        if (problem.path or "").rstrip(">").endswith(about)
    ]
