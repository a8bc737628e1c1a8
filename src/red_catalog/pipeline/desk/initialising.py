"""Writing the first files of a new catalogue."""

from importlib.resources import files
from pathlib import Path

from red_catalog.errors import RedError, writing

_STARTER = {"red.toml": "red.toml", "dataset.ttl": "holders/mon-etablissement/dataset.ttl"}


def initialise(folder: Path) -> list[Path]:
    """Writes a commented configuration and one example description; returns their paths.

    Raises RedError where the folder already holds one of them, or cannot be written.
    """
    targets = {name: folder / where for name, where in _STARTER.items()}
    for target in targets.values():
        if target.exists():
            raise RedError(f"{target} already exists: name a folder without one.")
    for name, target in targets.items():
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((files("red_catalog") / "starter" / name).read_bytes())
    return list(targets.values())
