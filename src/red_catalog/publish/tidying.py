"""How often memory is tidied: a catalogue in it is held to the end, and costs each time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Python's own measure is 700 objects, of which a card alone has thirty.
_OBJECTS: Final = 50_000


@contextmanager
def seldom() -> Iterator[None]:
    """While the block goes on, circles of garbage are looked for after many objects only."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def frozen() -> Iterator[None]:
    """While the block goes on, what is held now is left out when garbage is looked for.

    Processes forked meanwhile would else copy all of it by looking: their memory is shared with
    this one's until somebody writes.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
