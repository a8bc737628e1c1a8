"""JSON-LD: no statements are read, but addresses, texts and numbers that are told apart."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import LANG_STRING, XSD_STRING, is_blank, is_iri, is_literal, make_iri
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import literal as parts

_JSON_ID: Final = re.compile(r'"(?:@id|id)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*([,}])')
_TOKEN: Final = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<bare>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)|(?P<open>[{\[])|(?P<close>[}\]])|\n"
)
# Keys whose values belong to the property around them; those of others are no values at all.
_WITHIN: Final = frozenset({"@id", "@value", "@list", "@set", "@graph", "@included"})
_NO_VALUES: Final = frozenset({"@context", "@language", "@direction", "@index", "@reverse"})


class _Value(NamedTuple):
    """One value as written: the key that it stands under, and its line."""

    key: str | None
    line: int


class JsonLines:
    """The lines of a JSON-LD document: what can be no other value has a line."""

    def __init__(self, text: str) -> None:
        self.text = text
        named = re.findall(r'"([\w-]+)"\s*:\s*"(https?://[^"]+[/#])"', self.text)
        self.prefixes = {**PREFIXES, **dict(named)}
        self._texts: dict[str, list[_Value]] | None = None
        self._numbers: dict[float | str, list[_Value]] = {}

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line of the only value that it can be, or where the subject is described."""
        if path is not None and value is not None and not is_blank(value):
            return self._only(list(self._alike(value)), path)
        return None if is_blank(subject) else self._described(bare(subject))

    def _alike(self, value: str) -> Iterator[_Value]:
        """Values that are written so, under any key."""
        if self._texts is None:
            self._texts = {}
            self._read(self._texts)
        if is_iri(value):
            for form in self._written(bare(value)):
                yield from self._texts.get(form, ())
        elif is_literal(value):
            text, _, datatype = parts(value)
            yield from self._texts.get(text, ())
            if datatype not in {XSD_STRING, LANG_STRING}:
                yield from self._numbers.get(_number(text), ())

    def _only(self, found: list[_Value], path: str) -> int | None:
        known = [(self._expand(one.key), one.line) for one in found]
        # A key that is the name of another property is none of this one.
        possible = [(key, line) for key, line in known if key in {None, path} or not is_iri(path)]
        if len(possible) > 1:
            possible = [(key, line) for key, line in possible if key == path]
        return possible[0][1] if len(possible) == 1 else None

    def _expand(self, key: str | None) -> str | None:
        """The property (a term) that a key names for sure: a word may stand for any."""
        if key == "@type":
            return RDF_TYPE
        prefix, colon, local = (key or "").partition(":")
        if not colon:
            return None
        if local.startswith("//"):
            return make_iri(key or "")
        return make_iri(self.prefixes[prefix] + local) if prefix in self.prefixes else None

    def _read(self, texts: dict[str, list[_Value]]) -> None:
        """Sorts the values of the document by what they say."""
        line, key, around = 1, None, list[str | None]()
        for match in _TOKEN.finditer(self.text):
            kind, said = match.lastgroup, match[0]
            if kind is None:
                line += 1
            elif kind == "open":
                around.append(key)
            elif kind == "close":
                key = around.pop() if around else None
            elif kind == "key":
                key = _key(said, around[-1] if around else None)
            elif key not in _NO_VALUES and kind == "bare":
                self._numbers.setdefault(_number(said), []).append(_Value(key, line))
            elif key not in _NO_VALUES:
                with suppress(ValueError):
                    texts.setdefault(json.loads(said), []).append(_Value(key, line))

    def _written(self, text: str) -> list[str]:
        """An address as it may be written: whole, or with a prefix."""
        return [
            text,
            *(
                f"{p}:{text.removeprefix(ns)}"
                for p, ns in self.prefixes.items()
                if text.startswith(ns) and text != ns
            ),
        ]

    def _described(self, iri: str) -> int | None:
        forms = set(self._written(iri))
        here = [m for m in _JSON_ID.finditer(self.text) if m[1] in forms]
        # A mere reference is an object of its own: nothing follows in it, nothing came before.
        full = [m for m in here if not self._alone(m)]
        if len(full) != 1:
            return None
        return self.text.count("\n", 0, full[0].start()) + 1

    def _alone(self, match: re.Match[str]) -> bool:
        return match[2] == "}" and self.text[: match.start()].rstrip().endswith("{")


def _key(written: str, outer: str | None) -> str | None:
    """The key that the values behind it stand under, within another one."""
    try:
        name = str(json.loads(written))
    except ValueError:
        return None
    if outer in _NO_VALUES:
        return outer
    return outer if name in _WITHIN else name


def _number(text: str) -> float | str:
    """What a number is, however it is written; any other text as it is."""
    try:
        return float(text)
    except ValueError:
        return text
