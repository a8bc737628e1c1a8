"""What a source gives, and what is read in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from red_catalog.model.words import Text


@dataclass(frozen=True, slots=True)
class Defect:
    """Trouble in a document: what is wrong and how to mend it, in both languages.

    `subject` is the IRI of the resource it touches; `line` and `column` count from 1; `path`: the
    property, or a choice of several, that has no right value because of it; `part`: what the
    part of a dataset that it was to be a value of calls itself, None for the dataset itself.
    """

    code: str
    message: Text
    fix: Text
    line: int | None = None
    column: int | None = None
    subject: str | None = None
    path: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Where a mandatory value of the parts of a dataset is missing in spreadsheets.

    `subject`: the IRI of the dataset; `kind` and `path`: the class of the parts and the property,
    as terms; `line`: the first of the rows that `where` tells; `fix`: what to write there, where
    the sheets have words of their own for it.
    """

    subject: str
    kind: str
    path: str
    line: int | None
    where: Text
    fix: Text | None = None


UNNAMED: Final = "document"
"""The location of what was sent or pasted without a name."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as a source gave it.

    `location` is what people are shown; `base` resolves relative IRIs (None: they are
    refused); `defects` were met before parsing, by a mapping for instance; `reading` is what it
    holds, where whoever fetched it had to read it. `private`: what it was made from has a mark of
    its holder not to publish something.
    """

    location: str
    content: bytes
    media_type: str | None = None
    base: str | None = None
    defects: tuple[Defect, ...] = ()
    reading: "Reading | None" = field(default=None, compare=False, repr=False)
    private: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that gave nothing, and why. `private`: as of a reading."""

    location: str
    problem: Defect
    private: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Gone:
    """The source itself says that a dataset is no more.

    `name` is the dataset's IRI, or the location of the document that described it.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the next harvest of this source can go on.

    `partial`: only what changed since the last bookmark came, so absence means nothing.
    """

    value: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One dataset's description as harvested from one source.

    `canonical`: its triples as sorted N-Triples lines in UTF-8, blank nodes under labels
    that depend on content alone. `digest`: SHA-256 of `canonical`, in hexadecimal.
    """

    iri: str
    canonical: bytes
    digest: str
    document: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A dataset held back because its description is broken."""

    iri: str
    problem: Defect
    document: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document held.

    `listed`: IRIs of the datasets that its catalogue names (described or not).
    `next_page`: the following page of a paged feed. `dropped`: statements left out, by
    reason (`foreign`, `vocabulary`, `unattached`). `repaired`: defects mended on reading.
    `private`: something in it may be marked private, so that nobody else is to read what it says.
    """

    location: str
    records: tuple[Record, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    repaired: tuple[Defect, ...] = ()
    listed: tuple[str, ...] = ()
    next_page: str | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    private: bool = False
