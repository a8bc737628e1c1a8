"""What the door gives: a document, or what a server says instead of one."""

from dataclasses import dataclass

from red_catalog.model import Document, Unreadable


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that came. `unchanged`: the server said that it is the one we had."""

    document: Document
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Declined(Unreadable):
    """A status that is an error, with what the server says of it: how its body begins."""

    status: int
    said: Document
