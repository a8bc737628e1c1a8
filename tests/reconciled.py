"""The sum that holds after every harvest: what was read is counted apart from the states."""

from collections.abc import Mapping
from typing import Any

READ = ("new", "updated", "unchanged", "quarantined", "conflict", "rejected")


def assert_reconciled(run: Mapping[str, Any]) -> None:
    """Every record read ended in exactly one state."""
    assert run["read"] == sum(run["states"][state] for state in READ)
