"""`red.toml` read into frozen, checked objects."""

from red_catalog.config.reading import load
from red_catalog.config.secrets import secret
from red_catalog.config.settings import (
    INGEST,
    Catalogue,
    Config,
    Guards,
    Notify,
    Publication,
    Serve,
    Sparql,
    Validation,
    declared_folder,
)

__all__ = [
    "INGEST",
    "Catalogue",
    "Config",
    "Guards",
    "Notify",
    "Publication",
    "Serve",
    "Sparql",
    "Validation",
    "declared_folder",
    "load",
    "secret",
]
