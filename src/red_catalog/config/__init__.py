"""`red.toml` read into frozen, checked objects."""

from red_catalog.config.reading import load
from red_catalog.config.secrets import secret
from red_catalog.config.settings import (
    DECLARED,
    INGEST,
    Catalogue,
    Config,
    Guards,
    Notify,
    Publication,
    Serve,
    Sparql,
    Validation,
)

__all__ = [
    "DECLARED",
    "INGEST",
    "Catalogue",
    "Config",
    "Guards",
    "Notify",
    "Publication",
    "Serve",
    "Sparql",
    "Validation",
    "load",
    "secret",
]
