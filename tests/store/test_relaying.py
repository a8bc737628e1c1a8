"""What a remote store answers, read in a thread and told in another."""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from red_catalog.store.answer import Question
from red_catalog.store.relaying import UnreadableError, relay

RESULTS = '{{"head": {{"vars": ["jeu"]}}, "results": {{"bindings": [{{"jeu": {}}}]}}}}'
QUESTION = Question("", "application/sparql-results+json", "https://red.example.fr/sparql", 9, 999)


@pytest.mark.parametrize(
    "cell",
    ['{"type": "uri", "value": "pas une adresse"}', '{"type": "uri"}', "3"],
)
def test_an_unreadable_answer_leaves_nothing_behind(
    cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error may go to another thread: the engine's solutions, which may not, are not in it."""
    lost: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(relay, RESULTS.format(cell).encode(), QUESTION, table=True)
        error = asked.exception()
    del asked
    assert isinstance(error, UnreadableError)
    del error
    assert lost == []
