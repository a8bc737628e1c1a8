"""The rules of the profiles, as their pages tell them: what each asks, of what, and where from."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.model import Entry, Level, Problem, Report, Severity, Text
from red_catalog.publish.record.history import Past
from red_catalog.publish.web import links

_PAGE: Final = re.compile(r"rules/(?P<profile>[^/]+)/(?P<name>[^/]+)\.html")


@dataclass(frozen=True, slots=True)
class Demand:
    """How a rule applies at one access level; `least` and `most` values, None for no bound."""

    level: Level
    severity: Severity
    least: int | None
    most: int | None

    @property
    def bounded(self) -> bool:
        """Whether the number of values counts."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a profile.

    `local` names its page; `about` are the things it is said of, `path` the IRI of the property;
    `lists` are the IRIs of the code lists that values come from, `values` terms that must be
    there; `parts` are the names of the rules within it; `element` is its number among the
    minimum elements of Regulation (EU) 2026/2098; `of_catalogues` that it is about catalogues or
    their records alone, which are not checked.
    """

    local: str
    iri: str
    name: Text
    message: Text
    about: tuple[Text, ...] = ()
    path: str | None = None
    expected: Text | None = None
    demands: tuple[Demand, ...] = ()
    lists: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    example: Text | None = None
    fix: Text | None = None
    element: int | None = None
    of_catalogues: bool = False

    @property
    def gravest(self) -> Severity:
        """The severity that the rule has at the level where it is gravest."""
        found = {d.severity for d in self.demands}
        return next((s for s in Severity if s in found), Severity.INFO)


@dataclass(frozen=True, slots=True)
class Book:
    """All rules of a profile, in the order of its index."""

    profile: str
    release: str
    title: Text
    digest: str
    origin: str | None
    rules: tuple[Rule, ...]


def _nothing(_: object) -> tuple[()]:
    return ()


def _nobody(_entry: Entry, _report: Report) -> None:
    """Nobody explains more than the findings do."""


@dataclass(frozen=True, slots=True)
class Lore:
    """What pages tell that other stages know, asked for only where a page is written anew.

    `key` is a digest of all that the answers depend on besides what is asked about;
    `profiles` are the names of the books, `titles` what people call them. `rehearse` makes what
    dumps and feeds give of a dataset, for those that met a bug in the live release; for all,
    which are then read, where it is `wary`.
    """

    key: str = ""
    profiles: Mapping[str, Text] | None = None
    books: Callable[[], Sequence[Book]] = tuple
    problems: Callable[[Entry, Report], Sequence[Problem] | None] = _nobody
    versions: Callable[[str], Sequence[Past]] = _nothing
    rehearse: Callable[[Entry], object] = _nothing
    wary: bool = False


def page(profile: str, shape: str | None) -> str | None:
    """The path of the page of a rule (a term), None for what cannot have one."""
    if not shape or not shape.startswith("<"):
        return None
    local = shape.strip("<>").replace("#", "/").rstrip("/").rsplit("/", 1)[-1]
    return checked(f"rules/{profile}/{local}.html")


def checked(path: str | None) -> str | None:
    """The path of a rule's page where it is one that the site can have."""
    found = _PAGE.fullmatch(path or "")
    if found is None or not (is_name(found["profile"]) and is_name(found["name"])):
        return None
    return path


def is_name(text: str) -> bool:
    """Whether a text can name a page."""
    try:
        links.slug(text)
    except ValueError:
        return False
    return True


def address(base_iri: str, code: str, path: str | None) -> str | None:
    """The whole address of a rule's page in a language."""
    return links.url(base_iri, code, path) if path and checked(path) else None
