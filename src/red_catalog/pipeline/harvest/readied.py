"""All that appraising needs, loaded and compiled: forked from here, workers start with it."""

from red_catalog.config import Validation
from red_catalog.pipeline.harvest import appraising
from red_catalog.validation import engines, profiles

__all__ = ["appraising"]

engines.prepare((*Validation().profiles, *profiles.scoring()))
