"""The catalogue of three holders, published once for all who only read it."""

from pathlib import Path

import pytest

from red_catalog.publish import release
from tests.publish import records


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web root of a live release."""
    config = records.config(tmp_path_factory.mktemp("catalogue"))
    prepared = release.prepare(config, records.entries(), records.runs(), records.MOMENT)
    assert prepared is not None
    release.switch(config, prepared)
    return config.public / "current" / "site"
