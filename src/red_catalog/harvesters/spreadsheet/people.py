"""Organisations and departments: the sheet of contacts, and those whom datasets name."""

import operator
from collections.abc import Iterable, Iterator
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain, understand
from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.harvesters.spreadsheet.grids import Grid, Line, Value
from red_catalog.harvesters.spreadsheet.hiding import Hidden
from red_catalog.harvesters.spreadsheet.mistakes import Place, row_of
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.harvesters.spreadsheet.values import convert, split, telephone
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import literal, make_iri, make_literal

_AGENT: Final = ("name", "homepage", "type", "note", "private")
_REACHED: Final = ("email", "page")
_POINT: Final = ("email", "page", "phone", "private")
_YES: Final = make_literal("true", datatype=f"{PREFIXES['xsd']}boolean")
_APART: Final = {
    "apart_fr": " ; si un fichier CSV des contacts existe, donnez-le avec celui-ci",
    "apart_en": "; if there is a CSV file of contacts, give it together with this one",
}
# What the sheet calls by the terms of organisations is said otherwise of a contact point.
_CARD: Final = {"name": "vcard:fn", "page": "vcard:hasURL"}


class People:
    """Who is in the sheet of contacts; each dataset that names one gets its description.

    `private`: one of them at least is not to be published.
    """

    def __init__(self, grids: Iterable[Grid], told: Statements) -> None:
        self._told = told
        self._known: dict[str, dict[str, list[str]]] = {}
        self._rows: dict[str, Place] = {}
        self.private = False
        for grid in grids:
            for line in grid.lines():
                self._learn(grid, line)
        private = {key: said for key, said in self._known.items() if _YES in said["private"]}
        ways = (t for said in private.values() for way in ("name", "email") for t in said[way])
        self._hidden = Hidden([*private, *(literal(way)[0] for way in ways)])
        self._near: dict[str, str | None] = {}

    def _learn(self, grid: Grid, line: Line) -> None:
        key = line.text("key") or line.text("name")
        if not line.text("key"):
            place = grid.place_of(line, "key")
            tell_missing(self._told, CONTACTS.column("key"), place)
        if plain(key) in self._rows:
            self._repeat(grid, line, key)
            return
        said = {
            column.key: [t for value in line.of(column.key) for t in self._read(column, value)]
            for column in CONTACTS.columns
            if column.key not in {"key", "private"}
        }
        said["private"] = self._private(grid, line)
        self.private |= _YES in said["private"]
        if not said["name"]:
            said["name"] = [make_literal(key)]
        # Of what was refused, its own sentence tells.
        if not any(said[way] or line.of(way) for way in _REACHED):
            place = grid.place_of(line, "email")
            self._told.tell("contact-unreachable", place, value=literal(said["name"][0])[0])
        self._rows[plain(key)] = line.place
        self._known[plain(key)] = said
        # A name is as good as a key, where it is nobody else's key.
        self._known.setdefault(plain(literal(said["name"][0])[0]), said)

    def _repeat(self, grid: Grid, line: Line, key: str) -> None:
        """A key of another row: what that one says stays, but either may forbid to publish."""
        first, said = self._rows[plain(key)], self._known[plain(key)]
        place = grid.place_of(line, "key")
        facts = {"value": key} | row_of(first, place)
        self._told.tell("contact-double", place, **facts)
        if _YES not in self._private(grid, line):
            return
        self.private = True
        # Whoever writes this row's name means this contact, and would publish the name.
        self._known.setdefault(plain(line.text("name") or key), said)
        if _YES not in said["private"]:
            said["private"] = [_YES]
            self._told.tell("contact-double-private", place, **facts)

    def _private(self, grid: Grid, line: Line) -> list[str]:
        column = CONTACTS.column("private")
        said = [t for value in line.of("private") for t in self._read(column, value)]
        if said or not grid.lacks_result(line, "private"):
            return said
        self._told.tell("cell-private", grid.place_of(line, "private"))
        return [_YES]

    def _read(self, column: Column, value: Value) -> list[str]:
        written = value.cell.text
        if column.key == "private" and written.strip() and not understand(column.lists, written):
            # Only who plainly says no may be published; the answer may name whom it is about.
            self._told.tell("cell-private", value.place)
            return [_YES]
        return convert(self._told, column, value)

    def name(self, column: Column, value: Value) -> list[str]:
        """The nodes of those whom a cell names, as organisations or as contact points."""
        named = []
        for written, whole in self._list(column, value):
            said = self._known.get(plain(written)) or self._meet(written, value)
            # Versions of before may have published the whole as one name: it leaves them so.
            kept = whole != written and _YES in said.get("private", [])
            named.append({**said, "whole": [make_literal(whole)]} if kept else said)
        if named and all(_YES in said.get("private", []) for said in named):
            self._told.tell("cell-none-public", value.place)
        make = self._card if column.kind == "contact" else self._agent
        return [make(said) for said in named]

    def _list(self, column: Column, value: Value) -> Iterator[tuple[str, str]]:
        """Those whom a cell names, and beside whom; a comma parts those who are known."""
        for written in split(self._told, column, value):
            parts = [part.strip() for part in written.split(",") if part.strip()]
            if plain(written) in self._known or not self._are_apart(parts):
                parts = [written]
            if len(parts) > 1 and not column.many:
                self._told.tell("cell-several", value.place, value=written)
                parts = parts[:1]
            yield from ((part, written) for part in parts)

    def _are_apart(self, parts: list[str]) -> bool:
        known = [plain(part) in self._known for part in parts]
        hidden = (self._hidden.means(part) for part in parts)
        return any(known) and all(map(operator.or_, known, hidden))

    def _meet(self, written: str, value: Value) -> dict[str, list[str]]:
        """Who has no row of this key: a name, kept back where it may be a private contact's."""
        said = {"name": [make_literal(written, value.language)]}
        if self._hidden.means(written):
            self._told.tell("cell-contact-private", value.place, value=written)
            return said | {"private": [_YES]}
        if written not in self._near:
            self._near[written] = self._told.hint(plain(written), self._rows)
        facts = {"near_fr": "", "near_en": ""}
        if near := self._near[written]:
            shown = near.upper()
            facts = {"near_fr": f" (peut-être « {shown} »)", "near_en": f" (perhaps “{shown}”)"}
        lone = not self._rows and value.place.sheet is None
        facts |= _APART if lone else dict.fromkeys(_APART, "")
        self._told.tell("cell-contact", value.place, value=written, **facts)
        return said

    def _agent(self, said: dict[str, list[str]]) -> str:
        made = self._told.node("foaf:Agent")
        self._told.say(made, "rdfs:label", said.get("whole", []))
        self._say(made, said, _AGENT)
        if any(said.get(key) for key in _POINT[:3]):
            point = self._told.node("cv:ContactPoint")
            self._say(point, said, _POINT)
            self._told.say(made, "cv:contactPoint", [point])
        return made

    def _card(self, said: dict[str, list[str]]) -> str:
        made = self._told.node("vcard:Kind")
        self._told.say(made, "rdfs:label", said.get("whole", []))
        for key, name in _CARD.items():
            self._told.say(made, name, said.get(key, []))
        mails = [literal(mail)[0] for mail in said.get("email", [])]
        self._told.say(made, "red:private", said.get("private", []))
        self._told.say(made, "vcard:hasEmail", [make_iri(f"mailto:{mail}") for mail in mails])
        numbers = [telephone(literal(phone)[0]) for phone in said.get("phone", [])]
        self._told.say(made, "vcard:hasTelephone", [make_iri(f"tel:{one}") for one in numbers])
        return made

    def _say(self, node: str, said: dict[str, list[str]], keys: Iterable[str]) -> None:
        for key in keys:
            self._told.say(node, CONTACTS.column(key).property, said.get(key, []))


def tell_missing(told: Statements, column: Column, place: object) -> None:
    """That a mandatory value is missing, and what to write there."""
    told.tell(
        "cell-missing", place,  # type: ignore[arg-type]
        name_fr=column.heading("fr"), name_en=column.heading("en"),
        help_fr=column.explain("fr"), help_en=column.explain("en"),
    )  # fmt: skip
