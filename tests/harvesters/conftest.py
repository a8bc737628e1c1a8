"""The servers and doors of the HTTP tests."""

from tests.http.conftest import door, naps, serve

__all__ = ["door", "naps", "serve"]
