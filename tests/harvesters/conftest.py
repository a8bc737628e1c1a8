"""The servers and doors of the HTTP tests."""

from tests.http.conftest import door, evil, naps, serve

__all__ = ["door", "evil", "naps", "serve"]
