"""Why a query was not answered, as its client is told."""

import signal
from collections.abc import Mapping
from typing import Any

from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.syntax import explain_syntax


def busy() -> Refusal:
    """No worker was free in time."""
    return Refusal(
        503,
        "Le service est occupé par d'autres requêtes : réessayez dans un instant.",
        "The endpoint is busy with other queries: try again in a moment.",
        headers={"Retry-After": "5"},
    )


def unable() -> Refusal:
    """No worker is up, and none can be started."""
    return Refusal(
        503,
        "Le service SPARQL ne peut pas répondre pour le moment : réessayez plus tard.",
        "The SPARQL endpoint cannot answer at the moment: try again later.",
        headers={"Retry-After": "60"},
    )


def explain(told: Mapping[str, Any], query: str) -> Refusal:
    """A worker said that the query failed."""
    if told["code"] == "memory":
        return too_much_memory()
    detail = told["detail"]
    if told["code"] == "syntax" and "line" in told:
        return explain_syntax(query, told["line"], told["column"], detail)
    return Refusal(
        400,
        f"La requête ne peut pas être évaluée : {detail}.",
        f"The query cannot be evaluated: {detail}.",
    )


def crashed(code: int) -> Refusal:
    """A worker died of the query, with this exit code."""
    if code == -signal.SIGALRM:
        return too_long(None)
    if code in {-signal.SIGABRT, -signal.SIGKILL}:
        return too_much_memory()
    return Refusal(
        400,
        "La requête est trop complexe pour être évaluée : simplifiez-la.",
        "The query is too complex to be evaluated: make it simpler.",
    )


def ended() -> Refusal:
    """The query had run longest while others waited."""
    return Refusal(
        503,
        "Trop de requêtes longues à la fois : restreignez la vôtre, ou réessayez plus tard.",
        "Too many long queries at once: narrow yours down, or try again later.",
        headers={"Retry-After": "30"},
    )


def too_much_memory() -> Refusal:
    """The query needs more than the limit."""
    return Refusal(
        503,
        "La requête demande plus de mémoire que permis : restreignez-la.",
        "The query needs more memory than permitted: narrow it down.",
    )


def too_large() -> Refusal:
    """A remote store's answer is larger than what is read of one."""
    return Refusal(
        503,
        "La réponse est trop longue : restreignez la requête ou ajoutez LIMIT.",
        "The answer is too long: narrow the query down or add LIMIT.",
    )


def too_long(seconds: float | None) -> Refusal:
    """The query overran its deadline."""
    bound = f" {seconds:g} s" if seconds else ""
    return Refusal(
        504,
        f"La requête dépasse le temps permis{bound} : restreignez-la ou ajoutez LIMIT.",
        f"The query takes longer than permitted{bound}: narrow it down or add LIMIT.",
    )
