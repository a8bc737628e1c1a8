"""Names that others gave, within words of ours: marked with the language they are in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markupsafe import Markup

from red_catalog.model import Entry
from red_catalog.namespaces import term
from red_catalog.publish.web.texts import clean
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.rdf.writing import triples

_NAMES: Final = {term(n) for n in ("dct:title", "foaf:name", "vcard:fn", "csvw:name", "rdfs:label")}
_QUOTED: Final = re.compile(r"(?P<open>«\s|“)(?P<name>.+)(?P<close>\s»|”)")


@dataclass(frozen=True)
class Quoted:
    """The names within a description, found only where a page quotes one."""

    entry: Entry

    @cached_property
    def _tongues(self) -> Mapping[str, str]:
        named = (literal(o) for _, p, o in triples(self.entry.canonical)
                 if p in _NAMES and is_literal(o))  # fmt: skip
        return {" ".join(text.split()): tongue for text, tongue, _ in named if tongue}

    def mark(self, text: str, code: str) -> Markup:
        """The text as HTML, the name that it quotes with its language where it is another one."""
        found = _QUOTED.search(text)
        tongue = self._find(found["name"]) if found else None
        if found is None or tongue is None or tongue.partition("-")[0] == code:
            return Markup("{}").format(clean(text))
        start, end = found.span("name")
        parts = (clean(text[:start]), tongue, clean(found["name"]), clean(text[end:]))
        return Markup('{}<span lang="{}">{}</span>{}').format(*parts)

    def _find(self, name: str) -> str | None:
        if not name.endswith("…"):
            return self._tongues.get(name)
        cut = name.removesuffix("…")
        return next((v for k, v in self._tongues.items() if k.startswith(cut)), None)
