"""The sample catalogue, harvested and published once, for servers of several tests."""

from dataclasses import dataclass
from pathlib import Path

from red_catalog.config import Config, load
from tests import catalogue


@dataclass
class Published:
    """A catalogue's folder, as a test server wants it."""

    root: Path

    @property
    def config(self) -> Config:
        """The configuration that lies in it."""
        return load(self.root / "red.toml")


def publish_samples(folder: Path, more: str = "") -> Published:
    """The sample holders in this folder, published; `more` is added to the configuration."""
    root = catalogue.copy_samples(folder)
    with (root / "red.toml").open("a", encoding="utf-8") as settings:
        settings.write(more)
    done = catalogue.red_catalog(root, "run")
    assert done.returncode in {0, 3}, done.stderr
    return Published(root)
