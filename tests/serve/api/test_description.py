"""The OpenAPI description against the running server, request by generated request."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Whatever address would be checked is one that is refused: tests ask no stranger."""
    if isinstance(body, dict) and body.get("url"):
        body["url"] = "http://127.0.0.1/"
    return body


@pytest.fixture(scope="module")
def described(samples: Any) -> Any:
    """The interface as its description tells it."""
    return schemathesis.openapi.from_url(samples.url + "api/openapi.json")


lazy = schemathesis.pytest.from_fixture("described")


# Wrong keys by the hundred shut a client out; tests/serve/test_keys.py asks with right ones.
@lazy.exclude(path="/api/dashboard").parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: Any) -> None:
    """Every answer, to right and wrong requests, is one that the description promises."""
    case.call_and_validate(checks=CHECKS.get_all(), timeout=20)
