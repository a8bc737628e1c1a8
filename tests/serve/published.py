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
    """The sample holders in this folder, published; `more` is added to the configuration.

    There are no pages of rules, of which there are many.
    """
    root = catalogue.copy_samples(folder)
    settings = (root / "red.toml").read_text("utf-8")
    assert "\n[publication]\n" in settings
    few = settings.replace("\n[publication]\n", "\n[publication]\nrules = []\n")
    (root / "red.toml").write_text(few + more, "utf-8")
    done = catalogue.red_catalog(root, "run")
    assert done.returncode in {0, 3}, done.stderr
    return Published(root)
