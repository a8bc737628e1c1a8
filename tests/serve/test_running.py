"""Starting the server."""

from collections.abc import Callable
from typing import Any

import pytest

from red_catalog.errors import RedError
from red_catalog.serve.running import listen, serve


def test_no_release(make_place: Callable[..., Any]) -> None:
    """Without a release the operator is told what to run."""
    with pytest.raises(RedError, match=r"run `red-catalog run` first\.$"):
        serve(make_place().config, "127.0.0.1", 0)


def test_taken_port() -> None:
    """A port in use is named, with what to do."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RedError, match=rf"^Port {port} .* choose another with --port\.$"):
            listen("127.0.0.1", port)
