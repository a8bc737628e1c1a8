"""`red.toml` read into frozen, checked objects."""

from red_catalog.config.reading import load
from red_catalog.config.secrets import secret
from red_catalog.config.settings import (
    Catalogue,
    Config,
    Guards,
    Notify,
    Publication,
    Sparql,
    Validation,
)

__all__ = [
    "Catalogue",
    "Config",
    "Guards",
    "Notify",
    "Publication",
    "Sparql",
    "Validation",
    "load",
    "secret",
]
