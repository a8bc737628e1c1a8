"""JSON-LD: no statements are read, but addresses and texts that stand there once."""

import re
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri
from red_catalog.rdf.terms import literal as parts

_JSON_ID: Final = re.compile(r'"(?:@id|id)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*([,}])')


class JsonLines:
    """The lines of a JSON-LD document: what stands there once has a line."""

    def __init__(self, text: str) -> None:
        self.text = text
        named = re.findall(r'"([\w-]+)"\s*:\s*"(https?://[^"]+[/#])"', self.text)
        self.prefixes = {**PREFIXES, **dict(named)}

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line of a value that stands once, or where the subject is described."""
        if path is not None and value is not None and not is_blank(value):
            wanted = bare(value) if is_iri(value) else parts(value)[0]
            found = self._lines(self._written(wanted))
            return found[0] if len(found) == 1 else None
        return None if is_blank(subject) else self._described(bare(subject))

    def _written(self, text: str) -> list[str]:
        forms = [text]
        forms += [
            f"{p}:{text.removeprefix(ns)}"
            for p, ns in self.prefixes.items()
            if text.startswith(ns) and text != ns
        ]
        return [f'"{f}"' for f in forms if '"' not in f and "\\" not in f]

    def _lines(self, forms: list[str]) -> list[int]:
        return [
            self.text.count("\n", 0, m.start()) + 1
            for form in forms
            for m in re.finditer(re.escape(form) + r"(?!\s*:)", self.text)
        ]

    def _described(self, iri: str) -> int | None:
        forms = {form.strip('"') for form in self._written(iri)}
        here = [m for m in _JSON_ID.finditer(self.text) if m[1] in forms]
        # A mere reference is an object of its own: nothing follows in it, nothing came before.
        full = [m for m in here if not self._alone(m)]
        if len(full) != 1:
            return None
        return self.text.count("\n", 0, full[0].start()) + 1

    def _alone(self, match: re.Match[str]) -> bool:
        return match[2] == "}" and self.text[: match.start()].rstrip().endswith("{")
