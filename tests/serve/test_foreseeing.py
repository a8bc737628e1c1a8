"""What those who hand in by a program are told."""

import pytest
from starlette.routing import Route

from red_catalog.serve.holders.foreseeing import sentence_of
from red_catalog.serve.holders.turning_away import refusal_at

ROUTES = [Route("/ingest/datasets", lambda _: None, methods=["POST"]),
          Route("/ingest/attestations", lambda _: None, methods=["POST"])]  # fmt: skip


@pytest.mark.parametrize(("lang", "said"), [("fr", "(ligne 2)"), ("en", "(line 2)")])
def test_a_line_is_called_one(lang: str, said: str) -> None:
    """A number in brackets would say nothing."""
    trouble = {"message": "Ce n'est pas du RDF.", "line": 2, "fix": "Déclarez-le."}
    assert sentence_of(trouble, lang) == f"Ce n'est pas du RDF. {said} Déclarez-le."
    assert sentence_of({**trouble, "line": None}, lang) == "Ce n'est pas du RDF. Déclarez-le."


def test_where_to_put_a_description_is_named() -> None:
    """PUT has an address of its own, which whoever comes to that of POST is told."""
    told = refusal_at(ROUTES, "/ingest/datasets").message
    assert "PUT /ingest/datasets/origin?originalId=" in told["fr"]
    assert "PUT /ingest/datasets/origin?originalId=" in told["en"]
    assert "PUT" not in refusal_at(ROUTES, "/ingest/attestations").message["fr"]
